import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A small job: keys of its two sides over usual ones, other keys, and the files that it reads.
struct Example {
  var provision: [String: String] = [:]
  var demand: [String: String] = [:]
  /// Further keys of the job, a line each.
  var keys: [String] = []
  var files: [String: String] = [:]
  var workerCount = 1

  /// The usual counts: two towns, two trades.
  static let counts = "area,sector,count\nA,x,10\nA,y,20\nB,x,30\nB,y,40\n"

  init(
    provision: [String: String] = [:], demand: [String: String] = [:], keys: [String] = [],
    files: [String: String] = [:]
  ) {
    self.provision = provision
    self.demand = demand
    self.keys = keys
    self.files = files
  }

  /// The text of the job file.
  var text: String {
    let usual = ["area": "area", "category": "sector", "value": "count"]
    func side(_ name: String, _ kind: String, _ own: [String: String]) -> String {
      let all = usual.merging(["kind": kind, "file": "\(name).csv"]) { $1 }
        .merging(own) { $1 }
      let lines = all.filter { $0.value != "-" }.sorted { $0.key < $1.key }
      return "\(name):\n" + lines.map { "  \($0.key): \($0.value)\n" }.joined()
    }
    let hasOutput = keys.contains { $0.hasPrefix("output:") }
    return keys.map { $0 + "\n" }.joined() + side("provision", "people", provision)
      + side("demand", "vacancies", demand) + (hasOutput ? "" : "output: { files: all }\n")
  }

  /// Writes the files and decodes the job in a folder.
  func job(in folder: TestFolder) throws -> Job {
    for (name, text) in ["provision.csv": Self.counts, "demand.csv": Self.counts] {
      if files[name] == nil { try folder.write(name, text) }
    }
    for (name, text) in files { try folder.write(name, text) }
    return try Job(text: text, file: try folder.write("job.yaml", text))
  }

  /// Runs the job on its files.
  func run() throws -> Outcome {
    let folder = try TestFolder()
    return try Session(try job(in: folder), workerCount: workerCount).run()
  }

  /// How the run fails, with paths from the job's folder on; nil where it does not.
  func failure() throws -> Failure? {
    let folder = try TestFolder()
    do {
      _ = try Session(try job(in: folder), workerCount: workerCount).run()
      return nil
    } catch var failure as Failure {
      failure.found = failure.found.replacing(folder.path + "/", with: "")
      failure.place?.file.replace(folder.path + "/", with: "")
      return failure
    }
  }
}

extension Outcome {
  /// A cell of a grid; nil where the grid has no such area or sector.
  func figure(_ side: Side, _ area: String, _ sector: String, grid: Int = 0) -> Figure? {
    guard let row = areas.position(of: area), let column = sectors.position(of: sector) else {
      return nil
    }
    let pair = grids[grid].pair(area: row)
    return (side == .provision ? pair.provision : pair.demand).cells[column]
  }

  func value(_ side: Side, _ area: String, _ sector: String, grid: Int = 0) -> Double? {
    figure(side, area, sector, grid: grid)?.value
  }

  /// The bounds of a cell as `[lower, upper]`.
  func bounds(_ side: Side, _ area: String, _ sector: String, grid: Int = 0) -> [Double]? {
    figure(side, area, sector, grid: grid).map { [$0.lower, $0.upper] }
  }
}
