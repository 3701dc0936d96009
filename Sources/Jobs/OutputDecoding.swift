import Extracts
import Mismatch

/// What a run can make of its tables once they are written, by the keys of `output` that ask for it.
package enum DocumentKey: String, CaseIterable, Sendable {
  case report
  case figures
  case workbook
  case ees
}

/// Where a run writes, and what.
struct OutputJob: Sendable {
  /// Nil for the default folder.
  let folder: String?
  /// Names of tables, or patterns with `*`; nil for the default ones.
  let files: [String]?
  let documents: Set<DocumentKey>
  let compressesTables: Bool
}

extension JobNode {
  /// The block `output`.
  func output(folder: String, _ vocabulary: JobVocabulary) throws -> OutputJob {
    let keys = try keyed(
      ["folder", "formats", "files", "compress"] + DocumentKey.allCases.map(\.rawValue))
    for format in keys["formats"]?.items() ?? [] where try format.text() != "csv" {
      throw format.wrong(expected: "csv")
    }
    if let compress = keys["compress"], try compress.text() != "gzip" {
      throw compress.wrong(expected: "gzip")
    }
    return OutputJob(
      folder: try keys["folder"]?.text().asPath(in: folder),
      files: try keys["files"]?.fileNames(vocabulary),
      documents: Set(
        try DocumentKey.allCases.filter { try keys[$0.rawValue]?.boolean() ?? false }),
      compressesTables: keys["compress"] != nil)
  }

  /// Names of the files that a run writes, or patterns with `*`.
  private func fileNames(_ vocabulary: JobVocabulary) throws -> [String] {
    try items().map { item in
      let name = try item.text()
      if name == "all" { return "*" }
      let names = vocabulary.files
      guard name.hasPrefix("matrix_") || names.contains(where: { $0.matches(wildcard: name) })
      else { throw Failure.unknown("file of a run", name, known: names, at: item.place) }
      return name
    }
  }
}
