import Extracts
import Mismatch
import Runs

extension PageSection {
  /// What the intervals and calls mean, for people, and the caveats of the run.
  static func confidence(_ data: ReportData) -> PageSection {
    let summary = data.summary
    var sentences: [String] = []
    if let intervals = summary.intervals {
      sentences.append(
        "Each gap has an interval at the \(SectionNumber.count(100 * intervals.level)) % level.")
    }
    sentences.append(
      "A sector is called over or under where the figures show a gap beyond the tolerance of "
        + "\(SectionNumber.fixed(summary.tolerancePercentagePoints)) percentage points, balanced where the whole interval lies "
        + "within it, and unclear in all other cases.")
    if let calls = summary.calls, summary.intervals?.kinds != ["bounds"] {
      sentences.append(
        "Many cells are tested at once, so some calls would be wrong by chance. The calls are limited so that, on "
          + "average, at most \(SectionNumber.count(100 * calls.errorRate)) % of all cells called over or under are wrong "
          + "(false discovery rate). This is said of the calls as a whole, not of a single one.")
    }
    let html =
      sentences.map { paragraph($0) }.joined()
      + "<h3>What to keep in mind</h3>" + list(summary.caveats + summary.warnings)
    return PageSection("confidence", "How sure this is", html: html)
  }

  /// What reached the comparison, what did not, and what the checks found.
  static func reconciliation(_ data: ReportData) throws -> PageSection {
    var html = paragraph(
      "Every published count is accounted for: published = mapped + unmapped + filtered. Unmapped counts have a code "
        + "that no lookup or crosswalk of the job has; filtered ones were left out by the job's own words."
    )
    html +=
      HTMLTable(
        caption: "Reconciliation by side and period",
        columns: [.init(heading: "Side"), .init(heading: "Period")]
          + ["Published", "Mapped", "Unmapped", "Filtered", "Suppressed figures"].map {
            .init(heading: $0, isNumber: true)
          },
        rows: data.summary.balance.map { row in
          [row.side, row.period]
            + [row.published, row.mapped, row.unmapped, row.filtered].map {
              SectionNumber.count($0)
            }
            + [SectionNumber.count(Double(row.marked.counts.values.reduce(0, +)))]
        }
      ).html
    html += try unmapped(data) ?? ""
    html += checks(data.summary.checks)
    return PageSection("reconciliation", "What was counted, and what was not", html: html)
  }

  /// Unmapped codes are shown up to this number.
  private static let shownCount = 40

  private static func unmapped(_ data: ReportData) throws -> String? {
    let columns = ["side", "period", "dimension", "code", "name", "published"]
    guard let rows = try data.rows(of: "unmapped.csv", columns, where: { _ in true }) else {
      return nil
    }
    guard !rows.isEmpty else { return paragraph("All codes were mapped.") }
    let largest = rows.sorted { (Double($0[5]) ?? 0) > (Double($1[5]) ?? 0) }.prefix(shownCount)
    var html = HTMLTable(
      caption: "Codes that were not mapped",
      columns: ["Side", "Period", "What", "Code", "Name"].map { .init(heading: $0) }
        + [.init(heading: "Published", isNumber: true)],
      rows: largest.map { $0.dropLast() + [SectionNumber.count(Double($0[5]))] }
    ).html
    if rows.count > largest.count {
      html += paragraph(
        "The \(largest.count) largest of \(SectionNumber.counted(rows.count, "row")); all are in unmapped.csv.",
        note: true)
    }
    return html
  }

  private static func checks(_ rows: [CheckRow]) -> String {
    let found = rows.filter { $0.result.isFound }
    let passed = rows.count { $0.result == .pass }
    var html =
      "<h3>Checks</h3>"
      + paragraph(
        "\(SectionNumber.counted(passed, "check")) passed, \(SectionNumber.count(Double(found.count))) found something, "
          + "\(SectionNumber.count(Double(rows.count - passed - found.count))) had nothing to look at."
      )
    if !found.isEmpty {
      html +=
        HTMLTable(
          caption: "What the checks found",
          columns: ["Check", "Result", "Finding", "Accepted because"].map { .init(heading: $0) },
          rows: found.map { [$0.check, $0.result.rawValue, $0.message, $0.accepted ?? ""] }
        ).html
    }
    return html
      + folded(
        "All checks",
        HTMLTable(
          caption: "All checks",
          columns: ["Check", "Result", "Message"].map { .init(heading: $0) },
          rows: rows.map { [$0.check, $0.result.rawValue, $0.message] }
        ).html)
  }

  /// Where the figures come from, with what proves which file it was.
  static func sources(_ data: ReportData) -> PageSection {
    var html = ""
    for source in data.summary.sources {
      let parts = [source.publisher, source.licence].compactMap { $0 }
      html += "<p>\(HTMLText.escaped(([source.title] + parts).joined(separator: ". ")))."
      if let address = source.url, address.hasPrefix("https://") || address.hasPrefix("http://") {
        let address = HTMLText.escaped(address)
        html += " <a href=\"\(address)\">\(address)</a>"
      }
      html += "</p>"
    }
    if html.isEmpty {
      html = paragraph(
        "The job does not say who published these files and under which licence (`sources`).")
    }
    html += data.summary.inputs.compactMap(fetched).joined()
    html +=
      HTMLTable(
        caption: "Files that were read, each with the SHA-256 of its content",
        columns: [
          .init(heading: "File"), .init(heading: "Used as"), .init(heading: "Rows", isNumber: true),
          .init(heading: "SHA-256"),
        ],
        rows: data.summary.inputs.map {
          [$0.name, $0.role, SectionNumber.count(Double($0.rows)), $0.sha256]
        }
      ).html
    return PageSection("sources", "Sources", html: html)
  }

  /// When and how a file was fetched; nil for any other file.
  private static func fetched(_ input: RunSummary.Input) -> String? {
    guard let record = input.source else { return nil }
    var text = "\(input.name): fetched \(record.fetched) by the query \(record.query)"
    if let update = record.lastUpdate { text += "; last updated at the source \(update)" }
    if let count = record.recordCount { text += "; all \(SectionNumber.counted(count, "row"))" }
    if !record.areaTypes.isEmpty { text += "; areas: \(record.areaTypes.joined(separator: ", "))" }
    return paragraph("\(text). \(record.attribution)", note: true)
  }

  /// Every measure of the run, in words.
  static func glossary(_ data: ReportData) -> PageSection {
    let names = Set(data.summary.measures)
    var html = HTMLText()
    html.add("<dl>")
    for (word, meaning) in words(data) {
      html.element("dt", "", word)
      html.element("dd", "", meaning)
    }
    for measure in Measure.catalogue where names.contains(measure.name) {
      html.add("<dt><code>\(measure.name)</code></dt>")
      html.element(
        "dd", "",
        "\(measure.summary.ended) In \(measure.unit). Formula: \(measure.formula).")
      html.element("dd", " class=\"note\"", measure.source)
    }
    html.add("</dl>")
    return PageSection("glossary", "Glossary", html: html.text)
  }

  private static func words(_ data: ReportData) -> [(String, String)] {
    [
      ("Provision", "People trained, counted here as \(data.provision)."),
      ("Demand", "Openings for people, counted here as \(data.demand)."),
      ("Share", "A sector's part of all provision, or of all demand, of an area."),
      (
        "Gap",
        "The sector's share of provision less its share of demand, in percentage points. Above 0: more of the area's "
          + "provision is there than of its demand."
      ),
      (
        "Over, under, balanced, unclear",
        "What can be said of a gap given its interval and the tolerance of the run."
      ),
      (
        "[x], [c], [low]",
        "Marks of the publisher in the place of a count: not available, confidential, small."
      ),
    ]
  }

  /// How a report can be cited and made again.
  static func citation(_ data: ReportData) -> PageSection {
    let summary = data.summary
    let html =
      paragraph(
        "\(summary.job.title). Calculated with mismatch \(summary.version) from the files above; \(data.period)."
      )
      + paragraph(
        "The same job and files give the same numbers again. `mismatch explain` traces any of them to its source lines; "
          + "manifest.json, beside this file, holds the job and all digests.", note: true)
    return PageSection("citation", "How to cite this", html: html)
  }
}
