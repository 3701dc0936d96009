import Extracts
import Jobs
import Mismatch

/// The tally of one side as two queries of one table: the rows of a tally, and a guard that gives a row for all that
/// a reading of the same rows from files would refuse.
///
/// Each distinct text is looked at once, with the number of its rows; arithmetic is that of whole numbers. What is
/// refused is also in the relation, as rows `refused`, which no tally has: so nothing is counted without it.
package struct SideQuery: Sendable {
  /// The rows of the tally.
  package let relation: String
  /// Rows that say what is refused, how often: none where the relation holds.
  package let guardQuery: String

  /// - Parameters:
  ///   - table: the name of the table, its parts separated by points.
  /// - Throws: ``Failure`` (`badData`) for a side that SQL cannot read as files are read.
  package init(_ job: SideJob, in dialect: SQLDialect, table: String) throws {
    try SideQuery.verify(job, in: dialect, table: table)
    let query = QueryText(job, in: dialect, table: table)
    var head = try TallyHead(job, holdsParts: job.holdsParts)
    head.by = "sql"
    relation = try query.relation(
      head: TallyText.json(head), input: TallyText.json(TallyInput(table: table)))
    guardQuery = query.guardQuery
  }

  /// The record of what a query refuses, which no tally has.
  static let refusedRecord = "refused"

  /// What is said of the current row of a relation, which is of that record.
  static func refusal(of table: inout RowTable) throws -> Failure {
    let key = try (1...3).map { "\"\(try table.text($0))\"" }.joined(separator: ", ")
    return Failure(
      .badData, at: table.place(0),
      "the query found \(try table.text(15)), rows: \(try table.text(6)) (period, area and category \(key))",
      expected: "no row of the guard query",
      advice:
        "Run the guard query, which names all, and mend them in the table or leave them out with `where`"
    )
  }

  /// Both with what they are for.
  package var text: String {
    """
    -- 1. The guard. Each row names texts that a reading from files refuses: there must be none.
    \(guardQuery);

    -- 2. The tally, in any order of its rows. Save it as CSV with the names of its columns.
    \(relation);

    """
  }
}

/// The parts of both queries.
struct QueryText {
  let job: SideJob
  let dialect: SQLDialect
  let table: String
  let figures: FigureExpressions
  /// Columns that tell parts of a count apart.
  private let parts: [String]

  init(_ job: SideJob, in dialect: SQLDialect, table: String) {
    self.job = job
    self.dialect = dialect
    self.table = table
    figures = FigureExpressions(job.figures, in: dialect)
    parts = job.allPartColumns
  }

  // MARK: What both queries begin with

  /// The guard.
  var guardQuery: String {
    """
    \(beginning)
    SELECT fault, period, area, category, figure, SUM(n) AS row_count
    FROM judged
    WHERE fault <> ''
    GROUP BY fault, period, area, category, figure\(guardOfUnique)
    """
  }

  /// Records of a period that share the text of the job's `unique` column.
  private var guardOfUnique: String {
    guard let column = job.uniqueColumn else { return "" }
    let (period, text) = (text(job.period), dialect.text(ofColumn: column))
    return """

      UNION ALL
      SELECT \(dialect.literal("a duplicated \(column)")), period, '', '', text, COUNT(*) AS row_count
      FROM (SELECT \(period) AS period, \(text) AS text FROM \(dialect.table(table)) WHERE \(filter)) AS records
      GROUP BY period, text
      HAVING COUNT(*) > 1
      """
  }

  /// Common table expressions up to `judged`: the distinct texts of all rows, with marks, counts and faults.
  var beginning: String {
    let partNames = parts.indices.map { "part_\($0 + 1)" }
    let keys = ["period", "area", "category"] + partNames
    return """
      WITH texts AS (
      \(readings)
      ), counted AS (
        SELECT kept, own_row, \(keys.joined(separator: ", ")), figure, CAST(COUNT(*) AS \(dialect.countType)) AS n\(nameColumns.map { ", MIN(\($0)_name) AS \($0)_name" }.joined())
        FROM texts
        GROUP BY kept, own_row, \(keys.joined(separator: ", ")), figure
      ), numbered AS (
        SELECT counted.*,
          \(countsRows ? "''" : figures.mark("figure")) AS mark,
          \(countsRows ? "CAST(1 AS \(dialect.countType))" : figures.count("figure")) AS number,\(leftOut)
          \(isTotal) AS is_total,
          \(copies(keys)) AS copies
        FROM counted
      ), judged AS (
        SELECT numbered.*, CASE
          WHEN NOT kept THEN ''
      \(faults)
          ELSE '' END AS fault
        FROM numbered
      )
      """
  }

  /// The texts of each row that matter, once for each value column.
  private var readings: String {
    var keys: [KeyRole: KeyJob] = [.area: job.area, .category: job.category, .period: job.period]
    return valueColumns.enumerated().map { number, column in
      keys.merge(column.keys) { $1 }
      let columns =
        [
          "\(filter) AS kept", "\(number == 0 ? 1 : 0) AS own_row",
          "\(text(keys[.period])) AS period", "\(text(keys[.area])) AS area",
          "\(text(keys[.category])) AS category", "\(column.figure) AS figure",
        ] + parts.enumerated().map { "\(dialect.text(ofColumn: $1)) AS part_\($0 + 1)" }
        + job.names.sorted { $0.key.rawValue < $1.key.rawValue }.map {
          "NULLIF(\(dialect.text(ofColumn: $1)), '') AS \($0.rawValue)_name"
        }
      return "  SELECT \(columns.joined(separator: ",\n    "))\n  FROM \(dialect.table(table))"
    }.joined(separator: "\n  UNION ALL\n")
  }

  private var valueColumns: [(figure: String, keys: [KeyRole: KeyJob])] {
    switch job.value {
    case .rows: [("'1'", [:])]
    case .column(let name): [(dialect.text(ofColumn: name), [:])]
    case .columns(let names, let headings):
      names.map { name in
        let keys = headings.map { heading in
          (heading.role, KeyJob.constant((try? heading.match?.code(in: name)) ?? name))
        }
        return (dialect.text(ofColumn: name), Dictionary(keys) { $1 })
      }
    }
  }

  private func text(_ key: KeyJob?) -> String {
    switch key {
    case .column(let name, _): dialect.text(ofColumn: name)
    case .columns(let names):
      "CONCAT(\(names.map { dialect.text(ofColumn: $0) }.joined(separator: ", ' ', ")))"
    case .constant(let code): dialect.literal(code)
    case nil: "''"
    }
  }

  private var filter: String {
    let filters = job.table.filters.map { filter in
      dialect.text(ofColumn: filter.column) + (filter.isExclusion ? " NOT IN " : " IN ")
        + dialect.list(Codebook.sorted(filter.texts))
    }
    return filters.isEmpty ? "TRUE" : "(\(filters.joined(separator: " AND ")))"
  }

  /// What rows that the job leaves out hold; nothing where it leaves out none.
  private var leftOut: String {
    guard leavesOut else { return "" }
    let rows = "CAST(n AS \(dialect.decimalType(15, 0)))"
    return
      "\n    CASE WHEN NOT kept THEN \(rows) * \(figures.numberLeftOut("figure")) END AS left_out,"
  }

  /// Whether the job leaves out any row.
  var leavesOut: Bool { !job.table.filters.isEmpty }

  private var isTotal: String {
    totalCategory.map { "kept AND category = \(dialect.literal($0))" } ?? "FALSE"
  }

  /// How many rows have the keys of a row: those of which there may be one.
  private func copies(_ keys: [String]) -> String {
    func rows(with keys: [String]) -> String {
      "SUM(n) OVER (PARTITION BY kept, \(keys.joined(separator: ", ")))"
    }
    let ofTotal = rows(with: ["period", "area", "category"])
    switch (totalCategory, parts.isEmpty) {
    case (nil, _): return job.countsRecords ? "1" : rows(with: keys)
    case (_, true) where job.countsRecords: return "CASE WHEN \(isTotal) THEN \(ofTotal) ELSE 1 END"
    case (_, true): return ofTotal
    default: return "CASE WHEN \(isTotal) THEN \(ofTotal) ELSE \(rows(with: keys)) END"
    }
  }

  /// Why a text is refused, a line for each reason.
  private var faults: String {
    var cases = ["period", "area", "category"].flatMap { key in
      [
        "\(dialect.matches(key, QueryText.blanks)) THEN 'an empty \(key)'",
        "\(dialect.matches(key, QueryText.spreadsheetErrors)) "
          + "THEN 'an error of a spreadsheet as \(key)'",
      ]
    }
    if !countsRows { cases.append("mark = '' AND number IS NULL THEN \(figures.fault("figure"))") }
    if !job.countsRecords || holdsTotals {
      cases.append("copies > 1 THEN 'a duplicated key'")
    }
    return cases.map { "    WHEN \($0)" }.joined(separator: "\n")
  }

  /// The category of rows that publish totals; nil for none, and for totals in files of their own.
  private var totalCategory: String? {
    if case .rows(let category) = job.totals { category } else { nil }
  }

  var holdsTotals: Bool { totalCategory != nil }

  /// Whether each row counts 1, and no column is read for it.
  private var countsRows: Bool { job.countOfRow != nil }

  /// What ``Blank`` knows.
  private static let blanks =
    #"\A[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{ad}\x{1680}\x{180e}\x{2000}-\x{200f}\x{2028}-\x{202f}"#
    + #"\x{205f}-\x{2069}\x{3000}\x{feff}]*\z"#

  /// What ``KeyText/isSpreadsheetError(_:)`` knows.
  private static let spreadsheetErrors =
    #"(?i)\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\z"#

  /// What the job names the codes of.
  var nameColumns: [String] { job.names.keys.map(\.rawValue).sorted() }
}
