import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Cases from the field: periods that are named, and messages in the place of data.
@Suite(.enabled(if: Shared.isExpected))
struct OtherFieldTests {
  private static let folder = "\(Shared.path)/field"

  @Test func monthsAreInOrderOfTime() throws {
    let job = try Job(file: "\(Self.folder)/months-by-name/job.yaml")
    let outcome = try Session(job, workerCount: 1).run()
    #expect(
      outcome.grids.map(\.period) == [
        "October 2022", "November 2022", "December 2022", "January 2023", "February 2023",
      ])
    let counts = outcome.grids.compactMap { grid in
      grid.areas.position(of: "N").map { row in grid.provision.value.row(row).reduce(0, +) }
    }
    #expect(zip(counts, counts.dropFirst()).map { $1 - $0 } == [20, 20, 20, 20])
  }

  @Test(arguments: ["json.csv", "msg.csv", "nodata.csv", "xmlerr.csv"])
  func messagesAreNoTables(file: String) throws {
    let path = "\(Self.folder)/error-message-as-csv/\(file)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let seen = try #require(try Inspection.accounts(of: path).first?.problem)
    let read = try #require(try Example(files: ["provision.csv": text]).failure())
    #expect(read.kind == .badData && read.advice?.contains("Fetch the file again") == true)
    #expect(seen.contains(read.found) && seen.contains("Fetch the file again"))
  }
}
