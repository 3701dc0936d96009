import Mismatch

/// One record of an input as it stands, before anyone says which one is a header.
package struct RawRecord: Sendable, Equatable {
  /// The line or sheet row on which it begins, counted from 1.
  let line: Int
  /// Its cells in order; records of one input may differ in their number.
  package let cells: [String]
  /// Whether the text ends with it, without a line break: it may have been cut off.
  var isUnended = false
  /// Cells of a sheet that are another text as keys.
  var shown: [ShownCell] = []

  /// The cells' texts as keys and headings.
  var keys: [String] { cells.shown(as: shown) }

  /// Whether no cell holds anything but blanks.
  var isBlank: Bool { cells.allSatisfy { $0.trimmed().isEmpty } }
}

/// A cell that is another text as a key than as a figure.
package struct ShownCell: Sendable, Equatable {
  package enum Key: Sendable, Equatable {
    /// The text that the sheet shows.
    case text(String)
    /// No key: the sheet shows a number in this format, which has not its digits alone.
    case otherwise(format: String)
  }

  /// The cell's place in its record, counted from 0.
  let cell: Int
  let key: Key
}

extension [String] {
  /// The texts of cells as keys: as the sheet shows them.
  func shown(as cells: [ShownCell]) -> [String] {
    guard !cells.isEmpty else { return self }
    var texts = self
    for cell in cells {
      guard case .text(let text) = cell.key, texts.indices.contains(cell.cell) else { continue }
      texts[cell.cell] = text
    }
    return texts
  }
}

/// An input that is read once, from beginning to end.
package protocol RecordInput: AnyObject {
  /// The input's path, for messages.
  var path: String { get }
  /// Bytes of the input that were read so far.
  var byteCount: Int { get }
  /// SHA-256 of the input; call once, at its end.
  func finishDigest() throws -> String
}

extension ByteSource: RecordInput {}

/// The records of one input, one after another.
protocol RecordStream: RecordInput {
  /// The next record, or nil at the end.
  func next() throws -> RawRecord?
}

/// The records of delimited text.
package final class DelimitedRecords: RecordStream {
  package let path: String
  private let source: ByteSource
  private var scanner: DelimitedScanner
  private let otherEncoding: ((UnsafeBufferPointer<UInt8>) -> String)?

  /// The records of a stream.
  ///
  /// - Parameter otherEncoding: reads what is not UTF-8; without it such text is refused.
  package init(
    _ source: ByteSource, delimiter: UInt8,
    otherEncoding: ((UnsafeBufferPointer<UInt8>) -> String)? = nil
  ) throws {
    path = source.path
    self.source = source
    self.otherEncoding = otherEncoding
    scanner = try DelimitedScanner(source, delimiter: delimiter)
  }

  package var byteCount: Int { source.byteCount }

  package func next() throws -> RawRecord? {
    guard try scanner.next() else { return nil }
    if Corruption.isConflictMarker(scanner.bytes(0)) {
      throw Corruption.conflict(at: Place(file: path, line: scanner.line))
    }
    var cells: [String] = []
    cells.reserveCapacity(scanner.fieldCount)
    for field in 0..<scanner.fieldCount {
      let bytes = scanner.bytes(field)
      guard let text = String(validating: bytes, as: UTF8.self) ?? otherEncoding?(bytes) else {
        throw Failure(
          .badData, at: Place(file: path, line: scanner.line, column: field + 1),
          "the text is not UTF-8", advice: "Convert the file: iconv -f WINDOWS-1252 -t UTF-8")
      }
      cells.append(text)
    }
    return RawRecord(line: scanner.line, cells: cells, isUnended: scanner.isUnended)
  }

  package func finishDigest() throws -> String { try source.finishDigest() }
}
