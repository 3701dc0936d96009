import Extracts
import Jobs
import Dense
import Mismatch

/// A named calculation on the grids of a run: what a job asks of it, what it reads and needs, what it calculates,
/// and what the files, the manifest and the summary say of that.
///
/// A new one is a folder beside this file and a line in ``AnalysisCatalogue``.
protocol Analysis: Sendable {
  /// What a job asks of it.
  associatedtype Request: Sendable

  /// What a job asks; nil where it does not ask.
  static func request(of job: Job) -> Request?

  /// Looks for what cannot be, given the rest of the job.
  ///
  /// - Throws: ``Failure`` with line and column of what is wrong.
  static func verify(_ request: Request, _ job: Job) throws

  /// Whether it needs both sides in their own codes beside the grids.
  static func needsSources(_ request: Request, _ job: Job) -> Bool

  /// Sides that it needs in all periods that their inputs hold, compared or not.
  static func seriesSides(_ request: Request) -> Set<Side>

  /// A side in a period beyond those that its inputs hold, on the grid; nil where it foresees none.
  ///
  /// - Throws: ``Failure`` for a period that it cannot foresee.
  static func forecast(
    _ request: Request, _ period: String, of series: SideSeries, _ job: Job, workerCount: Int
  ) throws -> Table?

  /// The files that it reads.
  static func tables(of request: Request) -> [TableJob]

  /// Extracts that it needs aligned to the grid's areas, read and checked as the sides are.
  static func extracts(of request: Request) -> [SideJob]

  /// Bytes that it takes for each cell of a grid, and besides those.
  static func bytesPerCell(_ request: Request, _ job: Job) -> Int
  static func byteCount(_ request: Request, _ job: Job, _ size: GridSize) -> Int

  /// Why the job's periods must be in a known order, as a clause; nil where they need not be.
  static func needOfOrder(_ request: Request) -> String?

  /// What it will take, in lines for people, where that is known before counts are read.
  static func plan(_ request: Request, _ setting: AnalysisSetting) throws -> [String]

  /// What it works out of one grid in a loop beside those of other analyses; nil where it has none.
  static func work(_ request: Request, on grid: Grid, number: Int, _ setting: AnalysisSetting)
    -> GridWork?

  /// Works out what looks at whole grids, or at one after another.
  ///
  /// - Throws: ``Failure`` for whatever is wrong in its inputs.
  static func calculate(
    _ request: Request, _ outcome: inout Outcome, _ setting: AnalysisSetting) throws

  /// What a report says of its files; nil where it says nothing.
  static var section: ReportSection? { get }

  /// Its files, those that take longest first.
  static var outputs: [OutputTable] { get }

  /// What the manifest says of it, by keys.
  static func records(_ request: Request, _ outcome: Outcome) -> [String: any Encodable & Sendable]

  /// What an analyst should know of it, one sentence each.
  static func caveats(_ request: Request, _ outcome: Outcome) -> [String]
}

extension Analysis {
  static func verify(_ request: Request, _ job: Job) throws {}

  package static func needsSources(_ request: Request, _ job: Job) -> Bool { false }

  package static var section: ReportSection? { nil }

  static func seriesSides(_ request: Request) -> Set<Side> { [] }

  static func forecast(
    _ request: Request, _ period: String, of series: SideSeries, _ job: Job, workerCount: Int
  ) throws -> Table? { nil }

  package static func tables(of request: Request) -> [TableJob] { [] }

  static func extracts(of request: Request) -> [SideJob] { [] }

  static func bytesPerCell(_ request: Request, _ job: Job) -> Int { 0 }

  package static func byteCount(_ request: Request, _ job: Job, _ size: GridSize) -> Int { 0 }

  package static func needOfOrder(_ request: Request) -> String? { nil }

  package static func plan(_ request: Request, _ setting: AnalysisSetting) throws -> [String] { [] }

  package static func work(
    _ request: Request, on grid: Grid, number: Int, _ setting: AnalysisSetting
  ) -> GridWork? { nil }

  package static func calculate(
    _ request: Request, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {}

  package static func records(_ request: Request, _ outcome: Outcome) -> [String: any Encodable
    & Sendable]
  {
    [:]
  }

  package static func caveats(_ request: Request, _ outcome: Outcome) -> [String] { [] }
}

/// An analysis with a block of its own in the job.
protocol BlockAnalysis: Analysis {
  /// The key of the block.
  static var key: String { get }

  /// Decodes the block; paths start from `folder`.
  ///
  /// - Throws: ``Failure`` with line and column of what is wrong.
  static func decode(_ node: JobNode, folder: String) throws -> Request
}

extension BlockAnalysis {
  package static func request(of job: Job) -> Request? { job.requests[Request.self] }
}

/// A loop over a grid, and what takes up its results.
struct GridWork {
  let loop: any AnyBlockLoop
  let finish: (inout PeriodOutcome) -> Void
}

/// How large the grids are, and how many threads work on them.
struct GridSize {
  let areas: Int
  let sectors: Int
  let workerCount: Int
}

/// What analyses know and may use beyond the outcome so far.
struct AnalysisSetting {
  let job: Job
  /// From categories to sectors, where a side has one.
  let crosswalks: Sides<WeightedMap?>
  /// The group of each area, where the job has groups.
  let groupOfArea: [Spelling: String]
  let areas: Codebook
  let sectors: Codebook
  let periodCount: Int
  let workerCount: Int
  /// What the tables leave.
  let budget: MemoryBudget
  let seed: UInt64
  let long: LongWork
  let onRead: @Sendable (Int) -> Void
}
