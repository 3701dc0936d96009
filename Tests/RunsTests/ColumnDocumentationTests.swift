import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// `Documentation/reference/columns.md` against the columns of all tables.
///
/// `MISMATCH_POPULATE=1 swift test --filter ColumnDocumentationTests` writes it anew.
struct ColumnDocumentationTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Documentation/reference/columns.md").standardizedFileURL

  private static let costs =
    "costs: { file: costs.csv, from: from, to: to, cost: cost }"

  /// A run that has every file.
  private static func wholeRun() throws -> Outcome {
    let areas = ["A", "B", "C", "D"]
    func counts(_ shift: Int) -> String {
      var text = "area,period,sector,count\n"
      for (number, area) in areas.enumerated() {
        for (year, period) in ["2021", "2022"].enumerated() {
          for (place, sector) in ["x", "y", "z"].enumerated() {
            text +=
              "\(area),\(period),\(sector),\(10 + (number + shift) * 7 * (place + 1) % 23 + year)\n"
          }
        }
      }
      return text
    }
    let pairs = areas.flatMap { from in areas.map { "\(from),\($0),\(from == $0 ? 1 : 5)\n" } }
    let skills = ["x,y,1\n", "y,x,1\n", "x,z,2\n", "z,x,2\n", "y,z,1\n", "z,y,1\n"]
    return try Example(
      provision: ["period": "period"], demand: ["period": "period"],
      keys: [
        "areas: { lookup: areas.csv, code: code, name: name, group: region }",
        "measures: [ \(Measure.catalogue.map(\.name).joined(separator: ", ")) ]",
        "matching: { vacancy-share: 0.5 }", "smoothing: { method: marshall }",
        "typology: { clusters: 2 }",
        "space: { \(costs), commuting: { file: costs.csv, from: from, to: to, weight: cost }, "
          + "decay: { form: exponential, rate: 0.1 } }",
        "transport: { \(costs), skill-distance: { file: skills.csv, from: from, to: to, "
          + "distance: distance } }",
        "commissioning: { unit-costs: 1000, draws: 20 }",
        "scenarios: { name: n, areas: A, move: { from: x, to: y, share: 10 % } }",
        "beside: [ { name: areas, file: areas.csv, area: code, value: { rows: 1 } } ]",
        "trend: { season: none, horizon: 1, back-test: 1, projections: demand }",
        "accept: { completeness: a, same-unit: b }",
      ],
      files: [
        "provision.csv": counts(1), "demand.csv": counts(2),
        "areas.csv": "code,name,region\n" + areas.map { "\($0),\($0),R\n" }.joined(),
        "costs.csv": "from,to,cost\n" + pairs.joined(),
        "skills.csv": "from,to,distance\n" + skills.joined(),
      ]
    ).run()
  }

  /// A run with a side that is scaled to published totals.
  private static func scaledRun() throws -> Outcome {
    try Example(
      provision: [
        "balance-to": "{ areas: { file: areas.csv, code: code, value: total }, "
          + "sectors: { file: sectors.csv, code: code, value: total } }"
      ],
      files: [
        "areas.csv": "code,total\nA,40\nB,80\n", "sectors.csv": "code,total\nx,50\ny,70\n",
      ]
    ).run()
  }

  /// A run with another crosswalk than its own.
  private static func sensitiveRun() throws -> Outcome {
    try Example(
      demand: ["crosswalk": "{ file: map.csv, from: from, to: to }"],
      keys: ["sensitivity: { crosswalks: [ map.csv ] }"],
      files: ["map.csv": "from,to\nx,x\ny,y\n"]
    ).run()
  }

  private static func text(of table: RunTable) -> String {
    var text =
      "\n## `\(table.name)`\n\n\(table.description)\n\n| Column | Kind | Unit | Content |\n"
    text += "| --- | --- | --- | --- |\n"
    for column in table.records {
      text += "| `\(column.name)` | \(column.kind.rawValue) | \(column.unit ?? "") "
      text += "| \(column.description) |\n"
    }
    return text
  }

  private static func text(of tables: [RunTable]) -> String {
    var text = """
      # The columns of a run's files

      Written from the program's own columns by `ColumnDocumentationTests`; `columns.json` beside the files of a run says
      the same of that run. Here every measure is asked for. A `matrix_<measure>.csv` has the columns `area_code` and
      `area_name`, then one for each sector, by its name.

      """
    let shown = tables.filter { !$0.name.hasPrefix("matrix_") }.sorted { $0.name < $1.name }
    for table in shown { text += Self.text(of: table) }
    text += "\n## Status codes\n\n| Code | Meaning |\n| --- | --- |\n"
    for status in Status.codes { text += "| `\(status.code)` | \(status.meaning) |\n" }
    return text
  }

  @Test func documentHasEveryColumnOfEveryFile() throws {
    var tables = OutputCatalogue.tables(of: try Self.wholeRun())
    let missing = OutputCatalogue.tables.map(\.name).filter { name in
      !tables.contains { $0.name == name }
    }
    for run in try [Self.scaledRun(), Self.sensitiveRun()] {
      tables += OutputCatalogue.tables(of: run).filter { missing.contains($0.name) }
    }
    for output in OutputCatalogue.tables {
      #expect(tables.contains { $0.name == output.name }, "no run here has \(output.name)")
    }
    let text = Self.text(of: tables + [BatchRow.table([])])
    if ProcessInfo.processInfo.environment["MISMATCH_POPULATE"] == "1" {
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
  }
}
