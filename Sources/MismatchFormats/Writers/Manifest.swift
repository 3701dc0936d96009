import Foundation
import Mismatch

/// The record of a run, as `manifest.json`: enough to say how every number came about and to run it
/// again.
///
/// It holds no clock, no machine and no thread count, so the same run has the same manifest.
package struct Manifest: Codable, Sendable {
  /// Options of the command that a result may depend on.
  package struct Options: Codable, Sendable {
    package var seed: UInt64

    package init(seed: UInt64) { self.seed = seed }
  }

  struct Input: Codable {
    let name: String
    let role: String
    let bytes: Int
    let rows: Int
    let sha256: String
  }

  /// A file that the run wrote.
  struct Output: Codable, Sendable {
    let name: String
    let bytes: Int
    let sha256: String
  }

  struct JobRecord: Codable {
    let name: String
    let text: String
  }

  struct SideRecord: Codable {
    let kind: String
    let rounding: String
    let zeroIsExact: Bool
    let markers: [String: String]
    let point: String
    /// What areas without a row have: no count, 0, or what published totals leave them.
    let absentAreas: String
  }

  struct GuardRecord: Codable {
    let narrowerThan: Double
    let publish: String
  }

  /// How a transport was weighed, and how its plans ended.
  struct TransportRecord: Codable {
    struct PlanRecord: Codable {
      let period: String
      let plan: String
      let iterations: Int?
      let leastCost: String
    }

    let distance: String
    let kilometresPerUnit: Double
    let skillDistance: String
    let regularisation: Double
    let mass: String
    let massPenalty: Double?
    let plans: [PlanRecord]
  }

  struct GridRecord: Codable {
    let period: String
    let areas: Int
    /// Areas without a count, by side.
    let absentAreas: [String: Int]
    let sectors: Int
    let calls: [String: Int]
    /// Cells that were tested.
    let tests: Int
  }

  /// Which kinds of intervals were used.
  struct IntervalsRecord: Codable {
    let kinds: [String]
    let level: Double
    let draws: Int
  }

  /// What cells were called against.
  ///
  /// Without sampling no test is made, and the interval alone decides.
  struct CallsRecord: Codable {
    let null: String
    let errorRate: Double
    let control: String
  }

  /// The rules of the decomposition.
  struct DecompositionRecord: Codable {
    let logarithm: String
    let zeroFill: Double
    let marginTolerance: Double
    /// One number for each grid.
    let leftOutCells: [Int]
  }

  struct MatchingRecord: Codable {
    let vacancyShare: Double
    let substitution: Double?
    let startingRate: Double?
  }

  private static let engineName = "mismatch"

  let engine: String
  let version: String
  let job: JobRecord
  let options: Options
  let inputs: [Input]
  let provision: SideRecord
  let demand: SideRecord
  let excludedAreas: [String]
  let excludedSectors: [String]
  let tolerancePercentagePoints: Double
  let intervals: IntervalsRecord
  let calls: CallsRecord
  let disclosureGuard: GuardRecord
  let measures: [String]
  let space: SpaceRecord?
  let decomposition: DecompositionRecord?
  let matching: MatchingRecord?
  let smoothing: [String]
  let grids: [GridRecord]
  let transport: TransportRecord?
  let balance: [BalanceRecord]
  let balancing: [BalancingRecord]?
  let typology: TypologyRecord?
  let caveats: [String]
  let warnings: [String]
  let accepted: [String: String]
  let checks: [CheckRow]
  let outputs: [Output]

  init(_ outcome: Outcome, options: Options, outputs: [Output]) throws {
    let job = outcome.job
    engine = Manifest.engineName
    version = engineVersion
    self.job = JobRecord(name: job.name, text: job.text)
    self.options = options
    inputs = outcome.inputs.map {
      Input(name: $0.name, role: $0.role, bytes: $0.byteCount, rows: $0.rowCount, sha256: $0.sha256)
    }
    provision = SideRecord(job.provision)
    demand = SideRecord(job.demand)
    excludedAreas = Codebook.sorted(job.excludedAreas)
    excludedSectors = Codebook.sorted(job.excludedSectors)
    tolerancePercentagePoints = job.tolerance
    intervals = IntervalsRecord(job.inference)
    calls = CallsRecord(job.inference)
    disclosureGuard = GuardRecord(
      narrowerThan: job.disclosure.leastWidth, publish: job.disclosure.publication.rawValue)
    measures = job.measures.map(\.name)
    space = SpaceRecord(outcome)
    decomposition = job.decomposes ? DecompositionRecord(outcome) : nil
    matching = job.matching.map {
      MatchingRecord(
        vacancyShare: $0.vacancyShare, substitution: $0.substitution, startingRate: $0.start)
    }
    smoothing = job.smoothing.map(\.rawValue)
    grids = zip(outcome.grids, outcome.inferences).map { grid, inference in
      let calls = job.callsCells ? inference.callCounts : [:]
      return GridRecord(
        period: grid.period, areas: grid.areas.count,
        absentAreas: [
          Side.provision.rawValue: grid.provision.absentAreas.count,
          Side.demand.rawValue: grid.demand.absentAreas.count,
        ], sectors: grid.sectors.count,
        calls: Dictionary(uniqueKeysWithValues: calls.map { ($0.key.rawValue, $0.value) }),
        tests: job.callsCells ? inference.findings.count { $0.pValue != nil } : 0)
    }
    transport = job.transport.map { TransportRecord($0, outcome.transports) }
    balance = outcome.balances.map(BalanceRecord.init)
    balancing = BalancingRecord.records(of: outcome)
    typology = job.typology.map(TypologyRecord.init)
    caveats = outcome.caveats
    warnings = outcome.warnings
    accepted = job.accepted
    checks = outcome.checks
    self.outputs = outputs
  }

  static let fileName = "manifest.json"

  /// The files that the run in a folder wrote; nil where no run of ours wrote there.
  static func outputs(ofRunIn folder: String) -> [Output]? {
    struct Engine: Decodable { let engine: String }
    struct Record: Decodable { let outputs: [Output] }
    guard
      let text = try? TextFile.read("\(folder)/\(fileName)"),
      let engine = try? JSONDecoder().decode(Engine.self, from: Data(text.utf8)),
      engine.engine == engineName
    else { return nil }
    // Earlier versions recorded names alone, which prove nothing.
    return (try? JSONDecoder().decode(Record.self, from: Data(text.utf8)))?.outputs ?? []
  }
}

extension Manifest.IntervalsRecord {
  fileprivate init(_ rule: InferenceRule) {
    kinds = rule.kinds.texts
    level = rule.level
    draws = rule.draws
  }
}

extension Manifest.CallsRecord {
  fileprivate init(_ rule: InferenceRule) {
    null = rule.null.rawValue
    errorRate = rule.errorRate
    control = rule.control.rawValue
  }
}

extension Manifest.DecompositionRecord {
  fileprivate init(_ outcome: Outcome) {
    logarithm = "natural"
    zeroFill = InformationChange.zeroFill
    marginTolerance = MarginAdjustment.tolerance
    leftOutCells = outcome.decompositions.map(\.areas.leftOutCount)
  }
}

extension Manifest.SideRecord {
  fileprivate init(_ job: SideJob) {
    kind = job.kind.name
    rounding = job.figures.roundingText
    zeroIsExact = job.figures.zeroIsExact
    markers = job.figures.markers.reduce(into: [:]) {
      let upper = $1.value.upper.isFinite ? NumberText.text(of: $1.value.upper) : ""
      $0[$1.key.text] =
        "\($1.value.status.text): \(NumberText.text(of: $1.value.lower))..\(upper)"
    }
    point = job.figures.pointText
    absentAreas =
      job.keepsAbsentAreas ? "no count" : job.absentAreasAreZero ? "zero" : "balance-to"
  }
}

extension Manifest.TransportRecord {
  fileprivate init(_ job: TransportJob, _ results: [TransportResult]) {
    switch job.ways {
    case .coordinates(let coordinates):
      if case .geographic = coordinates.system {
        distance = "great circle"
      } else {
        distance = "straight line"
      }
    case .costs: distance = "table of costs"
    }
    switch job.skill {
    case .table: skillDistance = "table"
    case .crosswalk(let side): skillDistance = "overlap in the crosswalk of \(side.rawValue)"
    }
    switch job.mass {
    case .balanced: (mass, massPenalty) = ("balanced", nil)
    case .unbalanced(let penalty): (mass, massPenalty) = ("unbalanced", penalty)
    case .partial: (mass, massPenalty) = ("partial", nil)
    }
    kilometresPerUnit = job.kilometresPerUnit
    regularisation = job.regularisation
    plans = results.map {
      PlanRecord(
        period: $0.period, plan: $0.planNote, iterations: $0.plan?.iterationCount,
        leastCost: $0.exactNote)
    }
  }
}

/// The account of one input of one side in one period: published = mapped + unmapped + filtered +
/// unusable.
package struct BalanceRecord: Codable, Sendable {
  package struct Filtered: Codable, Sendable {
    package let byWhere: Double
    package let byPeriod: Double
    package let totals: Double
    package let excluded: Double
  }

  package struct Unmapped: Codable, Sendable {
    package let area: Double
    package let category: Double
  }

  /// Marked figures: what the job's point rule gave them, beside the published counts.
  package struct Marked: Codable, Sendable {
    package let counts: [String: Int]
    package let imputed: Double
    package let imputedMapped: Double
    package let withoutPoint: Int
  }

  package let side: String
  package let input: String
  package let period: String
  package let rows: Int
  package let rowsFilteredByWhere: Int
  package let published: Double
  package let mapped: Double
  package let unmapped: Double
  package let filtered: Double
  /// Published counts that could not be used: 0, since a marked figure publishes no count.
  package let unusable: Double
  package let unmappedBy: Unmapped
  package let filteredBy: Filtered
  package let marked: Marked
  /// Published numbers of a status such as e (estimated) or p (provisional), by status.
  package let noted: [String: Int]

  package init(_ row: Outcome.BalanceRow) {
    let balance = row.balance
    side = row.side.rawValue
    input = row.input
    period = row.period
    rows = balance.rowCount
    rowsFilteredByWhere = balance.filteredByWhereRowCount
    published = balance.published
    mapped = balance.mapped
    unmapped = balance.unmapped
    filtered = balance.filtered
    unusable = 0
    unmappedBy = Unmapped(
      area: balance.counts.unmappedArea.value, category: balance.counts.unmappedCategory.value)
    filteredBy = Filtered(
      byWhere: balance.filteredByWhere.value, byPeriod: balance.filteredByPeriod.value,
      totals: balance.filteredAsTotals.value, excluded: balance.counts.excluded.value)
    marked = Marked(
      counts: balance.markedCounts.byText, imputed: balance.imputed.published.value,
      imputedMapped: balance.imputed.mapped.value, withoutPoint: balance.unusableCount)
    noted = balance.notedCounts.byText
  }
}

extension [Status: Int] {
  /// The same by the text of each status.
  fileprivate var byText: [String: Int] {
    [String: Int](uniqueKeysWithValues: map { ($0.key.text, $0.value) })
  }
}
