import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// A period's label in the letters of a file name: "2021/22 = Dec 22" is "2021-22-dec-22".
  private static func fileName(of period: String) -> String {
    period.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(
      separator: "-")
  }

  /// What tells the files of these periods apart; numbered where their letters do not.
  private static func suffixes(of periods: [String]) -> [String] {
    guard periods.count > 1 else { return [""] }
    let names = periods.map(fileName)
    return names.enumerated().map { number, name in
      let isEnough = !name.isEmpty && names.count { $0 == name } == 1
      return isEnough ? "_\(name)" : "_\(number + 1)_\(name)"
    }
  }

  /// `matrix_<measure>.csv`: areas down, sectors across, values only; one file per measure of cells, and
  /// per period where there are several.
  static func matrices(of outcome: Outcome) -> [RunTable] {
    suffixes(of: outcome.grids.map(\.period)).enumerated().flatMap { number, suffix in
      outcome.job.measures.filter(\.isPerCell).map { measure in
        matrix("matrix_\(measure.name)\(suffix).csv", of: measure, in: outcome.grids[number])
      }
    }
  }

  private static func matrix(_ name: String, of measure: Measure, in grid: Grid) -> RunTable {
    let all = grid.all
    let blocks = AreaBlocks([grid])
    let columns: [Column<MatrixRow>] =
      Column.list {
        Column.text("area_code", "Code of the area.") { grid.areas.codes[$0.area] }
        Column.text("area_name", "Name of the area.") { grid.areas.names[$0.area] }
        grid.sectors.names.enumerated().flatMap { sector, name in
          Column.number(
            name, unit: measure.unit, "\(measure.name) in sector \(grid.sectors.codes[sector])."
          ) { $0.figures[sector].value }
        }
      }
    return RunTable(
      name, "One row for each area, \(grid.period).", columns: columns, blockCount: blocks.count
    ) { block in
      blocks.rows(block) { _, area in
        [MatrixRow(area: area, figures: measure.cells(grid.pair(area: area), allAreas: all))]
      }
    }
  }
}

/// A measure of one area, sector by sector.
private struct MatrixRow: Sendable {
  let area: Int
  let figures: [Figure]
}
