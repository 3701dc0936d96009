import Foundation

/// The reference cases in `../shared/reference`, beside the package's own folder.
///
/// A test of a reference case says `.enabled(if: Reference.mayRun)`: without the folder it is skipped
/// on a person's machine, and fails where the environment variable `CI` is set.
package enum Reference {
  /// Where the cases stand, whether or not they are there.
  package static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/reference")

  package static let isAvailable = FileManager.default.fileExists(atPath: folder.path)

  /// Whether tests of reference cases run: always under `CI`, where a missing folder is a failure.
  package static let mayRun = isAvailable || ProcessInfo.processInfo.environment["CI"] != nil

  /// One record of a file, by column heading.
  package typealias Row = [String: String]

  /// The records of one file, given as `case/file.csv`.
  package static func rows(_ path: String) throws -> [Row] {
    var records = try records(path)
    guard !records.isEmpty else { throw ReferenceFailure(text: "\(path): empty") }
    let header = records.removeFirst()
    return try records.map { record in
      guard record.count == header.count else {
        throw ReferenceFailure(text: "\(path): \(record.count) fields, not \(header.count)")
      }
      return Dictionary(uniqueKeysWithValues: zip(header, record))
    }
  }

  /// The fields of each record of one file, its heading first.
  package static func records(_ path: String) throws -> [[String]] {
    fields(of: try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
  }

  /// Comma-separated records with quotes, parsed character by character: slow and plain, so that it
  /// shares nothing with the reader that is tested.
  package static func fields(of text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var previousWasQuote = false
    func endField() {
      record.append(field)
      field = ""
      previousWasQuote = false
    }
    for character in text {
      if isQuoted {
        if character == "\"" {
          isQuoted = false
          previousWasQuote = true
        } else {
          field.append(character)
        }
      } else if character == "\"" {
        if previousWasQuote { field.append("\"") }
        isQuoted = true
      } else if character == "," {
        endField()
      } else if character.isNewline {
        endField()
        records.append(record)
        record = []
      } else {
        field.append(character)
      }
    }
    if !field.isEmpty || !record.isEmpty {
      endField()
      records.append(record)
    }
    return records
  }
}

/// A reference file that cannot be used.
package struct ReferenceFailure: Error, CustomStringConvertible {
  package let text: String
  package var description: String { text }

  package init(text: String) { self.text = text }
}

extension Reference.Row {
  /// The text of a column; throws where there is no such column.
  package func text(_ column: String) throws -> String {
    guard let text = self[column] else { throw ReferenceFailure(text: "no column \(column)") }
    return text
  }

  /// The number in a column: `NA` is NaN and `Inf` infinite; throws for anything else that is none.
  package func number(_ column: String) throws -> Double {
    // R pads the numbers of some files.
    let text = try text(column).trimmingCharacters(in: .whitespaces)
    switch text {
    case "NA": return .nan
    case "Inf": return .infinity
    case "-Inf": return -.infinity
    default:
      guard let number = Double(text) else {
        throw ReferenceFailure(text: "\"\(text)\" in column \(column) is no number")
      }
      return number
    }
  }
}
