import Extracts
import Jobs
import Mismatch

/// Where numbers of cells stand, or of areas, or of sectors.
struct CellNumbersJob: Sendable {
  var table: TableJob
  /// Nil where a number holds for all areas.
  var area: KeyJob?
  /// Nil where it holds for all sectors.
  var sector: KeyJob?
  var value: String
  var range: NumberRange

  var file: Place { Place(file: table.files.first?.path ?? "") }

  /// The numbers of all cells, areas × sectors; NaN where the files have none.
  ///
  /// - Throws: ``Failure`` for what is no number of the range, for an area or sector that the grid does not have, and
  ///   for keys that are duplicated.
  func read(role: String, _ setting: AnalysisSetting) throws -> (
    values: [Double], inputs: [InputRecord]
  ) {
    let (areas, sectors) = (setting.areas, setting.sectors)
    var values = Array(repeating: Double.nan, count: areas.count * sectors.count)
    var inputs: [InputRecord] = []
    for file in table.files {
      var rows = try table.open(file, onRead: setting.onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var areaKey: KeyReader?
      if let area { areaKey = try KeyReader(area, in: rows) }
      var sectorKey: KeyReader?
      if let sector { sectorKey = try KeyReader(sector, in: rows) }
      let column = try rows.column(value)
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let area = try Self.position(&areaKey, "area", areas, role, &rows)
        let sector = try Self.position(&sectorKey, "sector", sectors, role, &rows)
        let number = try rows.number(column, in: range, what: "number of \(role)")
        for row in area.map({ $0...$0 }) ?? 0...areas.count - 1 {
          for column in sector.map({ $0...$0 }) ?? 0...sectors.count - 1 {
            let cell = row * sectors.count + column
            guard values[cell].isNaN else {
              throw Failure(
                .badData, at: rows.place(),
                "\(role) of area \"\(areas.codes[row])\", sector \"\(sectors.codes[column])\" is duplicated",
                expected: "one row for each", advice: "Keep one of them with `where`")
            }
            values[cell] = number
          }
        }
      }
      inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    return (values, inputs)
  }

  /// The place of a row's code in a list; nil where the file has no such key.
  private static func position(
    _ key: inout KeyReader?, _ what: String, _ known: Codebook, _ role: String,
    _ rows: inout RowTable
  ) throws -> Int? {
    guard let code = try key?.code(&rows) else { return nil }
    guard let position = known.position(of: code) else {
      throw Failure(
        .badData, at: rows.place(), "\(role) of \(what) \"\(code)\", which the grid does not have",
        expected: "one of " + Failure.examples(known.codes),
        advice: "Use the grid's codes, or leave the row out with `where`")
    }
    return position
  }
}
