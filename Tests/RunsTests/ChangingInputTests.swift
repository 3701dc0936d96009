import Foundation
import Mismatch
import Synchronization
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Inputs that change between the first block that is read of them and the last.
struct ChangingInputTests {
  enum Change: CaseIterable {
    case shrinks, endsInARow, grows, isWrittenAnew, isReplaced
  }

  private static let rows =
    "area,sector,count\n" + (0..<120_000).map { "a\($0 / 10),s\($0 % 10),5\n" }.joined()

  @Test("A change while it is read is told, and no result comes of it", arguments: Change.allCases)
  func change(_ change: Change) throws {
    for (name, bytes) in [
      ("provision.csv", Array(Self.rows.utf8)), ("provision.csv.gz", try packed(Self.rows)),
    ] {
      let folder = try TestFolder()
      let job = try Example(provision: ["file": name]).job(in: folder)
      let path = try folder.write(name, bytes: bytes)
      // Older than the clock's last tick, so that any writing shows.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
      let isChanged = Mutex(false)
      let session = Session(job, workerCount: 1) { _ in
        isChanged.withLock { isChanged in
          if !isChanged { try? Self.make(change, path, bytes) }
          isChanged = true
        }
      }
      let failure = #expect(throws: Failure.self) { try session.run() }
      #expect(isChanged.withLock { $0 })
      #expect(failure?.place?.file == path)
      if change != .endsInARow && !name.hasSuffix(".gz") {
        #expect(failure?.kind == .inputOutput && failure?.found == "changed while it was read")
      }
    }
  }

  private static func make(_ change: Change, _ path: String, _ bytes: [UInt8]) throws {
    switch change {
    case .isReplaced:
      try Data(bytes).write(to: URL(fileURLWithPath: path + ".new"))
      rename(path + ".new", path)
    case .shrinks, .endsInARow, .grows, .isWrittenAnew:
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      let lastRow = bytes.dropLast().lastIndex(of: 10) ?? 0
      switch change {
      case .shrinks: try file.truncate(atOffset: UInt64(lastRow + 1))
      case .endsInARow: try file.truncate(atOffset: UInt64(lastRow + 3))
      case .grows:
        try file.seekToEnd()
        try file.write(contentsOf: Data("b,s1,5\n".utf8))
      default: try file.write(contentsOf: Data(bytes))
      }
      try file.close()
    }
  }

  private func packed(_ text: String) throws -> [UInt8] {
    let folder = try TestFolder()
    return try output(of: "gzip", ["-n", "-c", try folder.write("plain", text)])
  }
}
