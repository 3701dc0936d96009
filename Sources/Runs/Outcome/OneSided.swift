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
    [Dimension.area, .category].flatMap { dimension in
      Side.allCases.compactMap { side in
        grids.indices.map { oneSided(dimension, side, grid: $0) }
          .max { $0.share < $1.share }
      }
    }.filter { !$0.codes.isEmpty }
  }

  private func oneSided(_ dimension: Dimension, _ side: Side, grid number: Int) -> OneSided {
    let grid = grids[number]
    let (period, other) = (compared.pairs[number].label(of: side), side.other)
    let counts = sums(grid[side], along: dimension)
    let isLacking: (Int) -> Bool
    if dimension == .area {
      let label = compared.pairs[number].label(of: other)
      let absent = Set(
        areasWithoutRow.filter { $0.side == other && $0.period.isSpelt(as: label) }
          .flatMap { $0.codes.map(Spelling.init) })
      isLacking = { absent.contains(Spelling(grid.areas.codes[$0])) }
    } else {
      let others = sums(grid[other], along: dimension)
      isLacking = { others[$0].upper == 0 }
    }
    let names = dimension == .area ? grid.areas.codes : grid.sectors.codes
    return OneSided(
      dimension: dimension, side: side, period: period,
      codes: names.indices.filter { counts[$0].value > 0 && isLacking($0) }
        .map { (names[$0], counts[$0].value) },
      whole: counts.reduce(0) { $0 + $1.value })
  }

  /// Sums of a side by area or by sector, without cells that have no value.
  private func sums(_ table: Table, along dimension: Dimension) -> [Interval] {
    let (rows, columns) = (table.value.rowCount, table.value.columnCount)
    var sums = Array(repeating: Interval(), count: dimension == .area ? rows : columns)
    let absent = table.absentAreas
    for row in 0..<rows where !absent.contains(row) {
      for column in 0..<columns {
        let value = table.value[row, column]
        sums[dimension == .area ? row : column].add(
          Interval(value: value.isNaN ? 0 : value, lower: 0, upper: table.upper[row, column]))
      }
    }
    return sums
  }
}
