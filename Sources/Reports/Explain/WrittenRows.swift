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
  /// The cell of this area and sector, each by code or by name; its period may be left out where the run has only
  /// one.
  ///
  /// - Throws: ``Failure`` as ``codes(workerCount:)`` and ``NamedCodes/code(for:in:)`` do.
  package func cell(
    area: String, sector: String, period: String?, workerCount: Int = 1
  ) throws -> CellKey {
    let codes = try codes(workerCount: workerCount)
    let area = try codes.areas.code(for: area, in: folder)
    let sector = try codes.sectors.code(for: sector, in: folder)
    let periods = codes.periods.codes
    guard let chosen = period ?? (periods.count == 1 ? periods.first : nil) else {
      throw Failure(
        .usage, at: Place(file: folder), "the run has \(periods.count) periods",
        expected: "--period with one of " + Failure.examples(periods, limit: 12))
    }
    return CellKey(
      period: try codes.periods.code(for: chosen, in: folder), areaCode: area,
      areaName: codes.areas.name(of: area), sectorCode: sector,
      sectorName: codes.sectors.name(of: sector))
  }

  /// What every file of the run with rows by period, area and sector holds for a cell.
  package func rows(of cell: CellKey) throws -> [WrittenRow] {
    var found: [WrittenRow] = []
    let keys = CellKey.columns + ["area_name", "sector_name"]
    for name in outputs.compactMap({ TableFiles.table(in: $0.name) })
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
}
