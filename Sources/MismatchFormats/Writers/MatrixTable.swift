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

  /// Whether a name is that of a measure's matrix, of whatever period.
  static func isMatrix(_ name: String, of measure: Measure) -> Bool {
    name.hasPrefix("matrix_\(measure.name)") && name.hasSuffix(".csv")
  }

  /// `matrix_<measure>.csv`: areas down, sectors across, values only; one file per measure of cells, and
  /// per period where there are several.
  static func matrices(of outcome: Outcome) -> [OutputTable] {
    suffixes(of: outcome.grids.map(\.period)).enumerated().flatMap { number, suffix in
      outcome.job.measures.filter(\.isPerCell).map { measure in
        OutputTable(name: "matrix_\(measure.name)\(suffix).csv") { outcome, file in
          let grid = outcome.grids[number]
          let all = grid.all
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
