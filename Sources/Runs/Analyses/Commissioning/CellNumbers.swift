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
  /// Rows of areas and sectors that the job excludes are passed over.
  ///
  /// - Throws: ``Failure`` for what is no number of the range, for an area or sector that the grid does not have, and
  ///   for keys that are duplicated.
  func read(role: String, _ setting: AnalysisSetting) throws -> (
    values: [Double], inputs: [InputRecord]
  ) {
    let (areas, sectors) = (setting.areas, setting.sectors)
    let known = (
      area: CodesOfRows(what: "area", codes: areas, excluded: setting.job.excludedAreas),
      sector: CodesOfRows(what: "sector", codes: sectors, excluded: setting.job.excludedSectors)
    )
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
        guard try filter.keeps(&rows),
          let inAreas = try known.area.positions(&areaKey, role, &rows),
          let inSectors = try known.sector.positions(&sectorKey, role, &rows)
        else { continue }
        let number = try rows.number(column, in: range, what: "number of \(role)")
        for area in inAreas {
          for sector in inSectors {
            let cell = area * sectors.count + sector
            guard values[cell].isNaN else {
              throw Failure(
                .badData, at: rows.place(),
                "\(role) of area \"\(areas.codes[area])\", sector \"\(sectors.codes[sector])\" is duplicated",
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
}

/// The areas or the sectors that rows of a file may name.
private struct CodesOfRows {
  let what: String
  let codes: Codebook
  let excluded: Set<Spelling>

  /// The positions that a row is about: all where its file has no such key; nil for a code that the job excludes.
  ///
  /// - Throws: ``Failure`` for a code that the grid does not have.
  func positions(_ key: inout KeyReader?, _ role: String, _ rows: inout RowTable) throws
    -> Range<Int>?
  {
    guard let code = try key?.code(&rows) else { return codes.codes.indices }
    if let position = codes.position(of: code) { return position..<position + 1 }
    guard !excluded.contains(Spelling(code)) else { return nil }
    throw Failure(
      .badData, at: rows.place(), "\(role) of \(what) \"\(code)\", which the grid does not have",
      expected: "one of " + Failure.examples(codes.codes),
      advice: "Use the grid's codes, or leave the row out with `where`")
  }
}
