import Extracts
import Jobs
import Mismatch

/// Areas or sectors of a grid that one side has counts of and the other has none.
struct OneSided: Sendable {
  let dimension: Dimension
  /// The side that has counts.
  let side: Side
  /// The side's own label of the period.
  let period: String
  /// The codes with the side's counts, in order.
  let codes: [(code: String, count: Double)]
  /// What the side holds in all.
  let whole: Double

  var count: Double { codes.reduce(0) { $0 + $1.count } }
  var share: Double { whole > 0 ? count / whole : 0 }
}

extension Outcome {
  /// Of each dimension and side the period in which most of its counts stand where the other side has none.
  ///
  /// Areas count where the other side has no row, sectors where it has no count.
  var oneSided: [OneSided] {
    let found = grids.indices.flatMap { number in
      let margins = Sides { GridMargins(grids[number][$0]) }
      return [Dimension.area, .category].flatMap { dimension in
        Side.allCases.map { oneSided(dimension, $0, grid: number, margins) }
      }
    }
    return [Dimension.area, .category].flatMap { dimension in
      Side.allCases.compactMap { side in
        found.filter { $0.dimension == dimension && $0.side == side }.max { $0.share < $1.share }
      }
    }.filter { !$0.codes.isEmpty }
  }

  private func oneSided(
    _ dimension: Dimension, _ side: Side, grid number: Int, _ margins: Sides<GridMargins>
  ) -> OneSided {
    let grid = grids[number]
    let (period, other) = (compared.pairs[number].label(of: side), side.other)
    let counts = dimension == .area ? margins[side].areas : margins[side].sectors
    let isLacking: (Int) -> Bool
    if dimension == .area {
      let label = compared.pairs[number].label(of: other)
      let absent = Set(
        areasWithoutRow.filter { $0.subject == Subject(other) && $0.period.isSpelt(as: label) }
          .flatMap { $0.codes.map(Spelling.init) })
      isLacking = { absent.contains(Spelling(grid.areas.codes[$0])) }
    } else {
      let largest = margins[other].largestOfSectors
      isLacking = { largest[$0] == 0 }
    }
    let names = dimension == .area ? grid.areas.codes : grid.sectors.codes
    return OneSided(
      dimension: dimension, side: side, period: period,
      codes: names.indices.filter { counts[$0] > 0 && isLacking($0) }.map {
        (names[$0], counts[$0])
      },
      whole: counts.reduce(0, +))
  }
}

/// Sums of one side of a grid, without areas that have no count and cells that have no value.
private struct GridMargins: Sendable {
  private(set) var areas: [Double]
  private(set) var sectors: [Double]
  /// The largest upper bound of each sector's cells.
  private(set) var largestOfSectors: [Double]

  init(_ table: Table) {
    areas = Array(repeating: 0, count: table.value.rowCount)
    sectors = Array(repeating: 0, count: table.value.columnCount)
    largestOfSectors = sectors
    let absent = table.absentAreas
    let width = sectors.count
    table.value.elements.withUnsafeBufferPointer { values in
      table.upper.elements.withUnsafeBufferPointer { uppers in
        for row in areas.indices where !absent.contains(row) {
          var sum = 0.0
          for column in 0..<width {
            let (value, upper) = (values[row * width + column], uppers[row * width + column])
            largestOfSectors[column] = max(largestOfSectors[column], upper)
            guard !value.isNaN else { continue }
            sum += value
            sectors[column] += value
          }
          areas[row] = sum
        }
      }
    }
  }
}
