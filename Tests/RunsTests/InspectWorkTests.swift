import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// How much is done to look at a file, counted, not timed.
@Suite struct InspectWorkTests {
  /// Bytes that count how often they are read, and that cannot be read for a while if wanted.
  private final class CountedBytes: RandomBytes {
    private let bytes: MemoryBytes
    private(set) var readCount = 0
    var isOutOfReach = false

    init(_ bytes: [UInt8]) { self.bytes = MemoryBytes(bytes) }

    var size: Int { bytes.size }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
      if isOutOfReach { throw Failure(.inputOutput, "cannot be read") }
      readCount += 1
      return bytes.read(into: buffer, at: offset)
    }
  }

  private static func zip(_ count: Int) -> ZipFixture {
    var zip = ZipFixture()
    for number in 0..<count { zip.add("\(number)", text(number)) }
    return zip
  }

  private static func text(_ number: Int) -> String {
    String(repeating: "text of \(number). ", count: 20 + number)
  }

  private func text(_ member: ArchiveMember) throws -> String {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 12, alignment: 1)
    defer { block.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let count = try member.read(into: block)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  @Test func membersInTheirOrderCostOneWayThroughTheArchive() throws {
    let counts = try [50, 400].map { count in
      let bytes = CountedBytes(InspectWorkTests.zip(count).bytes)
      let archive = try Archive(bytes, at: Place(file: "a.zip"))
      for number in 0..<count {
        #expect(try text(archive.open("\(number)")) == InspectWorkTests.text(number))
      }
      return bytes.readCount
    }
    #expect(counts[1] < counts[0] * 16, "\(counts)")
  }

  @Test func membersInAnyOrderAndAtOnceAreThemselves() throws {
    var random = RandomSource(seed: 11)
    let archive = try Archive(
      MemoryBytes(InspectWorkTests.zip(12).bytes), at: Place(file: "a.zip"))
    var open: [(number: Int, member: ArchiveMember)] = []
    for _ in 0..<300 {
      let number = random.whole(0...11)
      open.append((number, try archive.open("\(number)")))
      if random.happens(0.3) { open.remove(at: random.whole(0...open.count - 1)) }
      guard random.happens(0.6), !open.isEmpty else { continue }
      let read = open.remove(at: random.whole(0...open.count - 1))
      #expect(try text(read.member) == InspectWorkTests.text(read.number))
    }
  }

  @Test func aMemberThatFailsSpoilsNoOther() throws {
    var zip = InspectWorkTests.zip(3)
    zip.members[1].bytes = Array(repeating: 65, count: 1 << 18)
    let bytes = CountedBytes(zip.bytes)
    let archive = try Archive(bytes, at: Place(file: "a.zip"))
    var failing: ArchiveMember? = try archive.open("1")
    bytes.isOutOfReach = true
    #expect(throws: Failure.self) { try failing.map(text) }
    failing = nil
    bytes.isOutOfReach = false
    #expect(try text(archive.open("2")) == InspectWorkTests.text(2))
  }
}
