import Dense

/// What can be said of a grid beyond its figures: intervals of every kind, and calls at a controlled
/// error rate.
package struct Inference: Sendable {
  /// The call of one cell and what it rests on.
  package struct Finding: Sendable {
    /// Of the test against the rule's null hypothesis, in either direction.
    ///
    /// Nil outside the family of tests: where the share gap is undefined, the sector has neither side in
    /// any area, the rule leaves sampling out, or the null hypothesis is no gap and the cell has no count.
    package var pValue: Double?
    package var adjusted: Double?
    package var call: Call?
    /// The cell's share gap and its combined interval.
    package let gap: Double
    package let interval: ConfidenceInterval
  }

  /// A cell's places by share gap, from the largest down.
  package struct Ranks: Sendable, Equatable {
    /// Among the area's sectors.
    package var inArea: RankRange?
    /// Among the sector's areas.
    package var inSector: RankRange?
  }

  /// Those that have intervals.
  package let measures: [Measure]
  /// By area, by measure, by sector; empty where single cells are not wanted.
  package let intervals: [[[IntervalSet]]]
  /// Areas × sectors, row after row.
  package let findings: [Finding]
  /// Areas × sectors, row after row; empty where they are not wanted.
  package let ranks: [Ranks]
  /// All areas together, one per sector: a family of its own.
  package let pooledFindings: [Finding]

  /// How many cells have each call.
  package var callCounts: [Call: Int] {
    findings.reduce(into: [:]) { counts, finding in
      if let call = finding.call { counts[call, default: 0] += 1 }
    }
  }
}

/// A loop over areas and the ``Inference`` that its results make.
package struct InferenceWork: Sendable {
  private let measures: [Measure]
  private let rule: InferenceRule
  private let areaCount: Int
  private let includesRanks: Bool
  private let areaLoop: BlockLoop<AreaInference>

  package var loop: any AnyBlockLoop { areaLoop }

  /// - Parameters:
  ///   - measures: those that are asked for besides both counts; measures of whole areas and those without
  ///     a form of sampling have no intervals here.
  ///   - includesCells: whether cells are wanted, or only all areas together; then there are no intervals
  ///     and no findings but the pooled ones.
  ///   - includesIntervals: whether all intervals are wanted, or only what the findings rest on.
  ///   - includesRanks: whether the cells' places are wanted.
  package init(
    _ grid: Grid, measures: [Measure], rule: InferenceRule, includesCells: Bool,
    includesIntervals: Bool, includesRanks: Bool
  ) {
    let formed = includesIntervals ? InferenceWork.formed(measures) : []
    let areaCount = includesCells ? grid.areas.count : 0
    self.measures = includesCells ? formed : []
    self.rule = rule
    self.areaCount = areaCount
    self.includesRanks = includesRanks
    let all = grid.all
    // All areas taken together come last.
    areaLoop = BlockLoop(of: areaCount + 1, size: 1) { block in
      let area = block.lowerBound
      return area < areaCount
        ? AreaInference(
          grid.pair(area: area), all, grid.doubts(area: area),
          forecasts: grid.forecastDoubts(area: area), measures: formed, rule: rule)
        : AreaInference(
          all, all, grid.doubts(area: grid.areas.count),
          forecasts: grid.forecastDoubts(area: grid.areas.count), measures: [], rule: rule)
    }
  }

  /// Both counts and those of other measures that have intervals.
  private static func formed(_ measures: [Measure]) -> [Measure] {
    (Measure.counts + measures).filter { $0.isPerCell && $0.sampling != nil }
  }

  /// What the results take, for each cell of a grid: findings area by area, joined, and called.
  package static func bytesPerCell(
    measures: [Measure], includesCells: Bool, includesIntervals: Bool, includesRanks: Bool
  ) -> Int {
    guard includesCells else { return 0 }
    return 3 * MemoryLayout<Inference.Finding>.stride
      + (includesIntervals ? formed(measures).count : 0) * MemoryLayout<IntervalSet>.stride
      + (includesRanks ? MemoryLayout<Inference.Ranks>.stride : 0)
  }

  /// What was found, once the loop has run.
  package var inference: Inference {
    let found = areaLoop.results
    let areas = found.dropLast()
    let findings = Inference.called(areas.flatMap(\.findings), rule: rule)
    return Inference(
      measures: measures, intervals: areas.map(\.intervals), findings: findings,
      ranks: includesRanks ? Inference.ranks(of: findings, rowCount: areaCount) : [],
      pooledFindings: Inference.called(found.last?.findings ?? [], rule: rule))
  }
}

extension Inference {
  /// The findings with adjusted p-values and calls.
  static func called(_ findings: [Finding], rule: InferenceRule) -> [Finding] {
    var findings = findings
    let family = findings.indices.filter { findings[$0].pValue != nil }
    let adjusted = rule.control.adjusted(family.compactMap { findings[$0].pValue })
    for (index, adjusted) in zip(family, adjusted) { findings[index].adjusted = adjusted }
    for index in findings.indices { findings[index].decide(by: rule) }
    return findings
  }

  /// The places of cells, row after row.
  fileprivate static func ranks(of findings: [Finding], rowCount: Int) -> [Ranks] {
    var ranks = [Ranks](repeating: Ranks(), count: findings.count)
    let width = rowCount == 0 ? 0 : findings.count / rowCount
    func rank(_ places: [Int], _ keyPath: WritableKeyPath<Ranks, RankRange?>) {
      let found = RankRange.ranks(
        of: places.map { findings[$0].gap }, within: places.map { findings[$0].interval })
      for (place, rank) in zip(places, found) { ranks[place][keyPath: keyPath] = rank }
    }
    for row in 0..<rowCount { rank((0..<width).map { row * width + $0 }, \.inArea) }
    for column in 0..<width { rank((0..<rowCount).map { $0 * width + column }, \.inSector) }
    return ranks
  }
}

extension Inference.Finding {
  /// Over and under by the adjusted p-value, balanced where the whole interval lies within the
  /// tolerance; without a test the interval alone decides.
  fileprivate mutating func decide(by rule: InferenceRule) {
    let figure = Figure(gap, lower: interval.lower, upper: interval.upper)
    guard let byInterval = Call(shareGap: figure, tolerance: rule.tolerance) else { return }
    guard rule.kinds.contains(.sampling) else {
      call = byInterval
      return
    }
    guard let adjusted else { return }
    if adjusted <= rule.errorRate {
      call = gap > 0 ? .over : .under
    } else {
      call = byInterval == .balanced ? .balanced : .unclear
    }
  }
}

/// One area's share of an ``Inference``.
private struct AreaInference: Sendable {
  /// By measure, then by sector.
  var intervals: [[IntervalSet]]
  var findings: [Inference.Finding]

  init(
    _ area: ProfilePair, _ all: ProfilePair, _ doubts: [CellDoubts]?, forecasts: [CellDoubts]?,
    measures: [Measure], rule: InferenceRule
  ) {
    let ranges = CountRange.cells(area)
    let limits = ExactLimits(level: rule.level)
    let ends =
      rule.kinds.contains(.sampling)
      ? ranges.map { CellEnds($0, rule: rule, limits: limits) } : []
    let sets = { (measure: Measure) -> [IntervalSet] in
      guard let form = measure.sampling else { return [] }
      return measure.cells(area, allAreas: all).enumerated().map { sector, figure in
        IntervalSet(
          figure, form, ends: ends.isEmpty ? nil : ends[sector], doubts: doubts?[sector],
          forecasts: forecasts?[sector], within: measure.range, rule: rule)
      }
    }
    let intervals = measures.map(sets)
    let gapPlace = measures.firstIndex { $0.name == Measure.shareGap.name }
    let gapSets = gapPlace.map { intervals[$0] } ?? sets(.shareGap)
    let gaps = Measure.shareGap.cells(area, allAreas: all)
    self.intervals = intervals
    var tests: [CountRange: Double] = [:]
    findings = gaps.indices.map { sector in
      var pValue: Double?
      if gaps[sector].isDefined, rule.tests(ranges[sector], sector: sector, of: all) {
        // Cells with the same counts have the same test, unless their weights bring more to it.
        pValue = doubts == nil && forecasts == nil ? tests[ranges[sector]] : nil
        if pValue == nil {
          pValue = rule.pValue(ranges[sector], doubts?[sector], forecasts: forecasts?[sector])
          tests[ranges[sector]] = pValue
        }
      }
      return Inference.Finding(
        pValue: pValue, gap: gaps[sector].value, interval: gapSets[sector].combined)
    }
  }
}

extension Grid {
  /// What uncertain weights make of an area's cells; the row after the last area is all areas together.
  ///
  /// Nil where all weights are taken as they are.
  func doubts(area: Int) -> [CellDoubts]? {
    guard provision.mapVariance != nil || demand.mapVariance != nil else { return nil }
    return doubts { $0.mapVariance?.doubts(area, $1) }
  }

  /// What forecasts bring to an area's cells; the row after the last area is all areas together.
  ///
  /// Nil where no count is one.
  fileprivate func forecastDoubts(area: Int) -> [CellDoubts]? {
    guard provision.forecastVariance != nil || demand.forecastVariance != nil else { return nil }
    return doubts { $0.forecastVariance?.doubts(area, $1) }
  }

  /// Cells whose doubts come from either side; a side without any leaves its counts as they are.
  private func doubts(
    _ ofTable: (_ table: Table, _ sector: Int) -> (count: Doubt, share: Doubt)?
  ) -> [CellDoubts] {
    sectors.codes.indices.map { sector in
      var doubts = CellDoubts()
      if let found = ofTable(provision, sector) {
        (doubts.provisionCount, doubts.provisionShare) = found
      }
      if let found = ofTable(demand, sector) {
        (doubts.demandCount, doubts.demandShare) = found
      }
      return doubts
    }
  }
}
