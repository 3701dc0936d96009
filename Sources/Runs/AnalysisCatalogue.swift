import Extracts
import Jobs
import Dense
import Mismatch

/// All analyses, in the order in which they run.
package enum AnalysisCatalogue {
  static let all: [any Analysis.Type] = [
    ShareIndexAnalysis.self,
    InferenceAnalysis.self,
    AreaMeasureAnalysis.self,
    TypologyAnalysis.self,
    DecompositionAnalysis.self,
    ShiftShareAnalysis.self,
    TrendAnalysis.self,
    MatchingAnalysis.self,
    ScenariosAnalysis.self,
    BesideAnalysis.self,
    SmoothingAnalysis.self,
    SpaceAnalysis.self,
    CommissioningAnalysis.self,
    TransportAnalysis.self,
    SensitivityAnalysis.self,
  ]

  /// The blocks of a job that they decode.
  static var blocks: [JobBlock] { all.compactMap { ($0 as? any BlockAnalysis.Type)?.block } }

  /// What a report says of their files, in their order.
  package static var sections: [ReportSection] { all.compactMap { $0.section } }

  /// Looks for what the blocks of a job ask and the rest of it does not allow.
  static func verify(_ job: Job) throws {
    for analysis in all { try analysis.verify(job) }
    for pair in job.periodPairs ?? [] {
      for side in Side.allCases {
        guard let period = pair.forecast(of: side), !needsSeries(side, job) else { continue }
        throw Failure(
          .badData, at: Place(file: job.file),
          "\(side.rawValue) of \"\(period)\" is to be a forecast, and no analysis of the job foresees it",
          advice: "Add `trend: { side: \(side.rawValue) }`")
      }
    }
  }

  /// Whether both sides of a job are needed in their own codes beside the grids.
  static func needsSources(_ job: Job) -> Bool { all.contains { $0.needsSources(job) } }

  /// Extracts that a job needs beside its sides.
  static func extracts(of job: Job) -> [SideJob] { all.flatMap { $0.extracts(of: job) } }

  /// Whether a side is needed in all periods that its inputs hold.
  static func needsSeries(_ side: Side, _ job: Job) -> Bool {
    all.contains { $0.seriesSides(job).contains(side) }
  }

  /// A side in a period beyond those of its inputs, on the grid; nil where no analysis of the job foresees it.
  static func forecast(
    _ period: String, of series: SideSeries, _ job: Job, workerCount: Int
  ) throws -> Table? {
    for analysis in all {
      let table = try analysis.forecast(period, of: series, job, workerCount: workerCount)
      if let table { return table }
    }
    return nil
  }

  /// Bytes for each cell of a grid.
  static func bytesPerCell(_ job: Job) -> Int { all.reduce(0) { $0 + $1.bytesPerCell(job) } }

  /// Bytes besides those for each cell.
  static func byteCount(_ job: Job, _ size: GridSize) -> Int {
    all.reduce(0) { $0 + $1.byteCount(job, size) }
  }

  /// Why the periods of a job must be in a known order, as a clause; nil where they need not be.
  static func needOfOrder(_ job: Job) -> String? {
    all.lazy.compactMap { $0.needOfOrder(job) }.first
  }

  /// What the analyses of a job will take, in lines for people.
  static func plan(_ setting: AnalysisSetting) throws -> [String] {
    try all.flatMap { try $0.plan(setting) }
  }

  /// Works out all that a job asks for.
  static func run(on outcome: inout Outcome, _ setting: AnalysisSetting) throws {
    for number in outcome.periods.indices {
      let grid = outcome.periods[number].grid
      let works = all.compactMap { $0.work(on: grid, number: number, setting) }
      runTogether(works.map(\.loop), workerCount: setting.workerCount)
      for work in works { work.finish(&outcome.periods[number]) }
    }
    for analysis in all { try analysis.calculate(&outcome, setting) }
  }

  /// What the manifest says of the analyses, by keys.
  package static func records(of outcome: Outcome) -> [String: any Encodable & Sendable] {
    all.reduce(into: [:]) { records, analysis in
      records.merge(analysis.records(of: outcome)) { first, _ in first }
    }
  }
}

// The same as the analysis has it, where a job asks for it.
extension Analysis {
  fileprivate static func verify(_ job: Job) throws {
    if let request = request(of: job) { try verify(request, job) }
  }

  fileprivate static func needsSources(_ job: Job) -> Bool {
    request(of: job).map { needsSources($0, job) } ?? false
  }

  fileprivate static func extracts(of job: Job) -> [SideJob] {
    request(of: job).map { extracts(of: $0) } ?? []
  }

  fileprivate static func seriesSides(_ job: Job) -> Set<Side> {
    request(of: job).map(seriesSides) ?? []
  }

  fileprivate static func forecast(
    _ period: String, of series: SideSeries, _ job: Job, workerCount: Int
  ) throws -> Table? {
    try request(of: job).flatMap {
      try forecast($0, period, of: series, job, workerCount: workerCount)
    }
  }

  fileprivate static func bytesPerCell(_ job: Job) -> Int {
    request(of: job).map { bytesPerCell($0, job) } ?? 0
  }

  fileprivate static func byteCount(_ job: Job, _ size: GridSize) -> Int {
    request(of: job).map { byteCount($0, job, size) } ?? 0
  }

  fileprivate static func needOfOrder(_ job: Job) -> String? {
    request(of: job).flatMap(needOfOrder)
  }

  fileprivate static func plan(_ setting: AnalysisSetting) throws -> [String] {
    try request(of: setting.job).map { try plan($0, setting) } ?? []
  }

  fileprivate static func work(
    on grid: Grid, number: Int, _ setting: AnalysisSetting
  ) -> GridWork? {
    request(of: setting.job).flatMap { work($0, on: grid, number: number, setting) }
  }

  fileprivate static func calculate(_ outcome: inout Outcome, _ setting: AnalysisSetting) throws {
    if let request = request(of: outcome.job) { try calculate(request, &outcome, setting) }
  }

  fileprivate static func records(of outcome: Outcome) -> [String: any Encodable & Sendable] {
    request(of: outcome.job).map { records($0, outcome) } ?? [:]
  }

  fileprivate static func caveats(of outcome: Outcome) -> [String] {
    request(of: outcome.job).map { caveats($0, outcome) } ?? []
  }
}

extension BlockAnalysis {
  fileprivate static var block: JobBlock {
    JobBlock(key: key) { node, folder, requests in
      let request = try decode(node, folder: folder)
      requests[Request.self] = request
      return tables(of: request)
    }
  }
}

extension Outcome {
  /// What follows from the kinds of the two sides, from intervals, scaling and analyses.
  package var caveats: [String] {
    Kind.caveats(provision: job.sides.provision.kind, demand: job.sides.demand.kind)
      + [job.inference.caveat(weights: job.weightBases)]
      + scalings.map(\.caveat) + AnalysisCatalogue.all.flatMap { $0.caveats(of: self) }
  }
}
