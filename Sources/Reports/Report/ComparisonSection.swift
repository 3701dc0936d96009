import Charts
import Mismatch
import Runs

extension PageSection {
  /// Cells whose gaps moved most that a report shows.
  static let movedCount = 30

  /// The run beside an earlier one: what differs in what they were made of, and in their cells.
  static func comparison(_ comparison: Comparison) -> PageSection {
    let counts = comparison.counts
    var html = paragraph(
      "This run (B) beside \(comparison.a.name) (A): of \(SectionNumber.counted(counts.compared, "cell")) with intervals in "
        + "both, \(SectionNumber.count(Double(counts.moved))) moved, which means that neither run's interval holds the other "
        + "run's gap. \(SectionNumber.counted(counts.flipped, "call")) changed, "
        + "\(SectionNumber.count(Double(counts.reversed))) of them from over to under or back. Where both runs have the same "
        + "data, a difference is due to what differs in the job.")
    html += "<h3>What differs</h3>" + list(differences(comparison.differences))
    html +=
      HTMLTable(
        caption: "Calls in A, down, and in B, across",
        columns: [.init(heading: "A")]
          + calls.map { .init(heading: "B: \(named($0))", isNumber: true) },
        rows: calls.map { own in
          [named(own)]
            + calls.map { other in
              let flip = comparison.calls.first { $0.a == own && $0.b == other }
              return SectionNumber.count(Double(flip?.count ?? 0))
            }
        }
      ).html
    if !comparison.moved.isEmpty { html += moved(comparison.moved) }
    return PageSection("comparison", "Beside another run", html: html)
  }

  private static let calls = Call.allCases.map(\.rawValue) + [""]

  private static func named(_ call: String) -> String { call.isEmpty ? "none" : call }

  private static func moved(_ cells: [ComparedCell]) -> String {
    HTMLTable(
      caption: "Gaps that moved most, percentage points",
      columns: [.init(heading: "Area"), .init(heading: "Sector")]
        + ["A", "Interval of A", "B", "Interval of B", "Difference"].map {
          .init(heading: $0, isNumber: true)
        },
      rows: cells.map { cell in
        [cell.areaName.shortened, cell.sectorName.shortened]
          + [cell.a, cell.b].flatMap { gap in
            [SectionNumber.signed(gap.gap), SectionNumber.interval(gap.lower, gap.upper)]
          } + [SectionNumber.signed(cell.difference)]
      }
    ).html
  }

  /// What the runs were made of, as far as it is not the same.
  private static func differences(_ differences: RunDifferences) -> [String] {
    var lines: [String] = []
    if Set(differences.versions).count > 1 {
      lines.append("Version: \(differences.versions[0]) in A, \(differences.versions[1]) in B")
    }
    if Set(differences.seeds).count > 1 {
      lines.append("Seed: \(differences.seeds[0]) in A, \(differences.seeds[1]) in B")
    }
    lines += differences.inputs.map { "\($0.name.shortened) (\($0.role)): \($0.change.rawValue)" }
    lines += differences.jobLines.prefix(movedCount).map {
      "Job, line \($0.number) of \($0.run): \($0.text.shortened)"
    }
    if differences.jobLines.count > movedCount {
      lines.append("and \(differences.jobLines.count - movedCount) further lines of the jobs")
    }
    return lines.isEmpty ? ["Nothing: the same job, inputs and version"] : lines
  }
}
