import Extracts
import Jobs
import Runs
import Foundation
import Mismatch

/// The record of a run, as `manifest.json`: enough to say how every number came about and to run it
/// again.
///
/// It holds no clock, no machine and no thread count, so the same run has the same manifest.
package struct Manifest: Encodable {
  /// Options of the command that a result may depend on.
  package struct Options: Codable, Sendable, Equatable {
    package var seed: UInt64

    package init(seed: UInt64) { self.seed = seed }
  }

  private struct Input: Encodable {
    let name: String
    let role: String
    let bytes: Int
    let rows: Int
    let sha256: String
    /// What is known of a file that was fetched; nil for any other.
    let source: FetchRecord?
  }

  /// A file that the run wrote.
  struct Output: Codable, Sendable {
    let name: String
    let bytes: Int
    let sha256: String
  }

  private struct JobRecord: Encodable {
    let name: String
    let title: String
    let text: String
  }

  fileprivate struct SideRecord: Encodable {
    let kind: String
    /// Of the published figures; nil where they are counts.
    let unit: String?
    let rounding: String
    let zeroIsExact: Bool
    let markers: [String: String]
    let point: String
    /// What areas without a row have: no count, 0, or what published totals leave them.
    let absentAreas: String
  }

  private struct GuardRecord: Encodable {
    let narrowerThan: Double
    let publish: String
  }

  private struct GridRecord: Encodable {
    let period: String
    let areas: Int
    /// Areas without a count, by side.
    let absentAreas: [String: Int]
    let sectors: Int
    let calls: [String: Int]
    /// Cells that were tested.
    let tests: Int

    init(_ outcome: PeriodOutcome, callsCells: Bool) {
      let (grid, inference) = (outcome.grid, outcome.results[Inference.self])
      let counts = callsCells ? inference?.callCounts ?? [:] : [:]
      period = grid.period
      areas = grid.areas.count
      absentAreas = [
        Side.provision.rawValue: grid.provision.absentAreas.count,
        Side.demand.rawValue: grid.demand.absentAreas.count,
      ]
      sectors = grid.sectors.count
      calls = Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
      tests = callsCells ? inference?.findings.count { $0.pValue != nil } ?? 0 : 0
    }
  }

  private static let engineName = "mismatch"

  /// What is recorded of every run.
  private let run: RunRecord
  /// What analyses add, by keys.
  private let analyses: [String: any Encodable & Sendable]

  init(_ outcome: Outcome, options: Options, outputs: [Output]) {
    run = RunRecord(outcome, options: options, outputs: outputs)
    analyses = AnalysisCatalogue.records(of: outcome)
  }

  package func encode(to encoder: any Encoder) throws {
    try run.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    for (key, record) in analyses { try container.encode(record, forKey: Key(stringValue: key)) }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    package init(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }
  }

  private struct RunRecord: Encodable {
    let engine = Manifest.engineName
    let version = engineVersion
    let job: JobRecord
    let options: Options
    let inputs: [Input]
    let sources: [SourceRecord]
    let focusArea: String?
    let provision: SideRecord
    let demand: SideRecord
    let excludedAreas: [String]
    let excludedSectors: [String]
    let tolerancePercentagePoints: Double
    let disclosureGuard: GuardRecord
    let measures: [String]
    let grids: [GridRecord]
    let balance: [ReconciliationRecord]
    let balancing: [RakingRecord]?
    let caveats: [String]
    let warnings: [String]
    let accepted: [String: String]
    let checks: [CheckRow]
    let outputs: [Output]

    init(_ outcome: Outcome, options: Options, outputs: [Output]) {
      let job = outcome.job
      self.job = JobRecord(name: job.name, title: job.title, text: job.text)
      self.options = options
      inputs = outcome.inputs.map {
        Input(
          name: $0.name, role: $0.role, bytes: $0.byteCount, rows: $0.rowCount, sha256: $0.sha256,
          source: outcome.fetchRecord(of: $0))
      }
      sources = inputs.compactMap { $0.source.map(SourceRecord.init) }.reduce(into: job.sources) {
        if !$0.contains($1) { $0.append($1) }
      }
      focusArea = job.areas.focus
      provision = SideRecord(job.sides.provision)
      demand = SideRecord(job.sides.demand)
      excludedAreas = Codebook.sorted(job.excludedAreas)
      excludedSectors = Codebook.sorted(job.excludedSectors)
      tolerancePercentagePoints = job.tolerance
      disclosureGuard = GuardRecord(
        narrowerThan: job.disclosure.leastWidth, publish: job.disclosure.publication.rawValue)
      measures = job.measures.map(\.name)
      grids = outcome.periods.map { GridRecord($0, callsCells: job.callsCells) }
      balance = outcome.reconciliations.map(ReconciliationRecord.init)
      balancing = RakingRecord.records(of: outcome)
      caveats = outcome.caveats
      warnings = outcome.warnings
      accepted = job.accepted
      checks = outcome.checks
      self.outputs = outputs
    }
  }

  static let fileName = OutputCatalogue.manifestName

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

extension Manifest.SideRecord {
  fileprivate init(_ job: SideJob) {
    kind = job.kind.name
    unit = job.unitText
    rounding = job.roundingText
    zeroIsExact = job.blocks.allSatisfy(\.figures.zeroIsExact)
    let markers = job.further.reduce(job.figures.markers) { $0.merging($1.figures.markers) { $1 } }
    self.markers = markers.reduce(into: [:]) {
      let upper = $1.value.upper.isFinite ? NumberText.text(of: $1.value.upper) : ""
      $0[$1.key.text] =
        "\($1.value.status.text): \(NumberText.text(of: $1.value.lower))..\(upper)"
    }
    point = job.figures.imputationText
    absentAreas =
      job.keepsAbsentAreas ? "no count" : job.absentAreasAreZero ? "zero" : "balance-to"
  }
}

/// The account of one side in one period: published = mapped + unmapped + filtered + unusable.
package struct ReconciliationRecord: Codable, Sendable {
  struct Filtered: Codable, Sendable {
    let byWhere: Double
    let byPeriod: Double
    package let totals: Double
    let excluded: Double
  }

  package struct Unmapped: Codable, Sendable {
    package let area: Double
    package let category: Double
  }

  /// Marked figures: what the job's point rule gave them, beside the published counts.
  package struct Marked: Codable, Sendable {
    package let counts: [String: Int]
    package let imputed: Double
    let imputedMapped: Double
    let withoutPoint: Int
  }

  /// What one input has of the period: rows, counts that passed the filters, and counts that did not.
  package struct Input: Codable, Sendable {
    package let name: String
    package let rows: Int
    package let published: Double
    let byWhere: Double
    let totals: Double

    init(name: String, _ account: InputAccount) {
      self.name = name
      let amounts = [account.published, account.filteredByWhere, account.filteredAsTotals]
      rows = amounts.reduce(0) { $0 + $1.rowCount }
      published = account.published.sum.value
      byWhere = account.filteredByWhere.sum.value
      totals = account.filteredAsTotals.sum.value
    }
  }

  package let side: String
  package let period: String
  package let rows: Int
  let rowsFilteredByWhere: Int
  package let published: Double
  package let mapped: Double
  package let unmapped: Double
  package let filtered: Double
  /// Published counts that could not be used: 0, since a marked figure publishes no count.
  let unusable: Double
  let unmappedBy: Unmapped
  let filteredBy: Filtered
  package let marked: Marked
  /// Published numbers of a status such as e (estimated) or p (provisional), by status.
  let noted: [String: Int]
  package let inputs: [Input]

  package init(_ row: Outcome.ReconciliationRow) {
    let reconciliation = row.reconciliation
    side = row.subject.text
    period = row.period
    rows = reconciliation.rowCount
    rowsFilteredByWhere = reconciliation.filteredByWhere.rowCount
    published = reconciliation.published
    mapped = reconciliation.mapped
    unmapped = reconciliation.unmapped
    filtered = reconciliation.filtered
    unusable = 0
    unmappedBy = Unmapped(
      area: reconciliation.counts.unmappedArea.value,
      category: reconciliation.counts.unmappedCategory.value)
    filteredBy = Filtered(
      byWhere: reconciliation.filteredByWhere.sum.value,
      byPeriod: reconciliation.filteredByPeriod.sum.value,
      totals: reconciliation.filteredAsTotals.sum.value,
      excluded: reconciliation.counts.excluded.value)
    marked = Marked(
      counts: reconciliation.markedCounts.byText, imputed: reconciliation.imputed.published.value,
      imputedMapped: reconciliation.imputed.mapped.value, withoutPoint: reconciliation.unusableCount
    )
    noted = reconciliation.notedCounts.byText
    inputs = row.inputs.map(Input.init)
  }
}

extension [Status: Int] {
  /// The same by the text of each status.
  fileprivate var byText: [String: Int] {
    [String: Int](uniqueKeysWithValues: map { ($0.key.text, $0.value) })
  }
}
