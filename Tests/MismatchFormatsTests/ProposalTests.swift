import Foundation
import Testing

@testable import MismatchFormats

/// Whether what `inspect` proposes runs as it is pasted.
@Suite(.enabled(if: Extracts.areWanted)) struct ProposalTests {
  /// Files whose proposal is refused for a fault of the file, with a part of the message.
  static let faults = [
    // A row of commas below the table.
    "excel-trailing-rows/starts.csv": "\"\" is neither a number nor a marker"
  ]

  /// Every extract, and every file of figures of the cases from the field, by its whole path.
  static func files() throws -> [String] {
    let field = URL(fileURLWithPath: Extracts.path("")).deletingLastPathComponent()
      .appendingPathComponent("field").path
    let cases = try FileManager.default.subpathsOfDirectory(atPath: field).map { "\(field)/\($0)" }
    let all = try Extracts.files().map { Extracts.path($0) } + cases
    let endings = ["csv", "tsv", "gz", "xlsx", "xlsm", "rds"]
    return all.filter { file in endings.contains { file.hasSuffix(".\($0)") } }.sorted()
  }

  /// The block for one side, and the same rows again for the other, so that all periods meet.
  private static func job(_ proposal: String) -> String {
    let isProvision = proposal.hasPrefix("provision:")
    let other = proposal.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    return proposal
      + (isProvision ? "demand:\n  kind: vacancies\n" : "provision:\n  kind: people\n") + other
      + "\n"
  }

  @Test(arguments: (try? files()) ?? [])
  func proposalIsAccepted(_ file: String) throws {
    for account in try Inspection.accounts(of: file) {
      guard let proposal = account.proposal else { continue }
      let name =
        file.split(separator: "/").suffix(2).joined(separator: "/")
        + (account.sheet.map { "[\($0)]" } ?? "")
      let text = ProposalTests.job(proposal)
      let found = message {
        let job = try Job(text: text, file: "/job.yaml")
        _ = try Session(job, workerCount: 1).check()
      }
      let expected = ProposalTests.faults[name] ?? "no failure"
      #expect(found.contains(expected), "\(name): \(found)\n\(proposal)")
    }
  }
}
