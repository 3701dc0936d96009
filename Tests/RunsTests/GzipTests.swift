import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

struct GzipTests {
  private let folder: TestFolder
  private let text: String

  init() throws {
    folder = try TestFolder()
    var draws = Draws(seed: 5)
    text =
      "code,name,count\n"
      + (0..<40_000).map { "E\($0),\"place \(draws.below(1000))\",\(draws.below(100_000))\n" }
      .joined()
  }

  private func gzip(_ name: String, _ text: String) throws -> [UInt8] {
    try output(of: "gzip", ["-n", "-c", try folder.write(name, text)])
  }

  @Test func oneMemberIsReadAsItsText() throws {
    let path = try folder.write("t.csv.gz", bytes: try gzip("t.csv", text))
    #expect(try records(inFile: path) == (try records(text)))
  }

  @Test func gzipIsToldByItsBytesNotByItsName() throws {
    let path = try folder.write("t.csv", bytes: try gzip("plain", "a,b\n1,2\n"))
    #expect(try records(inFile: path).map(\.fields) == [["a", "b"], ["1", "2"]])
    let named = try folder.write("plain.csv.gz", "a,b\n1,2\n")
    #expect(try records(inFile: named).map(\.fields) == [["a", "b"], ["1", "2"]])
  }

  @Test(arguments: [1, 17, 300_000])
  func severalMembersAreOneText(cut: Int) throws {
    let bytes = Array(text.utf8)
    let head = String(decoding: bytes[..<cut], as: UTF8.self)
    let tail = String(decoding: bytes[cut...], as: UTF8.self)
    let members = try gzip("head", head) + gzip("empty", "") + gzip("tail", tail)
    let path = try folder.write("t.csv.gz", bytes: members)
    #expect(try records(inFile: path) == (try records(text)))
  }

  @Test func byteOrderMarkMayBeCutByMembers() throws {
    let head = try folder.write("head", bytes: [0xef])
    let tail = try folder.write("tail", bytes: [0xbb, 0xbf] + Array("a,b\n".utf8))
    let members =
      try output(of: "gzip", ["-n", "-c", head]) + output(of: "gzip", ["-n", "-c", tail])
    let path = try folder.write("t.csv.gz", bytes: members)
    #expect(try records(inFile: path).map(\.fields) == [["a", "b"]])
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try gzip("t.csv", "area,count\nA,1\nB,2\n")
    for count in 2..<whole.count {
      let path = try folder.write("cut.csv.gz", bytes: Array(whole[..<count]))
      let failure = try #require(throws: Failure.self, "\(count) bytes of \(whole.count)") {
        try records(inFile: path)
      }
      #expect(failure.kind == .badData)
      #expect(failure.found.contains("gzip stream"))
      #expect(failure.place?.file == path)
    }
  }

  @Test func truncationOfALargeStreamIsRefused() throws {
    let whole = try gzip("t.csv", text)
    let path = try folder.write("cut.csv.gz", bytes: Array(whole[..<(whole.count / 2)]))
    let failure = try #require(throws: Failure.self) { try records(inFile: path) }
    #expect(failure.found == "the gzip stream is truncated")
  }

  @Test(arguments: [9, 40, -6, -2])
  func damageIsRefused(position: Int) throws {
    var bytes = try gzip("t.csv", "area,count\n" + String(repeating: "A,1\nB,22\n", count: 50))
    let index = position < 0 ? bytes.count + position : position
    bytes[index == 9 ? 2 : index] ^= 0x5a
    let path = try folder.write("bad.csv.gz", bytes: bytes)
    let failure = try #require(throws: Failure.self) { try records(inFile: path) }
    #expect(failure.kind == .badData)
  }

  @Test func garbageBehindAMemberIsRefused() throws {
    let bytes = try gzip("t.csv", "a,b\n1,2\n") + Array("not gzip at all".utf8)
    let path = try folder.write("tail.csv.gz", bytes: bytes)
    let failure = try #require(throws: Failure.self) { try records(inFile: path) }
    #expect(failure.kind == .badData)
    #expect(failure.found.contains("gzip stream"))
  }

  @Test func digestIsOfTheFileAndNotOfTheText() throws {
    let path = try folder.write("t.csv.gz", bytes: try gzip("t.csv", text))
    let source = try ByteSource(path: path)
    var scanner = try DelimitedScanner(source, delimiter: 44)
    while try scanner.next() {}
    let expected = String(decoding: try output(of: "sha256sum", [path]), as: UTF8.self)
    #expect(try source.finishDigest() == String(expected.prefix(64)))
  }
}
