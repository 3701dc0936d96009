import Extracts
import Jobs
import Mismatch

/// What is kept of one side, or indicator, for the checks: sums by source code, and counters of the reading.
struct SideEvidence: Sendable {
  let subject: Subject
  let job: SideJob
  let background: SideBackground
  /// Compared periods, in the order of their pairs.
  private(set) var periods: [PeriodEvidence] = []
  let sources: [EvidenceOfInput]
  /// Whether the side was added up from tallies.
  let areTallies: Bool
  /// Labels of periods with rows that the job's filters keep, compared or not.
  let periodLabels: PeriodLabels
  /// Every distinct code and period label that was read, and the codes that these are matched with.
  let texts: [(what: KeyRole, text: String)]

  init(
    _ reading: SideReading, _ mapped: MappedTally, _ job: SideJob, background: SideBackground
  ) {
    let tally = reading.tally
    subject = tally.subject
    self.job = job
    self.background = background
    areTallies = !reading.tallies.isEmpty
    let blocks = job.blocks
    sources = reading.sources.map { source in
      EvidenceOfInput(
        name: source.record.name, table: min(source.table, blocks.count - 1),
        figures: blocks[min(source.table, blocks.count - 1)].figures, trace: source.trace,
        wording: source.wording)
    }
    periodLabels = PeriodLabels(tally.usedPeriods)
    texts =
      SideEvidence.codes(tally.areas, mapped.areas).map { (.area, $0) }
      + SideEvidence.codes(tally.categories, mapped.categories).map { (.category, $0) }
      + Codebook.sorted(tally.periods).map { (.period, $0) }
  }

  /// Inputs as the job names them.
  var inputs: [String] { sources.map(\.name) }

  /// The codes that were met, and those that the grid knows, in order.
  private static func codes(_ list: CodeList, _ axis: Axis) -> [String] {
    let known = axis.codebook.codes
    let others = list.metCodes.filter { axis.codebook.position(of: $0) == nil }
    return others.isEmpty ? known : Codebook.sorted(known + others)
  }

  /// What a check finds in inputs: one finding for those of a table that have nothing wrong, however many they are,
  /// else one for each input.
  func findings(_ finding: (EvidenceOfInput) -> Finding) -> [Finding] {
    Dictionary(grouping: sources, by: \.table).sorted { $0.key < $1.key }.flatMap { _, sources in
      guard sources.count > 1 else { return sources.map(finding) }
      let whole = finding(sources.dropFirst().reduce(sources[0]) { $0.joined(with: $1) })
      let each = sources.map(finding).filter(\.verdict.isFound)
      return whole.verdict == .pass || each.isEmpty ? [whole] : each
    }
  }

  /// What a check says of an input that was counted by a query, whose figures nobody looked at.
  func unseen(_ source: EvidenceOfInput) -> Finding {
    Finding(
      .unchecked, start(source.name) + "a query counted the figures, so none was looked at",
      place: source.place)
  }

  /// How a message of one input begins: "demand: ", or "demand, jobs.csv: " where there are several.
  func start(_ input: String) -> String {
    subject.text + (inputs.count > 1 && !input.isEmpty ? ", \(input): " : ": ")
  }

  /// Takes up one imputed period; one that is there already stays as it is.
  mutating func note(_ imputed: ImputedTally, _ tally: MappedTally, period: Int, rounding: Rounding)
  {
    let label = tally.tally.periods[period]
    guard !periods.contains(where: { $0.label.isSpelt(as: label) }) else { return }
    periods.append(
      PeriodEvidence(
        label: label, imputed, tally, period: period, rounding: rounding, names: background.names))
  }
}

/// What is kept of one input.
struct EvidenceOfInput: Sendable {
  /// As the job names it; empty for several.
  let name: String
  /// The number of the side's table that it is of.
  let table: Int
  /// How its figures are read.
  let figures: FigureJob
  /// What they say of their rounding, and the words around them; nil where a query counted them.
  let trace: RoundingTrace?
  let wording: FigureWording?

  /// The input, where a finding is of one.
  var place: String? { name.isEmpty ? nil : name }
}

extension EvidenceOfInput {
  /// This input and another one of the same table, as one without a name.
  fileprivate func joined(with other: EvidenceOfInput) -> EvidenceOfInput {
    var trace = trace
    if let second = other.trace { trace?.add(second) } else { trace = nil }
    let wording = other.wording.flatMap { self.wording?.joined(with: $0) }
    return EvidenceOfInput(
      name: "", table: table, figures: figures, trace: trace, wording: wording)
  }
}

/// What registers and lookups say of a side's source codes.
package struct SideBackground: Sendable {
  /// Maps of areas and of categories, in the order in which they follow one another.
  package var areaLinks: [MapLink] = []
  package var categoryLinks: [MapLink] = []
  /// When source areas lived, where a register or a lookup says so.
  var areaLives: [Spelling: Lifetime] = [:]
  /// Areas that a register or a lookup has at another time than the job's.
  var otherTimes: [Spelling: Lifetime] = [:]
  /// What registers call codes.
  var names: [Dimension: [Spelling: String]] = [:]
}

/// One map of a chain, with the name of its file.
package struct MapLink: Sendable {
  let name: String
  package let map: WeightedMap
}

/// The sums of one side in one period.
struct PeriodEvidence: Sendable {
  /// One source code.
  struct Margin: Sendable {
    let code: String
    /// Whether the grid receives any of it.
    let isMapped: Bool
    /// Whether it is a category, or an area that has a row.
    let hasRow: Bool
    let published: Double
    let cellCount: Int
    /// Published counts and points of marked ones, of what the grid receives.
    var total = Interval()
  }

  let label: String
  let areas: [Margin]
  let categories: [Margin]
  let twins: [Twin]
  /// How many areas have a published total.
  let totalCount: Int
  /// Codes that are counted beside their own parts.
  let overlaps: [LevelOverlap]

  init(
    label: String, _ imputed: ImputedTally, _ tally: MappedTally, period: Int, rounding: Rounding,
    names: [Dimension: [Spelling: String]]
  ) {
    self.label = label
    totalCount = tally.totalCount(period: period)
    let margins = tally.margins(period: period)
    let table = SourceTable(imputed, tally, rounding: rounding)
    areas = PeriodEvidence.margins(
      margins.areas, table.isMappedArea, tally.hasRow(period: period), table.areaTotals)
    categories = PeriodEvidence.margins(
      margins.categories, table.isMappedCategory,
      Array(repeating: true, count: margins.categories.count), table.categoryTotals)
    twins = table.twins()
    overlaps = table.overlaps(named: names)
  }

  private static func margins(
    _ entries: [Margins.Entry], _ isMapped: [Bool], _ hasRow: [Bool], _ totals: [Interval]
  ) -> [Margin] {
    entries.enumerated().map { index, entry in
      Margin(
        code: entry.code, isMapped: isMapped[index], hasRow: hasRow[index],
        published: entry.published, cellCount: entry.cellCount, total: totals[index])
    }
  }

  /// The codes of a dimension that the grid receives.
  func mapped(_ dimension: Dimension) -> [Margin] {
    (dimension == .area ? areas : categories).filter(\.isMapped)
  }
}
