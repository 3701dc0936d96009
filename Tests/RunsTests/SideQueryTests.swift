import Foundation
import Mismatch
import Testing

@testable import Jobs
@testable import Runs

/// The SQL of a tally.
///
/// Its texts are held in `Tests/Queries`, which `make spark` runs in DuckDB and in Spark;
/// `MISMATCH_POPULATE=1` writes them again.
@Suite struct SideQueryTests {
  /// Sides whose queries are held, by name.
  static let examples: [String: [String: String]] = [
    "counts": [
      "area": "{ column: area, name: area_name }", "period": "month",
      "where": #"{ level: LAD, measure: { not: "it's a \\rate" } }"#,
      "rounding": "nearest 5", "markers": #"{ "[x]": 0..4, low: 1..2 }"#,
    ],
    "records": [
      "period": "{ columns: [year, term] }", "value": "{ rows: 1 }", "sum-over": "rows",
      "unique": "advert_id",
    ],
    "totals": [
      "period": "{ constant: 2022/23 }", "sum-over": "[sex]", "rounding": "bres",
      "totals": "{ category: Total }",
    ],
    "thousands": [
      "category": "-",
      "value":
        #"{ columns: ["2022 | jobs", "2023 | jobs"], period: '^(\d{4})', category: '(\w+)$' }"#,
      "unit": "thousands",
    ],
  ]

  static let queries = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Queries")

  func query(_ keys: [String: String], _ dialect: SQLDialect, table: String = "db.adverts") throws
    -> SideQuery
  {
    let folder = try TestFolder()
    let job = try Example(demand: keys).job(in: folder)
    return try SideQuery(job.sides.demand, in: dialect, table: table)
  }

  @Test(arguments: examples.keys.sorted(), SQLDialect.allCases)
  func isAsHeld(name: String, dialect: SQLDialect) throws {
    let text = try query(try #require(Self.examples[name]), dialect).text.replacing(
      /'\{"by":"sql".*\}'/, with: "'...'")
    let file = Self.queries.appending(path: "\(name).\(dialect.rawValue).sql")
    if ProcessInfo.processInfo.environment["MISMATCH_POPULATE"] != nil {
      try FileManager.default.createDirectory(at: Self.queries, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test(arguments: [
    ("area", "{ column: area, match: '^(.)' }", "`area` takes a part"),
    ("value", "{ columns: ['20*'], name: period }", "`value` names columns by a pattern"),
    ("trim", "true", "`trim` takes off spaces"),
    ("decimal", "comma", "`decimal` reads decimal commas"),
    ("sheet", "Data", "`sheet` names sheets"),
    ("header", "4", "`header` names lines"),
    ("bounds", "{ lower: lci, upper: uci }", "`bounds` may have no upper bound"),
    ("status", "flag", "`status` says something"),
    ("unit", "2.5", "`unit` is no whole number"),
    ("rounding", "nearest 0.1", "`rounding` has bounds"),
    ("value", "'${env:HOME}'", "no query can name"),
    ("value", "'[column 3]'", "no query can name"),
  ])
  func saysWhatSQLCannot(key: String, value: String, problem: String) throws {
    let failure = #expect(throws: Failure.self) { try query([key: value], .spark) }
    #expect(failure?.found.contains(problem) == true, "\(failure?.description ?? "")")
  }

  /// A quote stays within its text also where Swift takes it for one character with an accent behind it.
  @Test func quotesStayQuoted() {
    let accent = "'\u{301} OR 1=1"
    #expect(SQLDialect.duckdb.literal(accent) == "''\(accent)'")
    #expect(SQLDialect.spark.literal(accent) == "'\\\(accent)'")
    #expect(SQLDialect.athena.identifier("a\"\u{301}b") == "\"a\"\"\u{301}b\"")
    #expect(SQLDialect.spark.identifier("a`\u{301}b") == "`a``\u{301}b`")
    #expect(SQLDialect.bigquery.identifier("a`\\") == "`a\\`\\\\`")
    #expect(SQLDialect.spark.literal("${env:HOME}\\\n") == "'\\u0024{env:HOME}\\\\\\n'")
    #expect(SQLDialect.bigquery.table("my-project.data.adverts") == "`my-project`.`data`.`adverts`")
  }
}
