import Extracts
import Mismatch
import Reports

/// Two runs side by side, in words and tables.
struct CompareReport {
  private let comparison: Comparison
  private let width: Int

  init(_ comparison: Comparison, width: Int = Terminal.width) {
    (self.comparison, self.width) = (comparison, width)
  }

  /// For a person.
  func lines() -> [String] {
    [run("A", comparison.a), run("B", comparison.b), ""] + differenceLines() + [""] + cellLines()
      + [""] + callLines() + movedLines()
  }

  private func run(_ letter: String, _ run: Comparison.Run) -> String {
    "\(letter): \(run.folder) (\(run.name): \(counted(run.areas, "area")), "
      + "\(counted(run.sectors, "sector")), \(run.periods.joined(separator: "; ")); "
      + "\(run.provision) against \(run.demand))"
  }

  // MARK: What differs

  private static let shownLines = 40

  private func differenceLines() -> [String] {
    let differences = comparison.differences
    return ["What differs"]
      + [
        both("version", differences.versions), both("seed", differences.seeds.map(String.init)),
      ] + inputLines() + jobLines()
  }

  private func both(_ what: String, _ values: [String]) -> String {
    Set(values).count == 1
      ? "  \(what): the same, \(values[0])" : "  \(what): \(values[0]) in A, \(values[1]) in B"
  }

  private func inputLines() -> [String] {
    let differences = comparison.differences
    let same = "\(differences.sameInputCount) the same"
    guard !differences.inputs.isEmpty else { return ["  inputs: \(same)"] }
    return ["  inputs: \(same), \(differences.inputs.count) not"]
      + differences.inputs.prefix(Self.shownLines).map {
        "    \($0.name) (\($0.role)): \($0.change.rawValue)"
      } + more(differences.inputs.count)
  }

  private func jobLines() -> [String] {
    let differences = comparison.differences
    if differences.jobIsSame { return ["  job: the same"] }
    guard !differences.jobLines.isEmpty else { return ["  job: another text"] }
    return ["  job: \(counted(differences.jobLines.count, "line"))"]
      + differences.jobLines.prefix(Self.shownLines).map {
        "    \($0.run) \($0.number): \($0.text.shortened(to: 200))"
      } + more(differences.jobLines.count)
  }

  private func more(_ count: Int) -> [String] {
    count > Self.shownLines ? ["    and \(count - Self.shownLines) more"] : []
  }

  // MARK: Cells

  private func cellLines() -> [String] {
    let counts = comparison.counts
    var lines = [
      "\(count(Double(counts.both))) cells in both runs, \(count(Double(counts.onlyInA))) in A alone, "
        + "\(count(Double(counts.onlyInB))) in B alone"
    ]
    for pair in comparison.periods where !pair.a.isSpelt(as: pair.b) {
      lines.append("  \(pair.a) of A is compared with \(pair.b) of B")
    }
    lines += unsharedLines("A", comparison.onlyInA) + unsharedLines("B", comparison.onlyInB)
    lines += [
      "  gaps: \(numbers(counts.same)) the same to the last digit; "
        + "\(numbers(counts.compared)) with an interval in both runs",
      "  \(numbers(counts.moved)) moved: neither interval holds the other run's gap",
      "    B's gap outside A's interval: \(numbers(counts.outsideA)); A's outside B's: "
        + "\(numbers(counts.outsideB)); intervals that do not meet: \(numbers(counts.apart))",
    ]
    return lines
  }

  private func unsharedLines(_ letter: String, _ codes: Comparison.Unshared) -> [String] {
    [("areas", codes.areas), ("sectors", codes.sectors), ("periods", codes.periods)].filter {
      !$0.1.isEmpty
    }.map { what, codes in
      "  \(what) in \(letter) alone: \(Failure.examples(codes.map { $0.shortened(to: 60) }))"
    }
  }

  private func callLines() -> [String] {
    let counts = comparison.counts
    let shown = (Call.allCases.map(\.rawValue) + [""]).filter { call in
      comparison.calls.contains { $0.a == call || $0.b == call }
    }
    var table = TextTable(["  A, down; B, across"] + shown.map { $0.isEmpty ? "none" : $0 })
    for own in shown {
      table.add(
        ["  \(own.isEmpty ? "none" : own)"]
          + shown.map { other in
            let flip = comparison.calls.first { $0.a == own && $0.b == other }
            return numbers(flip?.count ?? 0)
          })
    }
    return [
      "Calls: \(numbers(counts.flipped)) of \(numbers(counts.both)) changed, "
        + "\(numbers(counts.reversed)) of them from over to under or back"
    ] + table.lines(leftColumns: 1)
  }

  private func movedLines() -> [String] {
    let cells = comparison.moved
    guard !cells.isEmpty else { return [] }
    let hasPeriods = comparison.periods.count > 1
    var table = TextTable(
      (hasPeriods ? ["  Period", "Area"] : ["  Area"]) + [
        "Sector", "gap A", "gap B", "change", "call A", "call B",
      ])
    for cell in cells {
      var texts = (hasPeriods ? [cell.periodB] : []) + [cell.areaName, cell.sectorName]
      texts = texts.map { $0.shortened(to: 200) }
      texts[0] = "  " + texts[0]
      table.add(
        texts + [
          signed(cell.a.gap), signed(cell.b.gap), signed(cell.difference),
          cell.a.call?.rawValue ?? "", cell.b.call?.rawValue ?? "",
        ])
    }
    let title =
      cells.count < comparison.counts.moved
      ? "The \(cells.count) of \(numbers(comparison.counts.moved)) that moved most"
      : "The \(counted(cells.count, "gap")) that moved"
    return ["", title] + table.lines(leftColumns: hasPeriods ? 3 : 2, width: width)
  }

  private func numbers(_ value: Int) -> String { count(Double(value)) }
}
