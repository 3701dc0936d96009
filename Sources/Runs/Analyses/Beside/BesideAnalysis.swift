import Extracts
import Jobs
import Mismatch

/// Indicators that stand beside the matrix: other extracts on its areas, as they are or divided by counts.
enum BesideAnalysis: BlockAnalysis {
  typealias Request = BesideJob

  static let key = "beside"

  static func decode(_ node: JobNode, folder: String) throws -> BesideJob {
    try node.beside(folder: folder)
  }

  static func tables(of request: BesideJob) -> [TableJob] {
    extracts(of: request).flatMap(\.tables)
  }

  static func extracts(of request: BesideJob) -> [SideJob] { request.entries.map(\.extract) }

  static func calculate(
    _ request: BesideJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    var found: [IndicatorPeriod] = []
    for entry in request.entries {
      guard let own = outcome.extract(entry.extract.subject) else { continue }
      guard let divisor = entry.divisor else {
        found += own.periods.map { period in
          IndicatorPeriod(
            entry: entry, per: nil, label: period.label, divisorLabel: nil,
            indicator: entry.extract.kind == .rate
              ? Indicator(rates: period.figures) : Indicator(counts: period.figures))
        }
        continue
      }
      let name = request.divisorName(entry)
      let divisors = outcome.periods(of: divisor, in: request)
      let pairs = try outcome.job.pairs(own, divisors.map(\.label), name ?? "")
      found += pairs.map { number, other in
        IndicatorPeriod(
          entry: entry, per: name, label: own.labels[number], divisorLabel: divisors[other].label,
          indicator: Indicator(
            counts: own.periods[number].figures, per: entry.multiplier,
            of: divisors[other].figures))
      }
    }
    outcome.results[BesideResult.self] = BesideResult(periods: found)
  }

  static let outputs: [OutputTable] = [.beside]

  static let section: ReportSection? = .beside

  private struct Record: Encodable, Sendable {
    let name: String
    let kind: String
    let unit: String?
    let rounding: String
    let point: String
    let per: String?
    let multiplier: Double
  }

  static func records(_ request: BesideJob, _ outcome: Outcome) -> [String: any Encodable
    & Sendable]
  {
    [
      key: request.entries.map { entry in
        Record(
          name: entry.name, kind: entry.extract.kind.name, unit: entry.extract.unitText,
          rounding: entry.extract.roundingText, point: entry.extract.figures.imputationText,
          per: request.divisorName(entry), multiplier: entry.multiplier)
      }
    ]
  }
}

/// An indicator of one period.
struct IndicatorPeriod: Sendable {
  let entry: BesideJob.Entry
  /// What it is divided by; nil where it is not.
  let per: String?
  let label: String
  let divisorLabel: String?
  let indicator: Indicator
}

/// All indicators of a job, in its order, each by time.
struct BesideResult: Sendable {
  let periods: [IndicatorPeriod]
}

extension Outcome {
  fileprivate func extract(_ subject: Subject) -> AlignedExtract? {
    extracts.first { $0.job.subject == subject }
  }

  /// The counts that others are divided by: of each of their periods, by area.
  fileprivate func periods(of divisor: BesideJob.Divisor, in request: BesideJob)
    -> [AlignedExtract.Period]
  {
    switch divisor {
    case .indicator(let number):
      return extract(request.entries[number].extract.subject)?.periods ?? []
    case .side(let side):
      var met: Set<Spelling> = []
      return zip(grids, compared.pairs).compactMap { grid, pair in
        let label = pair.label(of: side)
        guard met.insert(Spelling(label)).inserted else { return nil }
        return AlignedExtract.Period(
          label: label, figures: areas.codes.indices.map { grid[side].profile(area: $0).total })
      }
    }
  }
}

extension Job {
  /// Which period of an extract goes with which of its divisor: the same one, or all where either has one alone.
  ///
  /// - Throws: ``Failure`` for a period that the divisor lacks.
  fileprivate func pairs(_ own: AlignedExtract, _ divisors: [String], _ name: String) throws -> [(
    own: Int, divisor: Int
  )] {
    if own.labels.count == 1 { return divisors.indices.map { (0, $0) } }
    if divisors.count == 1 { return own.labels.indices.map { ($0, 0) } }
    let known = PeriodLabels(divisors)
    return try own.labels.enumerated().map { number, label in
      guard let same = known.label(for: label),
        let other = divisors.firstIndex(where: { $0.isSpelt(as: same) })
      else {
        throw Failure(
          .badData, at: Place(file: own.job.table.files.first?.path ?? file),
          "\(own.job.subject.text) has the period \"\(label)\", which \(name) lacks",
          expected: "one of " + Failure.examples(known.sorted),
          advice: "Keep the same periods of both with `where`, or one period of either")
      }
      return (number, other)
    }
  }
}
