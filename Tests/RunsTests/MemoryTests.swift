import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Tables that a file of another kind than expected would make are refused before they are made.
struct MemoryTests {
  /// A file whose categories are references, one for each row.
  private func work(areas: Int, categories: Int) -> Example {
    let rows = (0..<max(areas, categories)).map { "a\($0 % areas),c\($0),1" }
    let text = "area,sector,count\n" + rows.joined(separator: "\n") + "\n"
    return Example(files: ["provision.csv": text, "demand.csv": text])
  }

  @Test func aColumnOfReferencesIsNamedAsTheCause() throws {
    let folder = try TestFolder()
    let job = try work(areas: 500, categories: 5_000).job(in: folder)
    let failure = try #require(throws: Failure.self) {
      try Session(job, workerCount: 2, memoryLimit: 20_000_000).run()
    }
    #expect(failure.kind == .failed)
    let text = failure.description
    #expect(text.contains("more than --memory allows (20000000)"), "\(text)")
    #expect(text.contains("column of references"), "\(text)")
  }

  @Test func tablesBeyondTheMachineAreRefusedWhileCodesAreMet() throws {
    let folder = try TestFolder()
    let job = try work(areas: 100_000, categories: 100_000).job(in: folder)
    let failure = try #require(throws: Failure.self) { try Session(job, workerCount: 2).run() }
    #expect(failure.kind == .failed)
    #expect(failure.description.contains("more than this machine has"), "\(failure.description)")
  }
}
