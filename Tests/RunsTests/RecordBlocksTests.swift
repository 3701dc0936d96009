import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct RecordBlocksTests {
  private static let longestRow = 32

  private static func text(rowCount: Int, isEnded: Bool) -> String {
    let rows = (0..<rowCount).map { $0 % 3 == 0 ? "\"a\n,b\"\"\($0)\",1" : "c\($0),2" }
    return "key,n\n" + rows.joined(separator: "\n") + (isEnded ? "\n" : "")
  }

  /// Joined again, blocks are the text behind its header, and the digest is the file's.
  ///
  /// Files are smaller and larger than the windows through which they are read.
  @Test(arguments: [
    (0, 1), (1, 1), (200, 1), (200, 40), (200, 64), (200, 1 << 19), (80_000, 1 << 14),
    (80_000, 1 << 19),
  ])
  func blocksAreTheTextCutBehindRecords(rowCount: Int, size: Int) throws {
    for isEnded in [false, true] {
      let text = Self.text(rowCount: rowCount, isEnded: isEnded)
      let folder = try TestFolder()
      let path = try folder.write("table.csv", text)
      let source = try ByteSource(path: path)
      var scanner = try DelimitedScanner(source, delimiter: 44)
      #expect(try scanner.next())
      let blocks = RecordBlocks(source, after: scanner.giveUpRest().held, blockSize: size)
      let block = RecordBlock(capacity: size)
      var joined = "key,n\n"
      while try blocks.next(into: block) {
        blocks.digest(block)
        let bytes = UnsafeBufferPointer(start: block.bytes, count: block.count)
        let piece = String(decoding: bytes, as: UTF8.self)
        #expect(block.isWhole && piece.hasSuffix("\n"))
        #expect(piece.utf8.count { $0 == 34 } % 2 == 0)
        #expect(piece.utf8.count <= max(size + 1, 2 * Self.longestRow))
        joined += piece
      }
      #expect(joined == (isEnded || rowCount == 0 ? text : text + "\n"))
      #expect(try source.finishDigest() == ByteSource(path: path).finishDigest())
    }
  }
}
