import Mismatch

extension OutputTable {
  /// A period's label in the letters of a file name: "2021/22 = Dec 22" is "2021-22-dec-22".
  private static func fileName(of period: String) -> String {
    period.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(
      separator: "-")
  }

  /// `matrix_<measure>.csv`: areas down, sectors across, values only; one file per measure of cells, and
  /// per period where there are several.
  static func matrices(of outcome: Outcome) -> [OutputTable] {
    outcome.grids.indices.flatMap { number in
      outcome.job.measures.filter(\.isPerCell).map { measure in
        let suffix = outcome.grids.count > 1 ? "_\(fileName(of: outcome.grids[number].period))" : ""
        return OutputTable(name: "matrix_\(measure.name)\(suffix).csv") { outcome, file in
          let grid = outcome.grids[number]
          let all = grid.pooled(0..<grid.areas.count)
          try file.row(["area_code", "area_name"] + grid.sectors.names)
          for area in 0..<grid.areas.count {
            file.text(grid.areas.codes[area])
            file.text(grid.areas.names[area])
            for figure in measure.cells(grid.pair(area: area), allAreas: all) {
              file.number(figure.value)
            }
            try file.endRow()
          }
        }
      }
    }
  }
}
