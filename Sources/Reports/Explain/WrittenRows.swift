import Extracts
import Jobs
import Runs
import Mismatch

/// One cell of a run: a pair of periods, an area and a sector, with their names.
package struct CellKey: Encodable, Sendable, Equatable {
  package let period: String
  package let areaCode: String
  package let areaName: String
  package let sectorCode: String
  package let sectorName: String

  static let columns = ["period", "area_code", "sector_code"]

  var texts: [String] { [period, areaCode, sectorCode] }
}

/// A row of a run's file, field by field.
package struct WrittenRow: Encodable, Sendable {
  package struct Field: Encodable, Sendable {
    package let name: String
    package let text: String
  }

  package let file: String
  /// All fields but the cell's keys and names.
  package let fields: [Field]

  func text(_ name: String) -> String? { fields.first { $0.name == name }?.text }
}

extension FinishedRun {
  private static let cellsFile = "cells.csv"

  /// The cell with these codes, which `cells.csv` must have; its period may be left out where the run has
  /// only one.
  ///
  /// - Throws: ``Failure`` (`usage`) for a code or a period that no row has, with the nearest that one has.
  package func cell(area: String, sector: String, period: String?) throws -> CellKey {
    var periods: [String] = []
    var areas: [Spelling: String] = [:]
    var sectors: [Spelling: String] = [:]
    let columns = CellKey.columns + ["area_name", "sector_name"]
    try eachRow(of: FinishedRun.cellsFile, columns) { texts, _ in
      if periods.last?.isSpelt(as: texts[0]) != true { periods.append(texts[0]) }
      areas[Spelling(texts[1])] = texts[3]
      sectors[Spelling(texts[2])] = texts[4]
    }
    guard let areaName = areas[area] else { throw unknown("--area", area, areas) }
    guard let sectorName = sectors[sector] else { throw unknown("--sector", sector, sectors) }
    guard let chosen = period ?? (periods.count == 1 ? periods.first : nil) else {
      throw Failure(
        .usage, at: Place(file: folder), "the run has \(periods.count) periods",
        expected: "--period with one of " + Failure.examples(periods, limit: 12))
    }
    guard periods.contains(where: { $0.isSpelt(as: chosen) }) else {
      throw unknown(
        "--period", chosen, Dictionary(uniqueKeysWithValues: periods.map { (Spelling($0), $0) }))
    }
    return CellKey(
      period: chosen, areaCode: area, areaName: areaName, sectorCode: sector,
      sectorName: sectorName)
  }

  /// What every file of the run with rows by period, area and sector holds for a cell.
  package func rows(of cell: CellKey) throws -> [WrittenRow] {
    var found: [WrittenRow] = []
    let keys = CellKey.columns + ["area_name", "sector_name"]
    for name in outputs.compactMap({ RunFiles.table(in: $0.name) })
    where file(ofTable: name) != nil {
      try eachRow(of: name, CellKey.columns) { texts, rows in
        guard texts.areSpelt(as: cell.texts) else { return }
        var fields: [WrittenRow.Field] = []
        for (column, heading) in rows.header.enumerated() where !keys.contains(heading) {
          fields.append(WrittenRow.Field(name: heading, text: try rows.text(column)))
        }
        found.append(WrittenRow(file: name, fields: fields))
      }
    }
    return found
  }

  /// Visits the rows of a table of the run with their texts in these columns; none where it lacks one.
  private func eachRow(
    of name: String, _ columns: [String], _ visit: ([String], inout RowTable) throws -> Void
  ) throws {
    let file = file(ofTable: name) ?? InputFile(name: name, path: "\(folder)/\(name)")
    var rows = try RowTable(
      file, of: TableJob(files: [file]),
      scanning: ByteSource(path: file.path, member: nil, onRead: { _ in }), delimiter: 44)
    guard columns.allSatisfy(rows.header.contains) else { return }
    var places: [Int] = []
    for column in columns { places.append(try rows.column(column)) }
    while try rows.next() {
      var texts: [String] = []
      for place in places { texts.append(try rows.text(place)) }
      try visit(texts, &rows)
    }
  }

  private func unknown(_ option: String, _ code: String, _ names: [Spelling: String]) -> Failure {
    let known = Codebook.sorted(names.keys)
    let namesake = known.first { names[$0]?.lowercased() == code.lowercased() }
    let advice = (namesake ?? Failure.nearest(to: code, among: known)).map { near in
      let name = names[near].map { $0 == near ? "" : " (\($0))" } ?? ""
      return "Did you mean \"\(near)\"\(name)?"
    }
    return Failure(
      .usage, at: Place(file: folder), "the run has no cell with \(option) \"\(code)\"",
      expected: "a code such as " + Failure.examples(known, limit: 5), advice: advice)
  }
}
