import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that inherit from others.
struct JobBaseTests {
  private func tree(_ text: String) throws -> JobTree {
    try JobTree.parse(text, file: "job.yaml")
  }

  private func text(_ tree: JobTree) -> String { JobText.of(tree) }

  /// A random mapping; values of one key are of one kind whatever the draw, as those of jobs are.
  private func random(_ draws: inout Draws, depth: Int = 0) -> JobTree {
    let place = Place(file: "job.yaml", line: 1)
    let entries = "abcdef".filter { _ in draws.below(3) > 0 }.map { name in
      let value: JobTree =
        switch name {
        case "a" where depth < 3, "b" where depth < 3: random(&draws, depth: depth + 1)
        case "c":
          JobTree(
            .list((0..<draws.below(3)).map { JobTree(.text("\($0)"), at: place) }), at: place)
        case "d" where depth < 3:
          JobTree(.list([random(&draws, depth: 3), random(&draws, depth: 3)]), at: place)
        default:
          JobTree(
            .text(
              draws.pick([
                "", "x", "null", "~", "- a", "a: b", "#", "it's", "\"", "é\n\t\\", "01", " x ",
                "[x]", "${a}",
                "a\u{feff}", "\u{1b}", "a,b", "\u{2028}",
              ])), at: place)
        }
      return JobTree.Entry(name: "\(name)", place: place, value: value)
    }
    return JobTree(.keys(entries), at: place)
  }

  @Test func mergingObeysItsLaws() throws {
    var draws = Draws(seed: 17)
    for _ in 0..<300 {
      let (a, b, c) = (random(&draws), random(&draws), random(&draws))
      let none = JobTree(.keys([]), at: a.place)
      #expect(text(try a.over(a)) == text(a))
      #expect(text(try a.over(none)) == text(a))
      #expect(text(try none.over(a)) == text(a))
      // Keys that stand first stay first, so both orders give one text.
      #expect(text(try a.over(b).over(c)) == text(try a.over(b.over(c))))
    }
  }

  @Test func textReadsBackAsTheSameJob() throws {
    var draws = Draws(seed: 18)
    for _ in 0..<300 {
      let job = random(&draws)
      guard job.entries?.isEmpty == false else { continue }
      let written = text(job)
      #expect(text(try tree(written)) == written)
      #expect(same(try tree(written), job), "\(written)")
    }
  }

  /// Whether two trees hold the same texts, lists and keys.
  private func same(_ a: JobTree, _ b: JobTree) -> Bool {
    if let text = a.text { return text.utf8.elementsEqual((b.text ?? "-").utf8) }
    if let own = a.entries, let other = b.entries {
      return own.map(\.name) == other.map(\.name)
        && zip(own, other).allSatisfy { same($0.value, $1.value) }
    }
    guard case .list(let own) = a.content, case .list(let other) = b.content else { return false }
    return own.count == other.count && zip(own, other).allSatisfy(same)
  }

  @Test func ownKeysWinListsAreReplacedAndNoValueRemoves() throws {
    let base = try tree("a: { x: 1, y: [1, 2], z: { u: 1, v: 2 } }\nb: 1\nc: [1]\n")
    let own = try tree("a: { y: [3], z: { v: ~ }, w: new }\nb: { k: 1 }\nc:\n")
    #expect(
      text(try own.over(base))
        == "a:\n  x: 1\n  y: [3]\n  z:\n    u: 1\n  w: new\nb:\n  k: 1\n")
  }

  private static let base = """
    areas: { lookup: areas.csv, code: code }
    provision: { kind: people, file: [provision.csv], area: area, category: sector, value: count,
      where: { file: kept } }
    demand: { kind: vacancies, file: "dem*.csv", area: area, category: sector, value: count,
      crosswalk: { file: map.csv, from: from, to: to } }
    sensitivity: { crosswalks: [other.csv] }
    output: { folder: out }

    """

  private func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.write("data/base.yaml", Self.base)
    try folder.write("data/areas.csv", "code\nA\nB\n")
    try folder.write("data/provision.csv", "area,sector,count,file\nA,x,10,kept\nB,y,40,kept\n")
    try folder.write("data/demand.csv", "area,sector,count\nA,x,10\nB,y,40\n")
    try folder.write("data/map.csv", "from,to\nx,x\ny,y\n")
    try folder.write("data/other.csv", "from,to\nx,y\ny,x\n")
    return folder
  }

  @Test func pathsOfABaseStartFromItsFolderAndResultsGoToTheJobs() throws {
    let folder = try folder()
    let file = try folder.write("jobs/own.yaml", "base: ../data/base.yaml\ntolerance: 2\n")
    let job = try Job(file: file)
    #expect(
      Set(job.dataFiles.map(\.name)) == [
        "../data/areas.csv", "../data/provision.csv", "../data/demand.csv", "../data/map.csv",
        "../data/other.csv",
      ])
    #expect(job.name == "own" && job.tolerance == 2)
    #expect(job.outputFolder == "\(folder.path)/jobs/out")
    #expect(job.inputFiles.contains { $0.path.hasSuffix("data/base.yaml") })
    let outcome = try Session(job, workerCount: 1).run()
    #expect(outcome.areas.count == 2)
    // The merged text is the job in one file.
    let merged = try folder.write("jobs/merged.yaml", try JobFile(path: file).mergedText)
    let alone = try Job(file: merged)
    #expect(alone.dataFiles == job.dataFiles && alone.tolerance == 2)
    #expect(try JobFile(path: file).mergedText.contains("kind: people  # \(folder.path)/jobs/"))
    #expect(try job.text == JobFile(text: job.text, path: file).onlyRun().text)
  }

  @Test func boundariesOfABaseStartFromItsFolder() throws {
    let folder = try folder()
    try folder.write("data/map.yaml", "base: base.yaml\nareas: { boundaries: map.geojson }\n")
    let file = try folder.write("jobs/own.yaml", "base: ../data/map.yaml\n")
    #expect(try JobFile(path: file).mergedText.contains("/data/map.geojson"))
  }

  @Test func basesOfBasesAndAnotherFolderInBetween() throws {
    let folder = try folder()
    try folder.write("data/deep/middle.yaml", "base: ../base.yaml\nareas: { code: other }\n")
    let file = try folder.write(
      "top.yaml", "base: data/deep/middle.yaml\nareas: { code: code }\nsensitivity: ~\n")
    let job = try Job(file: file)
    #expect(job.areas.table?.files.map(\.name) == ["data/deep/../areas.csv"])
    #expect(job.dataFiles.count == 4)
  }

  @Test(arguments: [
    ("base: own.yaml\n", "own.yaml:1:7: `base` leads back"),
    ("base: none.yaml\n", "own.yaml:1:7: `base` is \"none.yaml\", and there is no such file"),
    ("base: [a]\n", "own.yaml:1:7: `base` is a list"),
    ("base: data/base.yaml\nmeasurs: ~\n", "own.yaml:2:1: the key \"measurs\" has no value"),
    ("base: data/base.yaml\ndemand: { kind: poeple }\n", "own.yaml:2:17: unknown kind of demand"),
    ("base: data/wrong.yaml\n", "data/wrong.yaml:2:20: unknown kind of provision \"poeple\""),
    ("base: data/misspelt.yaml\n", "data/misspelt.yaml:2:1: unknown key \"tolerence\""),
    ("base: data/list.yaml\n", "data/list.yaml:1:1: the job is a list"),
    ("base: data/none.yaml\n", "own.yaml:1:7: `base` is"),
    ("base: data/loop.yaml\n", "data/../data/loop.yaml:1:7: `base` leads back"),
  ])
  func placesOfErrors(own: String, message: String) throws {
    let folder = try folder()
    try folder.write("data/wrong.yaml", "base: base.yaml\nprovision: { kind: poeple }\n")
    try folder.write("data/misspelt.yaml", "base: base.yaml\ntolerence: 1\n")
    try folder.write("data/list.yaml", "[a, b]\n")
    try folder.write("data/loop.yaml", "base: ../data/loop.yaml\n")
    let file = try folder.write("own.yaml", own)
    let failure = #expect(throws: Failure.self) { try Job(file: file) }
    let text = failure?.description.replacing(folder.path + "/", with: "") ?? ""
    #expect(text.hasPrefix(message.replacing("data/../data/loop", with: "data/loop")), "\(text)")
  }
}
