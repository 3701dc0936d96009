import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The report of a finished run.
struct ReportTests {
  private static let datasets = URL(filePath: #filePath).appending(path: "../../../Datasets")
    .standardizedFileURL.path

  /// Runs a job into a folder `out` beside its files.
  private static func finish(_ job: Job, in folder: TestFolder) throws -> FinishedRun {
    let outcome = try Session(job, workerCount: 2).run()
    try OutputFolder("\(folder.path)/out", force: false).write(
      outcome, options: Manifest.Options(seed: 0))
    return try FinishedRun(folder: "\(folder.path)/out")
  }

  private static func london(_ folder: TestFolder, _ name: String = "job") throws -> FinishedRun {
    try finish(try Job(file: "\(datasets)/london/\(name).yaml"), in: folder)
  }

  @Test("Every gap, share and interval of every area stands in the page as text")
  func numbersAsText() throws {
    let folder = try TestFolder()
    let run = try Self.london(folder)
    let page = try ReportPage(run).html
    let columns = [
      "area_code", "sector_name", "provision_share", "demand_share", "share_gap_pp",
      "share_gap_pp_combined_lower", "share_gap_pp_combined_upper", "call",
    ]
    var rowCount = 0
    try #require(try run.table("cells.csv")).eachRow(columns) { texts in
      rowCount += 1
      let numbers = texts[2...6].map { Double($0) ?? .nan }
      let row =
        "<tr class=\"\(texts[7])\"><th scope=\"row\">\(texts[1])</th>"
        + "<td>\(Self.rounded(100 * numbers[0]))</td>"
        + "<td>\(Self.rounded(100 * numbers[1]))</td>"
        + "<td>\(Self.withSign(numbers[2]))</td>"
        + "<td>\(Self.withSign(numbers[3])) to \(Self.withSign(numbers[4]))</td>"
        + "<td class=\"t\">\(texts[7])</td></tr>"
      let article = try #require(page.range(of: "id=\"area-\(texts[0])\""))
      let end = page.range(of: "</article>", range: article.upperBound..<page.endIndex)
      let text = String(page[article.upperBound..<(try #require(end).lowerBound)])
        .replacing(/\s\[[a-z]+\]/, with: "")
      #expect(text.contains(row), "\(row)")
    }
    #expect(rowCount == 532)
  }

  /// A number with one decimal, by another way than the engine's.
  private static func rounded(_ value: Double) -> String {
    String(format: "%.1f", (value * 10).rounded() / 10).replacing("-0.0", with: "0.0")
  }

  private static func withSign(_ value: Double) -> String {
    let text = rounded(value)
    return text == "0.0" || value < 0 ? text : "+" + text
  }

  @Test("The page loads nothing: no address but links to sources, and a policy that allows nothing")
  func loadsNothing() throws {
    let folder = try TestFolder()
    let page = try ReportPage(Self.london(folder)).html
    for marker in ["src=", "@import", "<link", "<img", "<iframe", "fetch(", "XMLHttpRequest"] {
      #expect(!page.contains(marker), "\(marker)")
    }
    #expect(page.contains("default-src 'none'"))
    #expect(!page.replacing("url(#", with: "").contains("url("))
  }

  @Test("The same run gives the same page, for any number of threads")
  func sameBytes() throws {
    let folder = try TestFolder()
    let run = try Self.london(folder, "sensitivity")
    let one = try ReportPage(run, workerCount: 1)
    let three = try ReportPage(run, workerCount: 3)
    #expect(one.html == three.html)
    #expect(one.html.contains("whichever crosswalk is used"))
  }

  @Test("Names cannot leave the texts that they stand in")
  func hostileNames() throws {
    let hostile = [
      "<script>alert(1)</script>", "\"><img onerror=alert(1)>", "' onmouseover='x", "{{name}}",
      "\u{202e}gnp.exe\u{202c}", "&lt;b&gt;", String(repeating: "long ", count: 2_000),
    ]
    var areas = "code,name\n"
    var counts = "area,sector,count\n"
    for (number, name) in hostile.enumerated() {
      areas += "A\(number),\"\(name.replacing("\"", with: "\"\""))\"\n"
      counts += "A\(number),x,\(10 + number)\nA\(number),y,\(30 - number)\n"
    }
    let example = Example(
      keys: [
        "title: '<script>alert(2)</script>'",
        "areas: { lookup: areas.csv, code: code, name: name, focus: A0 }",
        "accept: { formula-names: ours, invisible-characters: ours }", "output: { folder: out }",
      ],
      files: ["provision.csv": counts, "demand.csv": counts, "areas.csv": areas])
    let folder = try TestFolder()
    let page = try ReportPage(Self.finish(example.job(in: folder), in: folder)).html
    #expect(page.ranges(of: "<script").count == 1)
    #expect(!page.contains("<img") && !page.contains("\u{202e}"))
    #expect(page.contains(">{{name}}<"))
    #expect(!page.contains(" onmouseover='x"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains(String(repeating: "long ", count: 100)))
    #expect(page.utf8.count < 200_000)
  }

  /// A run of two periods, of which the earlier one has the larger gaps.
  private static func twoPeriods(areas: Int, in folder: TestFolder) throws -> FinishedRun {
    var (provision, demand) = ("area,sector,period,count\n", "area,sector,period,count\n")
    for (period, size) in [("2021/22", 9), ("2022/23", 1)] {
      for area in 0..<areas {
        for sector in 0..<20 {
          let counts = [(area * 7 + sector * 13) % 90, (area * 11 + sector * 5) % 70].map {
            20 + size * $0
          }
          provision += "A\(area),s\(sector),\(period),\(10 * counts[0])\n"
          demand += "A\(area),s\(sector),\(period),\(10 * counts[1])\n"
        }
      }
    }
    let side = ["period": "period"]
    let example = Example(
      provision: side, demand: side, files: ["provision.csv": provision, "demand.csv": demand])
    return try finish(example.job(in: folder), in: folder)
  }

  @Test("A large grid shows its focus, says what it leaves out, and stays small")
  func largeGrid() throws {
    let folder = try TestFolder()
    let page = try ReportPage(Self.twoPeriods(areas: 300, in: folder), workerCount: 2).html
    #expect(page.utf8.count < 3_000_000)
    #expect(page.contains("The grid has 300 areas and 20 sectors."))
    #expect(page.ranges(of: "<article").count == 1)
  }

  @Test(
    "The largest gaps are those of the latest period, in one stretch of the file or many",
    arguments: [30, 300])
  func largestGaps(areas: Int) throws {
    let folder = try TestFolder()
    let run = try Self.twoPeriods(areas: areas, in: folder)
    // The twin: the largest gaps of the called cells, by all rows at once.
    var sizes: [String: [Double]] = [:]
    try #require(try run.table("cells.csv")).eachRow(["share_gap_pp", "call", "period"]) { texts in
      guard texts[2] == "2022/23" else { return }
      sizes[texts[1], default: []].append(abs(Double(texts[0]) ?? .nan))
    }
    let data = try ReportData(run, run.summary(), isFull: false, workerCount: 2)
    for call in [Call.over, .under] {
      let expected = (sizes[call.rawValue] ?? []).sorted(by: >).prefix(ReportCells.shownCount)
      let found = data.cells.largest.filter { $0.call == call }.map(\.size)
      #expect(!expected.isEmpty && found == Array(expected))
    }
    let counts = data.cells.calls.reduce(into: [Call?: Int]()) { $0.merge($1, uniquingKeysWith: +) }
    for (call, values) in sizes { #expect(counts[Call(rawValue: call)] == values.count) }
  }

  @Test("A run without cells.csv, or without share gaps, is reported")
  func missingCells() throws {
    for keys in [["output: { files: [summary.csv] }"], ["measures: [gap]"]] {
      let folder = try TestFolder()
      let run = try Self.finish(Example(keys: keys).job(in: folder), in: folder)
      #expect(throws: Failure.self) { try ReportPage(run) }
    }
  }
}
