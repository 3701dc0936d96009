import Extracts
import Jobs
import Mismatch
import Runs

/// `cells.csv-metadata.json` and the like: what a table is, by the W3C's vocabulary for tabular data
/// (https://www.w3.org/TR/tabular-metadata/).
enum TableMetadata: RunDocument {
  static func isName(_ name: String) -> Bool {
    let ending = OutputCatalogue.metadataName(of: "")
    return name.hasSuffix(ending) && OutputCatalogue.isName(String(name.dropLast(ending.count)))
  }

  static func isWanted(by job: Job) -> Bool {
    job.documents.contains(.ees)
      || job.writesFiles(ending: OutputCatalogue.metadataName(of: ""))
  }

  static func write(_ run: FinishedRun, to sink: DocumentSink) throws {
    for table in try run.tables() {
      let text = try JSONText.of(Description(table), keys: .useDefaultKeys)
      try sink.write(OutputCatalogue.metadataName(of: table.name), Array(text.utf8))
    }
  }
}

/// The description of a table.
private struct Description: Encodable {
  struct Schema: Encodable {
    let columns: [Column]
    let primaryKey: [String]?
  }

  struct Column: Encodable {
    let name: String
    let titles: String
    let datatype: String
    let description: String
    let unit: String?

    enum CodingKeys: String, CodingKey {
      case name
      case titles
      case datatype
      case description = "dc:description"
      case unit = "schema:unitText"
    }

    init(_ column: ColumnRecord, name: String) {
      self.name = name
      (titles, unit) = (column.name, column.unit)
      description = column.description
      datatype =
        switch column.kind {
        case .number: "double"
        case .integer: "integer"
        case .text, .status: "string"
        }
    }
  }

  enum CodingKeys: String, CodingKey {
    case context = "@context"
    case url
    case title = "dc:title"
    case description = "dc:description"
    case tableSchema
  }

  let context = "http://www.w3.org/ns/csvw"
  /// The table as it is without compression.
  let url: String
  let title: String
  let description: String
  let tableSchema: Schema

  init(_ table: WrittenTable) {
    (url, title, description) = (table.name, table.name, table.description)
    tableSchema = Schema(
      columns: Description.columns(table.columns), primaryKey: Description.keys[table.name])
  }

  /// Columns with a name each, also those of a matrix that have one heading.
  private static func columns(_ records: [ColumnRecord]) -> [Column] {
    var known: Set<String> = []
    return records.enumerated().map { number, record in
      let name = record.name.percentEncoded
      let isNew = !name.isEmpty && known.insert(name).inserted
      return Column(record, name: isNew ? name : "\(name)_\(number + 1)")
    }
  }

  private static let keys = [
    "cells.csv": ["period", "area_code", "sector_code"],
    "calls.csv": ["period", "area_code", "sector_code"],
    "sensitivity.csv": ["period", "area_code", "sector_code"],
    "areas.csv": ["period", "area_code"],
    "sectors.csv": ["period", "sector_code"],
  ]
}

extension String {
  /// The text as the vocabulary has names: letters of ASCII, digits, `_` but not in front, and `%` with two digits for
  /// each other byte.
  fileprivate var percentEncoded: String {
    var name = ""
    for byte in utf8 {
      switch byte {
      case 48...57, 65...90, 97...122: name.unicodeScalars.append(Unicode.Scalar(byte))
      case 95 where !name.isEmpty: name += "_"
      default: name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return name
  }
}
