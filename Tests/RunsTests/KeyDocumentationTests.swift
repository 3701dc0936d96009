import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// `Documentation/reference/keys.md` against the keys that the program reads.
struct KeyDocumentationTests {
  private struct Section {
    var keys: [(name: String, cells: [String])] = []
    /// Sections whose keys are known here too.
    var others: [String] = []
  }

  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Documentation/reference/keys.md").standardizedFileURL

  /// The sections of the page, by heading.
  private static let sections: [String: Section] = {
    var sections: [String: Section] = [:]
    var heading = ""
    for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n") {
      if line.hasPrefix("## ") {
        heading = String(line.dropFirst(3)).replacing("`", with: "")
        sections[heading] = Section()
      } else if line.hasPrefix("| `") {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
          .map { $0.trimmingCharacters(in: .whitespaces) }
        sections[heading]?.keys.append((cells[0].replacing("`", with: ""), cells))
      } else {
        for match in line.matches(of: /\[[^\]]+\]\(#([a-z-]+)\)/) where line.contains("Also ") {
          sections[heading]?.others.append(String(match.1))
        }
      }
    }
    return sections
  }()

  /// A block of a job: what stands around its keys (`%`), and the keys that it cannot do without.
  private struct Block {
    let section: String
    let job: String
    var required: [String] = []

    /// Keys that take the place of others.
    static let instead = [
      "tables": "file", "coordinates": "costs", "change": "move", "target-mix": "move",
    ]

    /// The job with keys in the block, those required first unless they are among them.
    func text(_ keys: String) -> String {
      let own = KeyDocumentationTests.topLevelKeys(keys)
      let named = Set(own + own.compactMap { Self.instead[$0] })
      let others = required.filter { key in !named.contains(key.prefix { $0 != ":" }.description) }
      let separator = job == "%" ? "\n" : ", "
      return job.replacing("%", with: (others + [keys]).joined(separator: separator))
    }
  }

  private static let sides = [
    "provision: { kind: people, file: p.csv, area: a, category: c, value: v }",
    "demand: { kind: adverts, file: d.csv, area: a, category: c, value: v, crosswalk: { file: c.csv, from: f, to: t } }",
  ]

  private static let blocks: [Block] = {
    let demand = ["kind: adverts", "file: d.csv", "area: a", "category: c", "value: v"]
    let list = ["file: a.csv", "code: c", "value: v"]
    let costs = "costs: { file: t.csv, from: a, to: b, cost: m }"
    let decay = "decay: { form: exponential, rate: 1 }"
    func top(_ section: String, _ required: [String] = []) -> Block {
      let job = sides.joined(separator: "\n") + "\n\(section): { % }"
      return Block(section: section, job: job, required: required)
    }
    func inside(_ block: String, _ section: String, _ keys: String, _ required: [String] = [])
      -> Block
    {
      let job = sides.joined(separator: "\n") + "\n\(block): { \(keys) }"
      return Block(section: section, job: job, required: required)
    }
    func ofDemand(_ section: String, _ key: String, _ required: [String] = []) -> Block {
      let name = key.prefix { $0 != ":" }
      let keys = demand.filter { !$0.hasPrefix("\(name):") } + [key]
      return Block(
        section: section, job: sides[0] + "\ndemand: { \(keys.joined(separator: ", ")) }",
        required: required)
    }
    return [
      Block(section: "The job", job: "%", required: sides),
      Block(section: "provision, demand", job: sides[0] + "\ndemand: { % }", required: demand),
      Block(
        section: "tables",
        job: sides[0]
          + "\ndemand: { kind: adverts, area: a, category: c, value: v, tables: [ { % } ] }",
        required: ["file: d.csv"]),
      ofDemand("area, category", "area: { % }"),
      ofDemand("period", "period: { % }"), ofDemand("value", "value: { % }"),
      ofDemand("bounds", "bounds: { % }", ["lower: l", "upper: u"]),
      ofDemand("markers", "markers: { c: { % } }", ["status: c"]),
      ofDemand("totals", "totals: { % }"),
      ofDemand("area-lookup, crosswalk", "crosswalk: { % }", ["file: c.csv", "from: f", "to: t"]),
      ofDemand(
        "balance-to", "balance-to: { % }",
        [
          "areas: { \(list.joined(separator: ", ")) }",
          "sectors: { \(list.joined(separator: ", ")) }",
        ]),
      ofDemand(
        "balance-to lists",
        "balance-to: { sectors: { \(list.joined(separator: ", ")) }, areas: { % } }", list),
      ofDemand("source", "source: { % }"),
      ofDemand("ees", "source: { ees: { % } }", ["data-set: a", "version: \"2.1\""]),
      ofDemand("ons-geography", "source: { ons-geography: { % } }", ["service: a"]),
      ofDemand(
        "stat-xplore", "source: { stat-xplore: { % } }",
        ["database: \"str:d\"", "measures: \"str:m\"", "dimensions: \"str:f\""]),
      ofDemand("url", "source: { url: { % } }", ["address: \"https://a\""]),
      inside("areas", "boundaries", "file: a.csv, code: c, boundaries: { % }", ["file: b.geojson"]),
      Block(section: "sources", job: sides.joined(separator: "\n") + "\nsources: [ { % } ]"),
      top("areas", ["file: a.csv", "code: c"]), top("sectors", ["file: a.csv", "code: c"]),
      top("periods"), top("intervals"), top("calls"), top("limits"), top("guard"), top("output"),
      top("smoothing"), top("typology"), top("sensitivity"),
      top("space", ["commuting: { file: o.csv, from: a, to: b, weight: n }", costs, decay]),
      top("transport", [costs, "skill-distance: { crosswalk: demand }"]),
      top("matching", ["vacancy-share: 0.5"]),
      top("commissioning", ["unit-costs: 5000"]), top("trend"),
      top("beside", ["name: n", "file: i.csv", "area: a", "value: v"]),
      inside(
        "commissioning", "unit-costs", "unit-costs: { % }", ["file: c.csv", "sector: s", "cost: c"]),
      inside(
        "commissioning", "budget", "unit-costs: 1, budget: { % }",
        ["file: b.csv", "area: a", "budget: b"]),
      inside(
        "commissioning", "floors, caps", "unit-costs: 1, floors: { % }",
        ["file: f.csv", "area: a", "sector: s", "places: p"]),
      inside(
        "commissioning", "maximise", "unit-costs: 1, maximise: { % }", ["vacancy-share: 0.5"]),
      inside("commissioning", "demand-scale", "unit-costs: 1, demand-scale: { % }"),
      Block(
        section: "scenarios", job: sides.joined(separator: "\n") + "\nscenarios: [ { % } ]",
        required: ["name: n", "move: { from: x, to: y, share: 10 % }"]),
      inside(
        "scenarios", "move", "name: n, move: { % }", ["from: x", "to: y", "share: 10 %"]),
      inside("scenarios", "change", "name: n, change: { % }", ["sector: x", "by: 5"]),
      inside("scenarios", "target-mix", "name: n, target-mix: { % }", ["mix: demand"]),
      inside("space", "Coordinates", "\(decay), coordinates: { % }", ["file: p.csv", "code: c"]),
      inside(
        "space", "Pairs", "\(decay), costs: { % }", ["file: t.csv", "from: a", "to: b", "cost: m"]),
      inside("space", "decay", "\(costs), decay: { % }"),
      inside("transport", "skill-distance", "\(costs), skill-distance: { % }"),
      inside("matching", "efficiency", "vacancy-share: 0.5, efficiency: { % }", list),
      inside(
        "matching", "flows", "vacancy-share: 0.5, flows: { % }",
        ["file: f.csv", "period: p", "job-finding: f", "separation: s", "start: 0.1"]),
      inside(
        "sensitivity", "crosswalks", "crosswalks: [ { % } ]", ["file: c.csv", "from: f", "to: t"]),
    ]
  }()

  /// Sections of keys that several blocks know, and one of those blocks.
  private static let shared = [
    "A file": "provision, demand", "Figures": "provision, demand", "Lifetimes": "areas",
  ]

  @Test func sectionsAreThoseOfTheProgram() {
    // Read into other keys, or known by the data set alone.
    let merged = ["Several runs", "nomis"]
    let known = Set(Self.blocks.map(\.section) + Self.shared.keys + merged)
    #expect(Set(Self.sections.keys) == known)
  }

  /// An unknown key is refused with a list of those that are known.
  @Test("The page has the keys that a block knows, and no other", arguments: blocks.map(\.section))
  func keys(section: String) throws {
    let block = try #require(Self.blocks.first { $0.section == section })
    let form = section == "skill-distance" ? "crosswalk: demand, " : ""
    let failure = try #require(throws: Failure.self) {
      try Self.decode(block.text(form + "no-such-key: 1"))
    }
    let expected = try #require(failure.expected?.components(separatedBy: "one of: ").last)
    let known = Set(expected.components(separatedBy: ", "))
    #expect(Set(Self.names(of: section)) == known, "\(section)")
  }

  @Test(
    "Every key has a type, a default and an example that is read", arguments: sections.keys.sorted()
  )
  func rows(section: String) throws {
    let block = Self.blocks.first { $0.section == Self.shared[section] ?? section }
    for (name, cells) in try #require(Self.sections[section]).keys {
      #expect(cells.count >= 5 && !cells[1].isEmpty && !cells[3].isEmpty, "\(section): \(name)")
      let example = cells[3].replacing("`", with: "")
      #expect(Self.topLevelKeys(example).contains(name), "\(section): \(name)")
      guard let block else { continue }
      #expect(throws: Never.self, "\(section): \(name)") { try Self.decode(block.text(example)) }
    }
  }

  /// The keys of a line of keys, without those inside braces and brackets.
  private static func topLevelKeys(_ line: String) -> [String] {
    var depth = 0
    var parts = [""]
    for character in line {
      if "{[".contains(character) { depth += 1 }
      if "}]".contains(character) { depth -= 1 }
      if character == "," && depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { $0.prefix { $0 != ":" }.trimmingCharacters(in: .whitespaces) }
  }

  private static func names(of section: String) -> [String] {
    let own = sections[section]
    let others = own?.others.flatMap { slug in
      sections.keys.first {
        $0.lowercased().replacing(",", with: "").replacing(" ", with: "-") == slug
      }
      .map(names) ?? []
    }
    return (own?.keys.map(\.name) ?? []) + (others ?? [])
  }

  @discardableResult private static func decode(_ text: String) throws -> Job {
    try Job(text: text, file: "job.yaml")
  }
}
