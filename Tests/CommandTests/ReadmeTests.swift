import Foundation
import Mismatch
import Extracts
import Jobs
import Reports
import Runs
import Support
import Testing

@testable import Command
@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The tables printed in README files are what the worked examples give today.
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The cells of every Markdown table row of a file.
  private static func rows(_ file: String) throws -> [[String]] {
    let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private static func outcome(_ example: String) throws -> Outcome {
    let job = try Job(file: root.appending(path: "Datasets/\(example)/job.yaml").path)
    return try Session(job, workerCount: 2).run()
  }

  private static func focus(_ outcome: Outcome) throws -> Focus {
    Focus(
      try #require(outcome.grids.first), try #require(outcome.each(Inference.self).first),
      code: outcome.job.areas.focus)
  }

  private static func printed(_ row: Focus.Row) -> [String] {
    [
      row.name, String(percent(row.provisionShare).dropLast(2)),
      String(percent(row.demandShare).dropLast(2)), signed(row.gap.value),
      "\(signed(row.interval.lower)) to \(signed(row.interval.upper))", row.call ?? "",
      signed(row.rest),
    ]
  }

  @Test(
    "A README's table of one area holds the figures of the run",
    arguments: [
      ("README.md", "london", 7), ("Datasets/london/README.md", "london", 14),
      ("Datasets/london-sectors/README.md", "london-sectors", 21),
    ])
  func areaTable(file: String, example: String, sectorCount: Int) throws {
    let outcome = try Self.outcome(example)
    let expected = try Self.focus(outcome).rows().map(Self.printed)
    let names = Set(expected.map { $0[0] })
    let found = try Self.rows(file).filter { $0.count == 7 && names.contains($0[0]) }
    #expect(found.count == sectorCount)
    for row in found { #expect(expected.contains(row), "\(row)") }
  }

  @Test(
    "A README's table of a second crosswalk holds the figures of the run",
    arguments: [("london", "10 of 13", 14), ("london-sectors", "12 of 17", 21)])
  func secondCrosswalk(example: String, survivors: String, sectorCount: Int) throws {
    let folder = "Datasets/\(example)"
    let job = try Job(file: Self.root.appending(path: "\(folder)/sensitivity.yaml").path)
    let outcome = try Session(job, workerCount: 2).run()
    let (grid, table) = (
      try #require(outcome.grids.first), try #require(outcome.each(CallSensitivity.self).first)
    )
    let focus = try Self.focus(outcome)
    let expected = try focus.rows().map { row in
      let place = try #require(focus.place(row))
      let cell = table.cells[place]
      let draws = try #require(table.callShare(place, [.draw]))
      return [
        row.name, signed(cell.own.gap),
        "\(signed(cell.lowest.gap)) to \(signed(cell.highest.gap))", row.call ?? "",
        table.callShare(place, [.crosswalk]) == 1 ? "same" : "other",
        String(percent(draws).dropLast(2)),
      ]
    }
    let names = Set(expected.map { $0[0] })
    let found = try Self.rows("\(folder)/README.md").filter {
      $0.count == 6 && names.contains($0[0])
    }
    #expect(found.count == sectorCount)
    for row in found { #expect(expected.contains(row), "\(row)") }
    let line = SensitivityReport().line(table, grid, focus: focus.code)
    #expect(line.hasPrefix("  Sensitivity: \(survivors) calls"), "\(line)")
    if example == "london" {
      let all = SensitivityReport().line(table, grid, focus: nil)
      #expect(all.hasPrefix("  Sensitivity: 338 of 412 calls"), "\(all)")
      #expect(all.contains("348 survive 1 other crosswalk"), "\(all)")
    }
  }

  @Test(
    "The job of a second crosswalk is the example's own, and the block",
    arguments: ["london", "london-sectors"])
  func secondJob(example: String) throws {
    func lines(_ file: String) throws -> [String] {
      let text = try String(
        contentsOf: Self.root.appending(path: "Datasets/\(example)/\(file)"), encoding: .utf8)
      return text.split(separator: "\n").map(String.init).filter {
        !$0.hasPrefix("#") && !$0.hasPrefix("output:")
      }
    }
    let own = try lines("job.yaml")
    let other = try lines("sensitivity.yaml")
    #expect(Array(other.prefix(own.count)) == own)
    #expect(other[own.count] == "sensitivity:")
  }

  @Test(
    "Worked examples have no warning that their jobs do not accept",
    arguments: ["hidden-talents-2012", "london", "london-sectors"])
  func strictExample(example: String) throws {
    let stopping = try Self.outcome(example).checks.filter { $0.stops(strictly: true) }
    #expect(stopping.map(\.message) == [])
  }

  @Test("The regions' table of the 2012 sectors holds the figures of the run")
  func regionTable() throws {
    let outcome = try Self.outcome("london-sectors")
    let grid = try #require(outcome.grids.first)
    let all = grid.pooled(0..<grid.areas.count)
    let sectors = [
      "health-and-safety", "automotive", "hair-and-beauty", "marketing-and-sales",
      "fashion-and-textiles", "creative-and-cultural",
    ].compactMap(grid.sectors.position)
    let found = try Self.rows("Datasets/london-sectors/README.md")
    for area in 0..<grid.areas.count {
      let gaps = Measure.shareGap.cells(grid.pair(area: area), allAreas: all)
      let expected = [grid.areas.names[area]] + sectors.map { signed(gaps[$0].value) }
      #expect(found.contains(expected), "\(expected)")
    }
  }

  @Test("The README's excerpt of explain holds lines that the command prints")
  func explainExcerpt() throws {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let blocks = text.components(separatedBy: "```")
    let block = try #require(blocks.first { $0.hasPrefix("\n$ mismatch explain") })
    let excerpt = block.split(separator: "\n").dropFirst().map(Self.words)
    let work = try WorkFolder()
    try work.copy(from: "\(Repository.datasets)/london")
    let result = try work.run(
      "mismatch run job.yaml -q -o out && mismatch explain out --area E69000013 --sector 09")
    let printed = Set(result.stdout.split(separator: "\n").map(Self.words))
    #expect(result.status == 0 && excerpt.count > 10)
    for line in excerpt {
      let isCut = line.last == "..."
      let wanted = isCut ? line.dropLast() : line[...]
      #expect(
        printed.contains { isCut ? $0.starts(with: wanted) : $0[...] == wanted },
        "\(line.joined(separator: " "))")
    }
  }

  /// Sector 01, read as a number, is 1.
  @Test("Snippets take every code, name and period as text", arguments: ["r", "python", "sql"])
  func snippetsKeepText(language: String) throws {
    let text = try String(
      contentsOf: Self.root.appending(path: "Documentation/how-to/\(language).md"), encoding: .utf8)
    let blocks = text.components(separatedBy: "```").filter { $0.hasPrefix("\(language) ") }
    let block = try #require(blocks.first { $0.contains("out/cells.csv") })
    let cells = try #require(
      OutputCatalogue.tables(of: Self.outcome("london")).first { $0.name == "cells.csv" })
    let keys = cells.records.filter { $0.kind == .text && !$0.name.hasPrefix("call") }.map(\.name)
    #expect(keys.count == 5)
    for key in keys {
      #expect(block.contains("\"\(key)\"") || block.contains("'\(key)'"), "\(key)")
    }
  }

  private static func words(_ line: Substring) -> [Substring] { line.split(separator: " ") }

  @Test("The table of 2012 holds the figures of the run")
  func publishedTable() throws {
    let outcome = try Self.outcome("hidden-talents-2012")
    let found = try Self.rows("Datasets/hidden-talents-2012/README.md")
    let inference = try #require(outcome.each(Inference.self).first)
    let ratios = try #require(
      inference.byMeasure.first { $0.measure.name == Measure.provisionPerVacancy.name })
    for row in try Self.focus(outcome).rows() {
      let sector = try #require(outcome.sectors.position(of: row.code))
      let interval = ratios.cells[sector].combined
      let upper = interval.upper.isFinite ? oneDecimal(interval.upper) : "unbounded"
      let expected = [
        row.name, count(row.provision.value), count(row.demand.value), oneDecimal(row.ratio.value),
        "\(oneDecimal(interval.lower)) to \(upper)",
      ]
      #expect(found.contains(expected), "\(expected)")
    }
  }

  @Test("London's kinds of areas are those of the run")
  func kindsOfAreas() throws {
    let file = Self.root.appending(path: "Datasets/london/job.yaml").path
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let job = try Job(
      text: text + "\ntypology: { table: gap, linkage: ward, clusters: 4 }\n", file: file)
    let outcome = try Session(job, workerCount: 2).run()
    let grid = try #require(outcome.grids.first)
    let typology = try #require(outcome.each(Typology.self).first)
    let sectors = ["01", "04", "05", "07", "15"].compactMap(grid.sectors.position)
    let all = grid.pooled(0..<grid.areas.count)
    let found = try Self.rows("Datasets/london/README.md").filter { $0.count == 8 }
    for kind in 1...4 {
      let areas = typology.analysis.rows.kept.enumerated()
        .filter { typology.clusters[$0.offset] == kind }.map(\.element)
      let gaps = areas.map { Measure.shareGap.cells(grid.pair(area: $0), allAreas: all) }
      let means = sectors.map { sector in
        signed(gaps.reduce(0) { $0 + $1[sector].value } / Double(areas.count))
      }
      let silhouette = String(format: "%.2f", typology.meanSilhouette(ofCluster: kind))
      let expected = [String(areas.count), silhouette] + means
      #expect(found.contains { $0.dropFirst().elementsEqual(expected) }, "\(kind) \(expected)")
    }
    #expect(String(format: "%.2f", typology.meanSilhouette()) == "0.18")
    let share = typology.analysis.inertias[0] / typology.analysis.totalInertia
    #expect(percent(share) == "80.4 %")
  }

  private func oneDecimal(_ value: Double) -> String { String(percent(value / 100).dropLast(2)) }
}
