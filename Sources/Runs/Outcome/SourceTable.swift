import Extracts
import Jobs
import Dense
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Two source codes that hold the same counts everywhere.
struct Twin: Sendable {
  let dimension: Dimension
  let codes: [String]
  let count: Double
}

/// One imputed period in source codes, seen along either dimension.
struct SourceTable {
  private let imputed: ImputedTally
  private let unit: Double
  /// What marks say of cells: row × columns + column; empty where no cell has any.
  private let marks: [Mark]
  let isMappedArea: [Bool]
  let isMappedCategory: [Bool]
  private(set) var areaTotals: [Interval] = []
  private(set) var categoryTotals: [Interval] = []

  init(_ imputed: ImputedTally, _ tally: MappedTally, rounding: Rounding) {
    self.imputed = imputed
    if case .nearest(let unit) = rounding { self.unit = unit } else { unit = 1 }
    let width = imputed.categories.count
    let markCount = imputed.markedCells.isEmpty ? 0 : imputed.value.elements.count
    var marks = Array(repeating: Mark.none, count: markCount)
    for cell in imputed.markedCells {
      marks[cell.row * width + cell.column] = cell.isOpen ? .open : .marked
    }
    self.marks = marks
    isMappedArea = tally.areas.shares.map { $0.mapped > 0 }
    isMappedCategory = tally.categories.shares.map { $0.mapped > 0 }
    let value = totals(of: imputed.value)
    let lower = imputed.lower.isCopy(of: imputed.value) ? value : totals(of: imputed.lower)
    let upper = imputed.upper.isCopy(of: imputed.value) ? value : totals(of: imputed.upper)
    areaTotals = SourceTable.intervals(value.areas, lower.areas, upper.areas)
    categoryTotals = SourceTable.intervals(value.categories, lower.categories, upper.categories)
    for cell in imputed.markedCells
    where cell.isOpen && isMappedArea[cell.row] && isMappedCategory[cell.column] {
      areaTotals[cell.row].upper = .infinity
      categoryTotals[cell.column].upper = .infinity
    }
  }

  private enum Mark: UInt8 {
    case none
    case marked
    /// Marked, without an upper bound.
    case open
  }

  /// The sums of what the grid receives of each code.
  private func totals(of matrix: Matrix) -> (areas: [Double], categories: [Double]) {
    let width = matrix.columnCount
    let columns = isMappedCategory.indices.filter { isMappedCategory[$0] }
    var areas = Array(repeating: 0.0, count: matrix.rowCount)
    var categories = Array(repeating: 0.0, count: width)
    matrix.elements.withUnsafeBufferPointer { elements in
      categories.withUnsafeMutableBufferPointer { categories in
        for row in isMappedArea.indices where isMappedArea[row] {
          let start = row * width
          var sum = 0.0
          for column in columns {
            sum += elements[start + column]
            categories[column] += elements[start + column]
          }
          areas[row] = sum
        }
      }
    }
    return (areas, categories)
  }

  private static func intervals(_ value: [Double], _ lower: [Double], _ upper: [Double])
    -> [Interval]
  {
    value.indices.map { Interval(value: value[$0], lower: lower[$0], upper: upper[$0]) }
  }

  private func mark(_ index: Int) -> Mark { marks.isEmpty ? .none : marks[index] }

  /// What stands in a cell, with its bounds.
  func cell(_ index: Int) -> Interval {
    Interval(
      value: imputed.value.elements[index], lower: imputed.lower.elements[index],
      upper: mark(index) == .open ? .infinity : imputed.upper.elements[index])
  }

  // MARK: Along a dimension

  /// The table with the codes of one dimension as lines.
  struct View {
    let dimension: Dimension
    let codes: [String]
    /// What the grid receives of each code.
    let totals: [Interval]
    /// Codes that hold anything.
    let lines: [Int]
    let crossings: [Int]
    let lineStride: Int
    let crossingStride: Int

    func index(_ line: Int, _ crossing: Int) -> Int {
      line * lineStride + crossing * crossingStride
    }
  }

  /// Both dimensions.
  var views: [View] {
    let rows = areaTotals.indices.filter { areaTotals[$0].value > 0 }
    let columns = categoryTotals.indices.filter { categoryTotals[$0].value > 0 }
    let width = imputed.categories.count
    return [
      View(
        dimension: .area, codes: imputed.areas.codes, totals: areaTotals, lines: rows,
        crossings: columns, lineStride: width, crossingStride: 1),
      View(
        dimension: .category, codes: imputed.categories.codes, totals: categoryTotals,
        lines: columns, crossings: rows, lineStride: 1, crossingStride: width),
    ]
  }

  // MARK: Twins

  /// How many bits two lines must agree in before it is not by chance: some 2^15 pairs are compared.
  private static let twinBits = 30.0

  func twins() -> [Twin] { views.flatMap(twins) }

  private func twins(_ view: View) -> [Twin] {
    var groups: [UInt64: [Int]] = [:]
    for (line, fingerprint) in zip(view.lines, fingerprints(view)) {
      groups[fingerprint, default: []].append(line)
    }
    var twins: [Twin] = []
    for lines in groups.values where lines.count > 1 {
      guard let first = lines.first else { continue }
      let same = lines.filter { line in
        view.crossings.allSatisfy { crossing in
          token(view.index(first, crossing)) == token(view.index(line, crossing))
        }
      }
      let counts = view.crossings.map { view.index(first, $0) }.filter { mark($0) == .none }.map {
        imputed.value.elements[$0]
      }
      let bits = counts.reduce(0) { $0 + log2(1 + $1 / unit) }
      guard same.count > 1, bits >= SourceTable.twinBits else { continue }
      twins.append(
        Twin(
          dimension: view.dimension, codes: same.map { view.codes[$0] },
          count: ExactSum(counts).value))
    }
    return twins.sorted { Codebook.precedes($0.codes.first ?? "", $1.codes.first ?? "") }
  }

  /// A number for each line that is the same where all its cells are: the sum of what they publish, each
  /// times an odd number of its crossing (Carter and Wegman, 1979,
  /// https://doi.org/10.1016/0022-0000(79)90044-8); cells are visited as they are held.
  private func fingerprints(_ view: View) -> [UInt64] {
    let factors = view.crossings.map { crossing in
      let words = Philox(seed: 0).words(at: SIMD4(UInt32(crossing), 0, 0, 0))
      return UInt64(words[0]) << 32 | UInt64(words[1]) | 1
    }
    let lineStarts = view.lines.map { $0 * view.lineStride }
    let crossingStarts = view.crossings.map { $0 * view.crossingStride }
    var sums = Array(repeating: UInt64(0), count: view.lines.count)
    sums.withUnsafeMutableBufferPointer { sums in
      imputed.value.elements.withUnsafeBufferPointer { numbers in
        func take(_ line: Int, _ crossing: Int) {
          let index = lineStarts[line] + crossingStarts[crossing]
          let token = mark(index) == .none ? numbers[index].bitPattern : .max
          // Whole numbers have their bits in the upper half.
          sums[line] &+= (token ^ token >> 32) &* factors[crossing]
        }
        if view.crossingStride == 1 {
          for line in sums.indices { for crossing in factors.indices { take(line, crossing) } }
        } else {
          for crossing in factors.indices { for line in sums.indices { take(line, crossing) } }
        }
      }
    }
    return sums
  }

  /// What a cell publishes: the bits of its number, or that it is marked.
  private func token(_ index: Int) -> UInt64 {
    mark(index) == .none ? imputed.value.elements[index].bitPattern : .max
  }
}
