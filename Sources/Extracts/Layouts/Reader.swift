import Mismatch

/// A row that a reader made out of an input's records.
package struct LaidOutRow: Sendable, Equatable {
  /// Where its count stands: a line, and a cell of it counted from 1; nil where cells stand in the order
  /// of the header.
  let line: Int
  let column: Int?
  /// One text per column of the table's header.
  let fields: [String]
  /// Fields that are another text as keys.
  var shown: [ShownCell] = []

  /// The fields' texts as keys.
  var keys: [String] { fields.shown(as: shown) }
}

/// A table that a reader makes out of records: a header, and rows as wide as it.
package protocol LaidOutTable: AnyObject {
  var header: [String] { get }
  /// Where the current row stands, for messages; nil where it stands in the file itself.
  var path: String? { get }
  /// The tables that were met so far, the current one last, with what stands around them.
  var blocks: [TableBlock] { get }
  func next() throws -> LaidOutRow?
}

extension LaidOutTable {
  package var path: String? { nil }

  /// The line of the headings, for messages.
  var headerLine: Int { blocks.last?.headerLines.first ?? 1 }
}

/// A shape in which publishers give tables, and how it is brought into columns with names.
///
/// Which reader a file needs is detected from its content, or by the job's `reader`. A new one is a file beside
/// this and a line in the catalogue.
package struct Reader: Sendable {
  /// Name in a job file.
  package let name: String
  let summary: String
  /// Whether the first records of an input are of this shape.
  let recognises: @Sendable ([RawRecord]) -> Bool
  /// The table in the records, which start at the first one.
  let open: @Sendable (any RecordStream, TableJob) throws -> any LaidOutTable

  /// How many records a reader is shown to recognise its shape.
  private static let previewCount = 40

  /// The reader that lays records out; nil for a plain table with its header first.
  ///
  /// - Parameter open: opens the records to look at the first ones.
  static func recognised(_ open: () throws -> any RecordStream) throws -> Reader? {
    var first: [RawRecord] = []
    do {
      let records = try open()
      while first.count < previewCount, let record = try records.next() { first.append(record) }
    } catch let failure as Failure where failure.kind == .badData {
      // Whoever reads the whole input will say the same with its place.
    }
    return catalogue.first { $0.recognises(first) }
  }
}
