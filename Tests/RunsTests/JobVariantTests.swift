import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Jobs that describe several runs.
struct JobVariantTests {
  private static let sides = """
    provision: { kind: people, file: provision.csv, area: area, category: sector, value: count }
    demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }

    """

  private func runs(_ text: String) throws -> [JobRun] {
    try JobFile(text: text + Self.sides, path: "job.yaml").runs()
  }

  private func jobs(_ text: String) throws -> [Job] { try runs(text).map { try Job($0) } }

  @Test func combinationsAreInTheOrderOfTheFile() throws {
    let text = """
      variants: { south: { name: S }, north: { name: N } }
      matrix: { tolerance: [2, 0.5], area: [b, a b] }
      tolerance: ${tolerance}
      exclude-areas: ["${area}", "$${area}"]

      """
    let found = try runs(text)
    #expect(
      found.map(\.name) == [
        "south-2-b", "south-2-a-b", "south-0.5-b", "south-0.5-a-b",
        "north-2-b", "north-2-a-b", "north-0.5-b", "north-0.5-a-b",
      ])
    let jobs = try found.map { try Job($0) }
    #expect(jobs.map(\.tolerance) == [2, 2, 0.5, 0.5, 2, 2, 0.5, 0.5])
    #expect(jobs.map(\.name) == ["S", "S", "S", "S", "N", "N", "N", "N"])
    #expect(jobs[1].excludedAreas == [Spelling("a b"), Spelling("${area}")])
    #expect(jobs[1].outputFolder == "out/south-2-a-b")
  }

  /// What the manifest of a run holds is a job by itself: the run, and no other.
  @Test func textOfARunIsThatRun() throws {
    let text = "matrix: { t: [1, 2] }\ntolerance: ${t}\nexclude-areas: [\"$${t}\"]\n"
    for run in try runs(text) {
      let alone = try Job(text: run.text, file: "job.yaml")
      #expect(try alone.outputFolder == Job(run).outputFolder)
      #expect(alone.excludedAreas == [Spelling("${t}")])
      #expect(try JobFile(text: run.text, path: "job.yaml").isVaried == false)
    }
  }

  @Test(arguments: [
    ("output: { folder: res }\n", ["res/a-1", "res/a-2"]),
    ("output: { folder: \"res/${t}/${variant}\" }\n", ["res/1/a", "res/2/a"]),
    ("", ["out/a-1", "out/a-2"]),
  ])
  func folders(output: String, expected: [String]) throws {
    let text = "variants: { a: {} }\nmatrix: { t: [1, 2] }\ntolerance: ${t}\n"
    #expect(try jobs(text + output).map(\.outputFolder) == expected)
  }

  @Test func variantsMergeDeeplyAndRemove() throws {
    let text = """
      tolerance: 3
      variants:
        same:
        other: { demand: { file: other.csv }, tolerance: ~, output: { folder: mine } }

      """
    let jobs = try jobs(text)
    #expect(jobs.map(\.tolerance) == [3, 1])
    #expect(jobs.map { $0.sides.demand.files[0].name } == ["demand.csv", "other.csv"])
    #expect(jobs.map(\.outputFolder) == ["out/same", "mine"])
  }

  @Test(arguments: [
    (
      "matrix: { area: [a] }\nname: ${aera}\n",
      "2:7: unknown name \"${aera}\"; expected one of: ${area}, ${run}. Did you mean \"${area}\"?"
    ),
    ("name: x${area}\n", "1:7: ${area} stands for nothing: the job has no `matrix`"),
    ("matrix: { t: [1, 2] }\n", "1:11: nothing in the job uses the list \"t\" of `matrix`"),
    ("matrix: { run: [1, 2] }\n", "1:11: a list of `matrix` is called \"run\""),
    ("matrix: { \"1a\": [1, 2] }\n", "1:11: a list of `matrix` is called \"1a\""),
    ("matrix: { t: [{ a: 1 }] }\n", "1:15: `matrix.t` is keys; expected a text"),
    ("matrix: { t: [] }\n", "1:14: an empty list"),
    ("matrix: 3\n", "1:9: `matrix` is \"3\"; expected names"),
    ("variants: {}\n", "1:11: `variants` is keys; expected names"),
    ("variants: { a: text }\n", "1:16: `variants.a` is \"text\"; expected the keys"),
    ("variants: { a: { measurs: ~ } }\n", "1:18: the key \"measurs\" has no value"),
  ])
  func refusals(text: String, message: String) throws {
    let failure = #expect(throws: Failure.self) { try runs(text) }
    let found = failure?.description ?? ""
    #expect(found.hasPrefix("job.yaml:" + message), "\(found)")
  }

  @Test func placesInsideVariantsAreTheirs() throws {
    let text = "variants: { a: { tolerance: x } }\n"
    let failure = #expect(throws: Failure.self) { try jobs(text) }
    #expect(failure?.place == Place(file: "job.yaml", line: 1, column: 29))
  }
}
