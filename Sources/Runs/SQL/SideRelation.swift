import Extracts
import Jobs
import Mismatch

extension QueryText {
  /// The rows of the tally: every group of `judged` goes into each record that it is part of, so that the table is
  /// read once.
  ///
  /// - Parameters:
  ///   - head: the text of the tally's own row.
  ///   - input: the text of its input.
  func relation(head: String, input: String) -> String {
    """
    \(beginning), recorded AS (
      SELECT
        CASE WHEN records.record = 'figure' THEN CASE WHEN fault <> '' THEN '\(SideQuery.refusedRecord)'
          WHEN is_total THEN 'total' WHEN mark <> '' THEN 'mark' ELSE 'cell' END
          WHEN records.record IN ('area', 'category') THEN 'name' ELSE records.record END AS record,
        CASE WHEN records.record IN ('figure', 'account') THEN period ELSE '' END AS period,
        CASE WHEN records.record IN ('figure', 'area') THEN area ELSE '' END AS area,
        CASE WHEN records.record IN ('figure', 'category') AND NOT is_total
          THEN category ELSE '' END AS category,
        CASE WHEN records.record = 'figure' AND NOT is_total THEN mark
          WHEN records.record <> 'account' THEN ''
          WHEN NOT kept THEN 'where' WHEN is_total THEN 'totals' ELSE 'published' END AS mark,
        CASE WHEN records.record = 'input' THEN n * own_row ELSE n END AS figures,
        \(amounts),
        \(notes) AS text
      FROM judged CROSS JOIN (\(records)) AS records
      WHERE \(takesPart)
    ), summed AS (
      SELECT record, period, area, category, mark, SUM(figures) AS figures, SUM(value) AS value,
        \(leavesOut ? "SUM(left_out) AS left_out, " : "")\(hasBounds ? "SUM(below) AS below, SUM(above) AS above, " : "")MIN(text) AS text
      FROM recorded
      GROUP BY record, period, area, category, mark
    )
    SELECT record, period, area, category, mark,
      CASE WHEN record IN ('input', 'account') THEN \(dialect.literal(table)) ELSE '' END AS input,
      CASE WHEN record IN ('total', 'name') THEN '' ELSE \(shown("figures")) END AS figures,
      \(value) AS value, '' AS value_rest,
      \(shownDistance("below")) AS below, '' AS below_rest,
      \(above) AS above, '' AS above_rest,
      '' AS first_input, '' AS first_line,
      CASE WHEN record = 'input' THEN \(dialect.literal(input)) ELSE text END AS text
    FROM summed
    UNION ALL
    SELECT 'tally', '', '', '', '', '', '', '', '', '', '', '', '', '', '', \(dialect.literal(head))
    """
  }

  /// Whether a group is part of a record.
  private var takesPart: String {
    let names = nameColumns.map {
      " OR records.record = '\($0)' AND fault = '' AND NOT is_total AND \($0)_name IS NOT NULL"
    }
    return
      "records.record IN ('input', 'account') OR kept AND (records.record = 'figure'\(names.joined()))"
  }

  private var records: String {
    (["input", "account", "figure"] + nameColumns)
      .map { "SELECT '\($0)' AS record" }.joined(separator: " UNION ALL ")
  }

  /// What a group adds to its record: counts, and what lies between them and their bounds; of a total, its bounds.
  private var amounts: String {
    let figure = "records.record = 'figure' AND fault = ''"
    func amount(_ distance: String?, ofTotal bound: String) -> String {
      let cell = "WHEN \(figure) AND number IS NOT NULL THEN n * \(distance ?? "0") END"
      return holdsTotals
        ? "CASE WHEN \(figure) AND is_total THEN \(bound)\n      \(cell)" : "CASE \(cell)"
    }
    var columns = ["CASE WHEN fault = '' THEN n * number END AS value"]
    if hasBounds {
      let published = areHalves ? "number * 2" : "number"
      let marked = figures.boundsOfMarks("mark", inHalves: areHalves)
      columns += [
        amount(
          distances?.below,
          ofTotal: "COALESCE(\(published) - \(distances?.below ?? "0"), \(marked.lower))")
          + " AS below",
        amount(
          distances?.above,
          ofTotal: "COALESCE(\(published) + \(distances?.above ?? "0"), \(marked.upper))")
          + " AS above",
      ]
    }
    if leavesOut {
      columns.append("CASE WHEN records.record = 'account' THEN left_out END AS left_out")
    }
    return columns.joined(separator: ",\n    ")
  }

  /// The names of codes, and why a group is refused.
  private var notes: String {
    let names = nameColumns.map { "WHEN records.record = '\($0)' THEN \($0)_name" }
    return (["CASE WHEN records.record = 'figure' THEN fault"] + names + ["ELSE '' END"])
      .joined(separator: " ")
  }

  private var value: String {
    let sum = "CASE WHEN record IN ('cell', 'account') THEN \(shown("value")) ELSE '' END"
    guard leavesOut else { return sum }
    return
      "CASE WHEN mark = 'where' AND record = 'account' THEN \(shown("left_out")) ELSE \(sum) END"
  }

  /// A sum as text; empty for 0 and for none.
  private func shown(_ sum: String) -> String {
    "CASE WHEN \(sum) <> 0 THEN \(dialect.text(of: sum)) ELSE '' END"
  }

  private func shownDistance(_ sum: String) -> String {
    guard hasBounds else { return "''" }
    guard areHalves else { return shown(sum) }
    let (whole, half) = (dialect.decimalType(36, 0), dialect.decimalType(2, 1))
    let counts = "CAST(\(sum) AS \(whole)) * CAST('0.5' AS \(half))"
    return "CASE WHEN \(sum) <> 0 THEN \(dialect.text(of: counts)) ELSE '' END"
  }

  /// The sum above; of a total whose mark has no upper bound, the text of none.
  private var above: String {
    holdsTotals
      ? "CASE WHEN record = 'total' AND above IS NULL THEN 'inf' ELSE \(shownDistance("above")) END"
      : shownDistance("above")
  }

  private var distances: FigureExpressions.Distances? { figures.distances("number") }
  private var areHalves: Bool { distances?.areHalves ?? false }
  private var hasBounds: Bool { distances != nil || holdsTotals }
}
