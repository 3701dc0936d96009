import Mismatch

/// The records of delimited text for inspection: bytes that are no UTF-8 are read as Windows-1252.
///
/// A run refuses such text; an account of it is still of use.
final class InspectedRecords: RecordStream {
  let path: String
  private let source: ByteSource
  private var scanner: DelimitedScanner

  init(_ source: ByteSource, delimiter: UInt8) throws {
    path = source.path
    self.source = source
    scanner = try DelimitedScanner(source, delimiter: delimiter)
  }

  var byteCount: Int { source.byteCount }

  func next() throws -> RawRecord? {
    guard try scanner.next() else { return nil }
    var cells: [String] = []
    cells.reserveCapacity(scanner.fieldCount)
    for field in 0..<scanner.fieldCount {
      let bytes = scanner.bytes(field)
      cells.append(String(validating: bytes, as: UTF8.self) ?? InspectedRecords.windows(bytes))
    }
    return RawRecord(line: scanner.line, cells: cells)
  }

  func finishDigest() throws -> String { try source.finishDigest() }

  /// The characters of Windows-1252 from 0x80 to 0x9f; those that it leaves open stay as they are.
  private static let upper: [Unicode.Scalar] = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars)

  private static func windows(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text.unicodeScalars.append(
        (0x80..<0xa0).contains(byte) ? upper[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return text
  }
}
