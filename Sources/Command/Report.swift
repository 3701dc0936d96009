import Foundation
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

/// The summary of a run: the reconciliation, the caveats, and one area's sectors.
struct Report {
  let outcome: Outcome
  private let folder: String?

  init(_ outcome: Outcome, folder: String?) {
    self.outcome = outcome
    self.folder = folder
  }

  // MARK: Text

  /// The summary for a person.
  func lines() -> [String] {
    let periods = outcome.grids.map(\.period).joined(separator: "; ")
    var lines = [
      "\(outcome.job.name): \(counted(outcome.areas.count, "area")), "
        + "\(counted(outcome.sectors.count, "sector")), \(periods)",
      "",
    ]
    lines += reconciliationLines() + [""]
    if !outcome.unmapped.isEmpty { lines += unmappedLines() + [""] }
    lines += ["Caveats"] + (outcome.caveats + outcome.warnings).map { "  - \($0)" } + [""]
    lines += CheckReport(outcome).summaryLines()
    for period in outcome.periods {
      if let inference = period.results[Inference.self] {
        lines += focusLines(period.grid, inference)
      }
      if let sensitivity = period.results[CallSensitivity.self] {
        lines.append(
          SensitivityReport().line(sensitivity, period.grid, focus: outcome.job.areas.focus))
      }
      if let decomposed = period.results[DecomposedGrid.self] {
        lines += HeadlineReport().lines(decomposed)
      }
      lines += [""]
    }
    lines += TransportReport(outcome).lines()
    return lines + [folder.map { "Written to \($0)" }].compactMap { $0 }
  }

  /// The reconciliation of each input, and the unmapped codes.
  func accountLines() -> [String] {
    reconciliationLines() + (outcome.unmapped.isEmpty ? [] : [""] + unmappedLines())
  }

  private func reconciliationLines() -> [String] {
    var table = TextTable([
      "Reconciliation", "", "published", "= mapped", "+ unmapped", "+ filtered", "suppressed",
      "imputed",
    ])
    for row in outcome.reconciliations {
      let reconciliation = row.reconciliation
      table.add([
        "\(row.subject.text), \(row.period)",
        row.inputs.count == 1
          ? row.inputs[0].name.split(separator: "/").last.map(String.init) ?? row.inputs[0].name
          : counted(row.inputs.count, "file"),
        count(reconciliation.published),
        count(reconciliation.mapped), count(reconciliation.unmapped),
        count(reconciliation.filtered),
        count(Double(reconciliation.markedCounts.values.reduce(0, +))),
        reconciliation.markedCounts.isEmpty ? "" : count(reconciliation.imputed.published.value),
      ])
    }
    var lines = table.lines(leftColumns: 2)
    for job in outcome.countedJobs
    where !outcome.reconciliation(job.subject).markedCounts.isEmpty {
      let marks = outcome.reconciliation(job.subject).markedCounts.map { ($0.key.text, $0.value) }
        .sorted(
          by: <)
      lines.append(
        "  Suppressed figures of \(job.subject.text) ("
          + marks.map { "\($0): \($1)" }.joined(separator: ", ")
          + ") were imputed with `point: \(job.figures.imputationText)`"
          + (job.figures.imputationText == "middle"
            ? " (of their bounds); those without an upper bound have no value." : "."))
    }
    return lines
  }

  private func unmappedLines() -> [String] {
    var lines = ["Unmapped (all in unmapped.csv)"]
    for subject in outcome.countedJobs.map(\.subject) {
      for dimension in [Dimension.area, .category] {
        let rows = outcome.unmapped.filter { $0.subject == subject && $0.dimension == dimension }
          .sorted { ($0.published, $1.code) > ($1.published, $0.code) }
        guard !rows.isEmpty else { continue }
        let shown = rows.prefix(3).map {
          "\($0.code)\($0.name.isEmpty ? "" : " \($0.name)") (\(count($0.published)))"
        }
        let more = rows.count > 3 ? ", and \(rows.count - 3) more" : ""
        lines.append(
          "  \(subject.text), \(dimension.rawValue): \(shown.joined(separator: ", "))\(more)")
      }
    }
    return lines
  }

  private func focusLines(_ grid: Grid, _ inference: Inference) -> [String] {
    let focus = Focus(grid, inference, code: outcome.job.areas.focus)
    guard outcome.job.callsCells else {
      return countLines(focus, grid)
    }
    let rows = focus.rows()
    var lines = ["\(focus.title), \(grid.period): share of provision minus share of demand"]
    var headings = ["  Sector", "provision", "demand", "gap, pp", "interval", "call"]
    if focus.hasRest { headings.append("elsewhere") }
    var table = TextTable(headings)
    for row in Report.ends(of: rows) {
      guard let row else {
        table.add(["  ..."])
        continue
      }
      var fields = [
        "  " + row.name, percent(row.provisionShare), percent(row.demandShare),
        signed(row.gap.value),
        row.gap.isDefined ? "\(signed(row.interval.lower)) to \(signed(row.interval.upper))" : "",
        row.call ?? row.gap.status.text,
      ]
      if focus.hasRest { fields.append(signed(row.rest)) }
      table.add(fields)
    }
    lines += table.lines(leftColumns: 1)
    let calls = inference.callCounts
    lines.append(
      "  All \(grid.areas.count * grid.sectors.count) cells: "
        + Call.allCases.map { "\(calls[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", "))
    return lines + [ruleLine()]
  }

  /// What the calls and intervals of the table mean.
  private func ruleLine() -> String {
    let rule = outcome.job.inference
    let kinds = rule.kinds.texts.joined(separator: ", ")
    let calls =
      rule.kinds.contains(.sampling)
      ? "beyond \(rule.null == .zero ? 0 : rule.tolerance) pp at a \(rule.control.errorName) of "
        + "\(percent(rule.errorRate)) (\(rule.control.rawValue))"
      : "from those intervals and a tolerance of \(rule.tolerance) pp"
    return "  Intervals: \(percent(rule.level)) (\(kinds)). Calls: \(calls)."
  }

  /// The counts of one area, for jobs that do not ask for shares.
  private func countLines(_ focus: Focus, _ grid: Grid) -> [String] {
    var table = TextTable([
      "  Sector", "provision", "bounds", "demand", "bounds", "per unit of demand",
    ])
    for row in Report.ends(of: focus.rows()) {
      guard let row else {
        table.add(["  ..."])
        continue
      }
      table.add([
        "  " + row.name, count(row.provision.value), range(row.provision), count(row.demand.value),
        range(row.demand), count(row.ratio.value),
      ])
    }
    return ["\(focus.title), \(grid.period)"] + table.lines(leftColumns: 1)
  }

  private func range(_ figure: Figure) -> String {
    "\(count(figure.lower)) to \(count(figure.upper))"
  }

  /// All rows, or the first and last twelve with a gap between them.
  private static func ends(of rows: [Focus.Row]) -> [Focus.Row?] {
    rows.count <= 30 ? rows : Array(rows.prefix(12)) + [nil] + Array(rows.suffix(12))
  }

  // MARK: JSON

  /// The summary for a program.
  func json() throws -> String {
    struct Record: Encodable {
      let name: String
      let folder: String?
      let areas: Int
      let sectors: Int
      let balance: [ReconciliationRecord]
      let caveats: [String]
      let warnings: [String]
      let checks: [CheckRow]
      let decomposition: [HeadlineReport.Record]
      let focus: [FocusRecord]
    }
    struct FocusRecord: Encodable {
      let period: String
      let areaCode: String?
      let areaName: String
      let sectors: [SectorRecord]
    }
    struct SectorRecord: Encodable {
      let code: String
      let name: String
      let shareGapPp: Double?
      let lower: Double?
      let upper: Double?
      let combinedLower: Double?
      let combinedUpper: Double?
      let pAdjusted: Double?
      let call: String?
      /// Absent without `sensitivity`, and where no area is in focus.
      let callSurvives: Bool?
      let status: String
    }
    let focus = outcome.periods.compactMap { period -> FocusRecord? in
      guard let inference = period.results[Inference.self] else { return nil }
      let (grid, sensitivity) = (period.grid, period.results[CallSensitivity.self])
      let focus = Focus(grid, inference, code: outcome.job.areas.focus)
      return FocusRecord(
        period: grid.period, areaCode: focus.code, areaName: focus.title,
        sectors: focus.rows().map { row in
          SectorRecord(
            code: row.code, name: row.name, shareGapPp: row.gap.value.finite,
            lower: row.gap.lower.finite, upper: row.gap.upper.finite,
            combinedLower: row.interval.lower.finite, combinedUpper: row.interval.upper.finite,
            pAdjusted: row.pAdjusted, call: row.call,
            callSurvives: focus.place(row).flatMap { sensitivity?.survives($0) },
            status: row.gap.status.text)
        })
    }
    let record = Record(
      name: outcome.job.name, folder: folder, areas: outcome.areas.count,
      sectors: outcome.sectors.count,
      balance: outcome.reconciliations.map(ReconciliationRecord.init),
      caveats: outcome.caveats, warnings: outcome.warnings, checks: outcome.checks,
      decomposition: HeadlineReport().records(outcome), focus: focus)
    return try JSONText.of(record)
  }
}

/// The area that a summary shows: the job's, or all areas together.
struct Focus {
  struct Row {
    let code: String
    let name: String
    let provision: Figure
    let demand: Figure
    let ratio: Figure
    let provisionShare: Double
    let demandShare: Double
    let gap: Figure
    /// The share gap's interval of all kinds together.
    let interval: ConfidenceInterval
    let pAdjusted: Double?
    let call: String?
    /// The share gap of all other areas together.
    let rest: Double
  }

  let code: String?
  let title: String
  private let grid: Grid
  private let inference: Inference
  private let area: Int?

  init(_ grid: Grid, _ inference: Inference, code: String?) {
    self.grid = grid
    self.inference = inference
    area = code.flatMap { grid.areas.position(of: $0) }
    self.code = area.map { grid.areas.codes[$0] }
    title = area.map { grid.areas.names[$0] } ?? "All areas together"
  }

  /// The place of a row's cell among all of the grid, row after row; nil where no area is shown.
  func place(_ row: Row) -> Int? {
    guard let area, let sector = grid.sectors.position(of: row.code) else { return nil }
    return area * grid.sectors.count + sector
  }

  /// Whether there are other areas to compare with.
  var hasRest: Bool { area != nil && grid.areas.count > 1 }

  /// One row per sector, from the most over-provided to the most under-provided.
  func rows() -> [Row] {
    let all = grid.all
    let shown = area.map { grid.pair(area: $0) } ?? all
    let others = grid.pooled((0..<grid.areas.count).filter { $0 != area })
    let provision = Measure.provisionShare.cells(shown, allAreas: all)
    let demand = Measure.demandShare.cells(shown, allAreas: all)
    let ratios = Measure.provisionPerVacancy.cells(shown, allAreas: all)
    let gaps = Measure.shareGap.cells(shown, allAreas: all)
    let rest = Measure.shareGap.cells(others, allAreas: all)
    let width = grid.sectors.count
    let findings =
      area.map { inference.findings[$0 * width..<($0 + 1) * width] }
      ?? inference.pooledFindings[...]
    let rows = grid.sectors.codes.indices.map { sector in
      let finding = findings[findings.startIndex + sector]
      return Row(
        code: grid.sectors.codes[sector], name: grid.sectors.names[sector],
        provision: shown.provision.cells[sector], demand: shown.demand.cells[sector],
        ratio: ratios[sector], provisionShare: provision[sector].value,
        demandShare: demand[sector].value,
        gap: gaps[sector], interval: finding.interval, pAdjusted: finding.adjusted,
        call: finding.call?.rawValue, rest: rest[sector].value
      )
    }
    return rows.enumerated().sorted { left, right in
      let (a, b) = (left.element.gap.value, right.element.gap.value)
      if a.isNaN || b.isNaN || a == b {
        return a.isNaN == b.isNaN ? left.offset < right.offset : b.isNaN
      }
      return a > b
    }.map(\.element)
  }
}

extension Double {
  fileprivate var finite: Double? { isFinite ? self : nil }
}
