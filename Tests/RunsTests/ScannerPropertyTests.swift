import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The scanner against a plain one on random tables.
struct ScannerPropertyTests {
  private static let pieces = [
    "", "a", "0", "1,250", "two words", "é", "\"", "\"\"", "line\nbreak", "cr\r\nlf", "tab\there",
    ",", " ", "\r", "日本", "x\"y", ",,\n\"",
  ]

  /// A table of random fields, and one way to write it.
  private static func table(_ draws: inout Draws, delimiter: UInt8, rowCount: Int) -> (
    rows: [[String]], bytes: [UInt8]
  ) {
    let columnCount = 1 + draws.below(5)
    var bytes: [UInt8] = draws.below(3) == 0 ? [0xef, 0xbb, 0xbf] : []
    var rows: [[String]] = []
    for row in 0..<rowCount {
      var fields: [String] = []
      for column in 0..<columnCount {
        var field = (0..<draws.below(4)).map { _ in draws.pick(pieces) }.joined()
        if columnCount == 1 && field.isEmpty { field = "-" }
        fields.append(field)
        if column > 0 { bytes.append(delimiter) }
        let mustQuote = field.utf8.contains { $0 == delimiter || [10, 13, 34].contains($0) }
        if mustQuote || draws.below(3) == 0 {
          bytes += [34] + field.utf8.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
        } else {
          bytes += field.utf8
        }
      }
      rows.append(fields)
      let isLast = row == rowCount - 1
      if !isLast || draws.below(2) == 0 { bytes += draws.below(2) == 0 ? [10] : [13, 10] }
      if !isLast && draws.below(10) == 0 { bytes += [10] }
    }
    return (rows, bytes)
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func randomTablesAreReadAsTheyWereWritten(seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let delimiter: UInt8 = draws.below(4) == 0 ? 9 : 44
    let (rows, bytes) = Self.table(&draws, delimiter: delimiter, rowCount: 1 + draws.below(40))
    #expect(try records(bytes: bytes, delimiter: delimiter).map(\.fields) == rows)
    let body = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    #expect(plainRows(body, delimiter: delimiter) == rows)
  }

  /// Texts of the characters that matter, valid or not: both scanners agree on all that is accepted.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func whateverIsAcceptedIsCutAsThePlainScannerCutsIt(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 1)
    var acceptedCount = 0
    for _ in 0..<25 {
      let bytes = (0..<draws.below(14)).map { _ in draws.pick(Array("ab,,\n\n\r\"\"".utf8)) }
      guard let found = try? records(bytes: bytes).map(\.fields) else { continue }
      acceptedCount += 1
      var expected = plainRows(bytes, delimiter: 44)
      if bytes.last == 13, expected.last?.last?.last == "\r", let row = expected.popLast() {
        let fields = row.dropLast() + [String(row[row.count - 1].dropLast())]
        if fields != [""] { expected.append(Array(fields)) }
      }
      #expect(found == expected.filter { $0 != [""] }, "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(acceptedCount > 0)
  }

  @Test func largeTableCrossesManyWindows() throws {
    var draws = Draws(seed: 77)
    let (rows, bytes) = Self.table(&draws, delimiter: 44, rowCount: 90_000)
    #expect(bytes.count > 1 << 20)
    #expect(try records(bytes: bytes).map(\.fields) == rows)
  }
}
