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

/// A source code that holds the sum of all others, as often as they repeat one another.
struct TotalAmongParts: Sendable {
  let dimension: Dimension
  let code: String
  let count: Double
}

/// One settled period in source codes, seen along either dimension.
struct SourceTable {
  private let settlement: Settlement
  private let unit: Double
  /// Whether cells are marked, and whether they have no upper bound: row × columns + column.
  private let marked: [Bool]
  private let open: [Bool]
  let isMappedArea: [Bool]
  let isMappedCategory: [Bool]
  private(set) var areaTotals: [Interval]
  private(set) var categoryTotals: [Interval]

  init(_ settlement: Settlement, _ tally: Tally, rounding: Rounding) {
    self.settlement = settlement
    if case .nearest(let unit) = rounding { self.unit = unit } else { unit = 1 }
    let width = settlement.categories.count
    var marked = Array(repeating: false, count: settlement.value.elements.count)
    var open = marked
    for cell in settlement.markedCells {
      marked[cell.row * width + cell.column] = true
      open[cell.row * width + cell.column] = cell.isOpen
    }
    self.marked = marked
    self.open = open
    isMappedArea = SourceTable.mapped(settlement.areas, tally.areas)
    isMappedCategory = SourceTable.mapped(settlement.categories, tally.categories)
    areaTotals = Array(repeating: Interval(), count: settlement.areas.count)
    categoryTotals = Array(repeating: Interval(), count: width)
    for row in isMappedArea.indices where isMappedArea[row] {
      for column in isMappedCategory.indices where isMappedCategory[column] {
        let cell = cell(row * width + column)
        areaTotals[row].add(cell)
        categoryTotals[column].add(cell)
      }
    }
  }

  private static func mapped(_ codes: Codebook, _ axis: Axis) -> [Bool] {
    var isMapped = Array(repeating: false, count: codes.count)
    for (place, code) in axis.codes.enumerated() {
      if let position = codes.position(of: code) {
        isMapped[position] = axis.share(at: place).mapped > 0
      }
    }
    return isMapped
  }

  private func cell(_ index: Int) -> Interval {
    let value = settlement.value.elements[index]
    let lower = settlement.lower.elements[index]
    return Interval(
      value: value.isNaN ? lower : value, lower: lower,
      upper: open[index] ? .infinity : settlement.upper.elements[index])
  }

  // MARK: Along a dimension

  /// The table with the codes of one dimension as lines.
  private struct View {
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

  private var views: [View] {
    let rows = areaTotals.indices.filter { areaTotals[$0].value > 0 }
    let columns = categoryTotals.indices.filter { categoryTotals[$0].value > 0 }
    let width = settlement.categories.count
    return [
      View(
        dimension: .area, codes: settlement.areas.codes, totals: areaTotals, lines: rows,
        crossings: columns, lineStride: width, crossingStride: 1),
      View(
        dimension: .category, codes: settlement.categories.codes, totals: categoryTotals,
        lines: columns, crossings: rows, lineStride: 1, crossingStride: width),
    ]
  }

  // MARK: Twins

  /// How many bits two lines must agree in before it is no chance: some 2^15 pairs are compared.
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
      let counts = view.crossings.map { view.index(first, $0) }.filter { !marked[$0] }.map {
        settlement.value.elements[$0]
      }
      let bits = counts.reduce(0) { $0 + log2(1 + $1 / unit) }
      guard same.count > 1, bits >= SourceTable.twinBits else { continue }
      twins.append(
        Twin(
          dimension: view.dimension, codes: same.map { view.codes[$0] },
          count: ExactSum(counts).value))
    }
    return twins.sorted { ($0.codes.first ?? "") < ($1.codes.first ?? "") }
  }

  /// A number for each line that is the same where all its cells are; cells are visited as they are held.
  private func fingerprints(_ view: View) -> [UInt64] {
    var hashes = Array(repeating: UInt64(14_695_981_039_346_656_037), count: view.lines.count)
    func take(_ line: Int, _ crossing: Int) {
      let token = token(view.index(view.lines[line], crossing))
      let hash = (hashes[line] ^ token) &* 1_099_511_628_211
      hashes[line] = hash ^ hash >> 29
    }
    if view.crossingStride == 1 {
      for line in hashes.indices { for crossing in view.crossings { take(line, crossing) } }
    } else {
      for crossing in view.crossings { for line in hashes.indices { take(line, crossing) } }
    }
    return hashes
  }

  /// What a cell publishes: the bits of its number, or that it is marked.
  private func token(_ index: Int) -> UInt64 {
    marked[index] ? .max : settlement.value.elements[index].bitPattern
  }

  // MARK: Totals among parts

  /// How many bits a line must share with the sum of the others before it is no chance.
  private static let totalBits = 8.0

  func totalsAmongParts() -> [TotalAmongParts] { views.compactMap(totalAmongParts) }

  /// The line that holds what the others do together, once or up to three times.
  private func totalAmongParts(_ view: View) -> TotalAmongParts? {
    let totals = view.totals
    guard view.lines.count >= 3,
      let largest = view.lines.max(by: { totals[$0].value < totals[$1].value })
    else { return nil }
    let others = view.lines.filter { $0 != largest }
    for multiple in [1.0, 2.0, 3.0] {
      let wholeBits = agreement(totals[largest], others.map { totals[$0] }, multiple)
      guard wholeBits != nil else { continue }
      var bits = 0.0
      let agrees = view.crossings.allSatisfy { crossing in
        let agreement = agreement(
          cell(view.index(largest, crossing)), others.map { cell(view.index($0, crossing)) },
          multiple)
        bits += agreement ?? 0
        return agreement != nil
      }
      if agrees, bits >= SourceTable.totalBits {
        return TotalAmongParts(
          dimension: view.dimension, code: view.codes[largest], count: totals[largest].value)
      }
    }
    return nil
  }

  /// The bits in which a whole agrees with its parts; nil where they cannot make it.
  private func agreement(_ whole: Interval, _ parts: [Interval], _ multiple: Double) -> Double? {
    let sum = parts.reduce(into: Interval()) { $0.add($1) }
    let slack = 1e-9 * max(1, sum.lower)
    guard sum.lower <= multiple * whole.upper + slack, multiple * whole.lower <= sum.upper + slack
    else { return nil }
    let width = 1 + (sum.upper - sum.lower) + multiple * (whole.upper - whole.lower)
    return width.isFinite ? log2(max(1, multiple * whole.value / width)) : 0
  }
}
