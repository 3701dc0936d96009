import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Cases from the field whose keys are no codes.
@Suite(.enabled(if: Shared.isExpected))
struct KeyFieldTests {
  private func session(
    _ name: String, job: String = "job.yaml", _ keys: (String) -> String = { $0 }
  )
    throws -> Session
  {
    let folder = "\(Shared.path)/field/\(name)"
    let text = keys(try String(contentsOfFile: "\(folder)/\(job)", encoding: .utf8))
    return Session(try Job(text: text, file: "\(folder)/\(job)"), workerCount: 1)
  }

  @Test func nationalRowsWithoutAnAreaAreNamed() throws {
    let failure = try #require(throws: Failure.self) {
      _ = try session("blank-area-national-row").run()
    }
    #expect(failure.place?.line == 2 && failure.place?.column == 6)
    let filter = "where: { geographic_level: \"Local authority district\" }"
    #expect(failure.advice?.contains("`\(filter)`") == true)
    let outcome = try session("blank-area-national-row") {
      $0.replacing("  value: starts", with: "  value: starts\n  \(filter)")
    }.run()
    #expect(outcome.areas.count == 3)
    let counts = outcome.reconciliation(.provision)
    #expect(counts.counts.published.value == 1390 && counts.markedCounts.values.reduce(0, +) == 1)
  }

  @Test(arguments: ["job.yaml", "job-as-advised.yaml"])
  func rowOfCommasIsNoRow(job: String) throws {
    let outcome = try session("excel-trailing-rows", job: job).run()
    #expect(outcome.areas.codes == ["E06000001", "E06000002"])
    #expect(outcome.reconciliation(.provision).rowCount == 4)
  }

  @Test func byteOrderMarkWithinIsDropped() throws {
    let outcome = try session("bom-in-the-middle").run()
    #expect(outcome.areas.count == 4)
    #expect(outcome.value(.demand, "E06000003", "care") == 150)
  }

  @Test(arguments: ["job.yaml", "job-with-sectors.yaml"])
  func numbersAreKeysAsTheSheetShowsThem(job: String) throws {
    let outcome = try session("codes-shown-with-zeros", job: job).run()
    #expect(outcome.sectors.codes == ["01", "05", "41"] && outcome.unmapped.isEmpty)
    let folder = "\(Shared.path)/field/codes-shown-with-zeros"
    var rows = try TableJob(files: []).open(
      InputFile(name: "starts-ssa.xlsx", path: "\(folder)/starts-ssa.xlsx"))
    let column = try rows.column("ssa_t2")
    var codes: Set<String> = []
    while try rows.next() { codes.insert(try rows.text(column)) }
    #expect(codes == ["4.1", "4.10"])
  }

  @Test func lookupMayBeTheRegister() throws {
    let outcome = try session("lookup-as-register").run()
    #expect(outcome.areas.names == ["Cumberland", "Westmorland and Furness"])
    #expect(outcome.grids[0].provision.value.elements == [240, 390, 330, 570])
  }
}
