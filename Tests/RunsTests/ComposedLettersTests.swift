import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Codes that look the same and are composed of other characters are other codes, everywhere.
///
/// The twin of a job with such codes has plain ones in their places that come in the same order.
struct ComposedLettersTests {
  /// How the two letters of the templates are written: `§` in one character, `¤` in two.
  private struct Letters {
    let one: String
    let two: String

    static let composed = Letters(one: "\u{e9}", two: "e\u{301}")
    static let plain = Letters(one: "~~", two: "^~")

    func text(_ template: String) -> String {
      template.replacing("§", with: one).replacing("¤", with: two)
    }

    /// A text of the other letters in these.
    func text(_ text: String, writtenIn other: Letters) -> String {
      self.text(text.replacing(other.two, with: "¤").replacing(other.one, with: "§"))
    }
  }

  /// Runs the job with these letters into `out`, its rows shuffled unless the seed is 0.
  private func run(
    _ bench: SpeltBench, _ letters: Letters, seed: UInt64 = 0, workerCount: Int = 1,
    in folder: TestFolder
  ) throws -> Session {
    var random = RandomSource(seed: seed)
    for name in bench.tables.keys.sorted() {
      var rows = bench.tables[name] ?? []
      if seed > 0 { rows[1...].shuffle(using: &random) }
      try folder.write(name, letters.text(rows.map { $0 + "\n" }.joined()))
    }
    let job = try Job(file: folder.write("job.yaml", letters.text(bench.job)))
    let session = Session(job, workerCount: workerCount)
    try OutputFolder("\(folder.path)/out", force: false)
      .write(try session.run(), options: Manifest.Options(seed: 42))
    return session
  }

  /// Every file of such a run.
  private func outputs(
    _ bench: SpeltBench, _ letters: Letters, seed: UInt64, workerCount: Int
  ) throws -> [String: String] {
    let folder = try TestFolder()
    _ = try run(bench, letters, seed: seed, workerCount: workerCount, in: folder)
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") {
      texts[name] = try folder.text("out/\(name)")
    }
    texts["manifest.json"] = texts["manifest.json"].map(withoutDigests)
    return texts
  }

  /// The manifest without what follows from the bytes of its inputs.
  private func withoutDigests(_ manifest: String) -> String {
    withoutLines(
      manifest.split(separator: "\n").filter { line in
        !["\"sha256\"", "\"bytes\""].contains { line.contains($0) }
      }.joined(separator: "\n"))
  }

  private func withoutLines(_ text: String) -> String {
    text.replacing(/\.csv:[0-9]+/, with: ".csv")
  }

  /// A file without what the check of composed letters says, which the plain twin gives no cause for.
  private func withoutCheck(_ text: String) -> String {
    text.replacing(/(?m)^composed-letters,.*\n/, with: "")
      .replacing(/\{\s*"check" : "composed-letters",[^}]*\},\s*/, with: "")
  }

  @Test(
    "Outputs are those of plain codes, for any order of rows and any number of threads",
    arguments: [SpeltBench.many, SpeltBench.balanced])
  func outputsAreThoseOfPlainCodes(bench: SpeltBench) throws {
    let expected = try outputs(bench, .composed, seed: 0, workerCount: 1)
    #expect(expected.count > 20 && expected["cells.csv"]?.contains("e\u{301}") == true)
    for (seed, workerCount) in [(1, 1), (2, 2), (3, 4), (4, 3)] as [(UInt64, Int)] {
      let shuffled = try outputs(bench, .composed, seed: seed, workerCount: workerCount)
      let plain = try outputs(bench, .plain, seed: seed, workerCount: workerCount)
      #expect(Set(shuffled.keys) == Set(expected.keys) && Set(plain.keys) == Set(expected.keys))
      for (name, text) in expected {
        #expect(shuffled[name]?.isSpelt(as: text) == true, "\(name), seed \(seed)")
        // The vocabulary of descriptions wants names of columns as bytes.
        guard !name.hasSuffix("-metadata.json") else { continue }
        let twin = Letters.composed.text(withoutCheck(plain[name] ?? ""), writtenIn: .plain)
        #expect(twin.isSpelt(as: withoutCheck(text)), "\(name), seed \(seed), plain")
      }
    }
  }

  @Test("A cell's history is that of its plain twin")
  func historiesAreThoseOfPlainCodes() throws {
    for (area, sector) in [("A§", "S¤"), ("A¤", "S§"), ("B¤", "V§")] {
      let histories = try [Letters.composed, .plain].map { letters in
        let folder = try TestFolder()
        let session = try run(.many, letters, in: folder)
        let finished = try FinishedRun(folder: "\(folder.path)/out")
        let cell = try finished.cell(
          area: letters.text(area), sector: letters.text(sector), period: letters.text("P¤ = Q§"))
        let history = try session.history(of: cell, in: finished)
        #expect(history.differences.isEmpty && history.sides.allSatisfy { $0.lines.count > 0 })
        return try JSONText.of(history).split(separator: "\n").filter {
          !$0.contains("\"sha256\"")
        }.joined(separator: "\n")
      }
      let twin = Letters.composed.text(histories[1], writtenIn: .plain)
      #expect(twin.isSpelt(as: histories[0]), "\(area), \(sector)")
    }
  }
}

/// A job that uses most of what a job can say, with texts in both letters wherever a text can stand.
struct SpeltBench: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let job: String
  /// The lines of each file.
  let tables: [String: [String]]

  private static let areas = ["A§", "A¤", "B§", "B¤", "C", "X§", "X¤"]
  private static let sectors = ["S§", "S¤", "T", "V§", "V¤"]
  private static let periods = [("P§", "Q¤"), ("P¤", "Q§")]
  private static let trades = ["k§", "k¤", "kt", "kv§", "kv¤", "none§", "none¤"]

  static let many = SpeltBench(
    testDescription: "many", job: job(demand: "", more: further),
    tables: tables.merging(furtherTables) { $1 })

  static let balanced = SpeltBench(
    testDescription: "balanced",
    job: job(
      demand: """
          balance-to:
            areas: { file: area-totals.csv, code: "c§", value: total, period: period }
            sectors: { file: sector-totals.csv, code: code, value: total, period: period }

        """, more: ""),
    tables: tables.merging(targetTables) { $1 })

  private static func job(demand: String, more: String) -> String {
    """
    name: letters
    areas: { lookup: areas.csv, code: "c§", name: "c¤", group: region, focus: "A¤" }
    sectors: { file: sectors.csv, code: code, name: name }
    output: { files: all }
    exclude-areas: ["X§"]
    exclude-sectors: ["V¤"]
    periods: { pair: ["P§ = Q¤", "P¤ = Q§"] }
    provision:
      kind: aims
      file: provision.csv
      area: "a§"
      category: trade
      period: year
      value: "n¤"
      sum-over: ["part§"]
      where: { "keep¤": ["j§"], kind: { not: ["w¤"] } }
      markers: { "m§": 1..4 }
      totals: { file: totals.csv, area: "a¤", period: year, value: total, markers: { "m¤": 0..900 } }
      area-lookup: { file: places.csv, from: place, to: area, weight: share }
      crosswalk:
        - { file: trades.csv, from: trade, to: group, normalise: true }
        - { file: groups.csv, from: group, to: sector }
    demand:
      kind: adverts
      file: demand.csv
      area: area
      period: quarter
      value: { columns: ["w§*", "w¤*", "wt"], name: category }
      crosswalk: { file: headings.csv, from: heading, to: sector }
    \(demand)\(more)
    """
  }

  private static let further = """
    typology: { clusters: 2 }
    smoothing: { method: clayton-kaldor }
    matching:
      vacancy-share: 0.5
      efficiency: { file: efficiency.csv, code: code, value: value }
      flows: { file: flows.csv, period: pair, job-finding: found, separation: lost, start: 0.1 }
    space:
      commuting: { file: commuters.csv, from: home, to: work, weight: people }
      costs: { file: costs.csv, from: home, to: work, cost: minutes }
      decay: { form: exponential, rate: 0.1 }
      own-area-cost: 1
    transport:
      costs: { file: costs.csv, from: home, to: work, cost: minutes }
      skill-distance: { file: skills.csv, from: a, to: b, distance: d }

    """

  // MARK: Files

  /// A number that follows from where it stands.
  private static func number(_ places: Int...) -> Int {
    places.reduce(7) { ($0 * 31 + $1 * 17 + 5) % 97 } + 1
  }

  private static let tables: [String: [String]] = [
    "areas.csv": ["c§,c¤,region"]
      + areas.enumerated().map { "\($1),name of \($1),\($0 % 2 == 0 ? "r§" : "r¤")" },
    "sectors.csv": ["code,name"] + sectors.map { "\($0),\($0) n§" },
    "places.csv": ["place,area,share"]
      + areas.enumerated().flatMap { number, area in
        ["p\(area),\(area),0.75", "p\(area),\(areas[(number + 1) % areas.count]),0.25"]
      },
    "trades.csv": ["trade,group"]
      + trades.prefix(5).enumerated().flatMap { number, trade in
        ["\(trade),g§\(number)", "\(trade),g¤\(number)"]
      },
    "groups.csv": ["group,sector"]
      + sectors.enumerated().flatMap { ["g§\($0),\($1)", "g¤\($0),\($1)"] },
    "headings.csv": ["heading,sector", "w§1,S§", "w§2,S¤", "w¤1,V§", "w¤2,V¤", "wt,T"],
    "provision.csv": provision,
    "demand.csv": ["area,quarter,w§1,w§2,w¤1,w¤2,wt,other"]
      + areas.enumerated().flatMap { row, area in
        periods.enumerated().map { period, labels in
          "\(area),\(labels.1),"
            + (0..<5).map { "\(number(row, period, $0))" }.joined(separator: ",") + ",o§"
        }
      },
    "totals.csv": ["a¤,a§,year,total"]
      + areas.enumerated().map { "p\($1),pA§,P§,\($0 % 2 == 0 ? "m§" : "m¤")" },
  ]

  private static var provision: [String] {
    var rows = ["a§,a¤,trade,year,part§,keep¤,kind,n¤"]
    for (row, area) in (areas + ["out§", "out¤"]).enumerated() {
      for (column, trade) in trades.enumerated() {
        for (period, labels) in (periods + [("R§", ""), ("R¤", "")]).enumerated() {
          for (part, name) in ["x§", "x¤"].enumerated() {
            let count = number(row, column, period, part)
            let text = count % 9 == 0 ? "m§" : "\(count)"
            let keep = count % 7 == 0 ? "j¤" : "j§"
            rows.append(
              "p\(area),pA§,\(trade),\(labels.0),\(name),\(keep),\(count % 2 == 0 ? "w§" : "w"),\(text)"
            )
          }
          rows.append("p\(area),pA¤,\(trade),\(labels.0),x§,j§,w¤,1000")
        }
      }
    }
    return rows
  }

  private static var furtherTables: [String: [String]] {
    let pairs = areas.enumerated().flatMap { row, from in
      areas.enumerated().map { column, to in (row, column, "\(from),\(to)") }
    }
    return [
      "efficiency.csv": ["code,value"] + sectors.enumerated().map { "\($1),\(Double($0 + 1) / 2)" },
      "flows.csv": ["pair,found,lost"]
        + periods.enumerated().map { "\($1.0) = \($1.1),0.\($0 + 3),0.0\($0 + 1)" },
      "commuters.csv": ["home,work,people"]
        + pairs.map { "\($2),\(number($0, $1))" } + ["A§,out¤,5", "A¤,out§,7"],
      "costs.csv": ["home,work,minutes"]
        + pairs.filter { $0.0 != $0.1 }.map { "\($2),\(number($0, $1))" },
      "skills.csv": ["a,b,d"]
        + sectors.flatMap { a in sectors.filter { $0 != a }.map { "\(a),\($0),0.5" } },
    ]
  }

  private static var targetTables: [String: [String]] {
    let columns = sectors.filter { $0 != "V¤" }
    return [
      "area-totals.csv": ["c§,total,period"]
        + areas.filter { $0 != "X§" }.flatMap { area in periods.map { "\(area),200,\($0.1)" } },
      "sector-totals.csv": ["code,total,period"]
        + columns.flatMap { sector in periods.map { "\(sector),300,\($0.1)" } },
    ]
  }
}
