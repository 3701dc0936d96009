import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

@Suite("Data files of Explore Education Statistics")
struct ReadersEESTests {
  private let data = "time_period,lad_code,ssa,apps_received\n202223,E1,Art,5\n"
  private let meta = """
    col_name,col_type,label
    ssa,Filter,Subject
    apps_received,Indicator,Applications
    """

  private func read(_ keys: String) throws -> String {
    try withFile(data) { path in
      let companion = String(path.dropLast(4)) + ".meta.csv"
      try meta.write(toFile: companion, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(atPath: companion) }
      let job = try Job(
        text: """
          provision: { kind: people, file: \(path), period: time_period, \(keys) }
          demand: { kind: jobs, file: \(path), area: lad_code, category: ssa, value: apps_received,
            period: time_period }
          """, file: "job.yaml")
      return message { _ = try Session(job, workerCount: 1).run() }
    }
  }

  @Test("filters are labels, indicators are counts")
  func roles() throws {
    #expect(try read("area: lad_code, category: ssa, value: apps_received") == "no failure")
    #expect(
      try read("area: lad_code, category: apps_received, value: apps_received").contains(
        "lists as an indicator; expected a filter, a geography or a time: \"ssa\""))
    #expect(
      try read("area: lad_code, category: ssa, value: ssa").contains(
        "lists as a filter; expected an indicator: \"apps_received\""))
  }
}
