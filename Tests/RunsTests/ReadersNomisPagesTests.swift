import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

@Suite("Tables of the Nomis API")
struct NomisPagesTests {
  private static let header = "DATE,GEOGRAPHY_CODE,CELL,OBS_VALUE,RECORD_OFFSET,RECORD_COUNT\n"

  /// Records of one query, each of an area of its own.
  private func page(_ offsets: Range<Int>, of count: Int, date: Int = 2020) -> String {
    Self.header + offsets.map { "\(date),E\($0),a,1,\($0),\(count)\n" }.joined()
  }

  /// Reads files as a side; returns the side's account.
  private func read(
    _ files: [String], keys: String = "value: OBS_VALUE, area: GEOGRAPHY_CODE, category: CELL",
    ending: String = "csv"
  ) throws -> SideReading {
    try withFiles(files, ending: ending) { paths in
      let list = paths.map { "\"\($0)\"" }.joined(separator: ", ")
      let job = try Job(
        text: """
          provision: { kind: people, file: [\(list)], \(keys) }
          demand: { kind: jobs, file: [\(list)], area: a, category: b, value: c }
          """, file: "job.yaml")
      var reader = SideReader(job.sides.provision, onRead: { _ in })
      try reader.read()
      return reader.reading
    }
  }

  private func withFiles<Value>(
    _ texts: [String], ending: String, paths: [String] = [], _ body: ([String]) throws -> Value
  ) throws -> Value {
    guard let text = texts.first else { return try body(paths) }
    return try withFile(text, ending: ending) {
      try withFiles(Array(texts.dropFirst()), ending: ending, paths: paths + [$0], body)
    }
  }

  @Test("pages in any order, over several queries of one size, are complete")
  func complete() throws {
    let keys = "value: OBS_VALUE, area: GEOGRAPHY_CODE, category: CELL, period: DATE"
    let reader = try read(
      [
        page(3..<5, of: 5), page(0..<3, of: 5), page(0..<5, of: 5, date: 2021),
        page(0..<2, of: 2, date: 2022),
      ], keys: keys)
    #expect(reader.inputs.map(\.rowCount) == [2, 3, 5, 2])
  }

  @Test("a missing page is named as a range, with what to fetch")
  func gap() {
    let text = message { _ = try read([page(0..<2, of: 9), page(6..<8, of: 9)]) }
    #expect(text.contains("records 2 to 5 of 9 are missing; 1 more such ranges follow"))
    #expect(text.contains("`&RecordOffset=2`"))
    let last = message { _ = try read([page(0..<2, of: 4)]) }
    #expect(last.contains("records 2 to 3 of 4 are missing; expected RECORD_OFFSET from 0 to 3"))
  }

  @Test("a gap in one of two queries of one size is found")
  func gapInOneQuery() {
    let keys = "value: OBS_VALUE, area: GEOGRAPHY_CODE, category: CELL, period: DATE"
    let text = message {
      _ = try read([page(0..<4, of: 4), page(0..<2, of: 4, date: 2021)], keys: keys)
    }
    #expect(
      text.contains("records 2 to 3 of 4 are missing, or were read 1 times and others 2 times"))
  }

  @Test("rows that `where` leaves out count as fetched")
  func filtered() throws {
    let keys = "value: OBS_VALUE, area: GEOGRAPHY_CODE, category: CELL, where: { CELL: b }"
    #expect(try read([page(0..<4, of: 4)], keys: keys).inputs[0].rowCount == 4)
  }

  @Test("column names alone are an empty result")
  func empty() {
    #expect(message { _ = try read([Self.header]) }.contains(":1: an empty result"))
    #expect(
      message { _ = try read(["GEOGRAPHY_CODE,CELL,OBS_VALUE\n"]) }.contains("an empty result"))
  }

  @Test(
    "two measures are refused, unless the job keeps one",
    arguments: ["MEASURES_NAME", "measures_name"])
  func measures(name: String) throws {
    let value = name.first == "M" ? "OBS_VALUE" : "obs_value"
    let text = "area,cell,\(name),\(value)\nE1,a,Value,5\nE1,a,Confidence,2\n"
    let keys = "area: area, category: cell, value: \(value)"
    #expect(
      message { _ = try read([text], keys: keys) }.contains(
        "Keep the counts: `where: { \(name): Value }`"))
    _ = try read([text], keys: keys + ", where: { \(name): Value }")
    _ = try read([text], keys: "area: area, category: \(name), value: \(value)")
  }

  @Test("a missing figure is marked by its status")
  func status() throws {
    let text =
      "area,cell,OBS_VALUE,OBS_STATUS\nE1,a,5,A\nE2,a,,Q\nE3,a,,M\nE4,a,0,L\nE5,a,7,E\nE6,a,,O\n"
    let keys = "area: area, category: cell, value: OBS_VALUE"
    let reader = try read([text], keys: keys)
    let open = AxisRule(codes: nil) { _ in AxisShare(mapped: 1, excluded: 0) }
    let account = MappedTally(reader.tally, areas: open, categories: open).reconciliation(period: 0)
    #expect(account.counts.published.value == 12)
    #expect(account.markedCounts == [.confidential: 1, .notApplicable: 1, .unavailable: 2])
    #expect(
      message { _ = try read([text.replacing(",,Q", with: ",3,Q")], keys: keys) }.contains(
        "the figure is \"3\", but its status is Q"))
    #expect(
      message { _ = try read([text.replacing(",,Q", with: ",,A")], keys: keys) }.contains(
        "\"\" is neither a number nor a marker"))
  }
}
