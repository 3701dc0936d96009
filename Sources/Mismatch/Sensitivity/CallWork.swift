import Dense

/// A cell's share gap and call.
package struct CalledGap: Sendable, Equatable {
  /// Percentage points; NaN where it is undefined.
  package let gap: Double
  package let call: Call?

  package init(gap: Double, call: Call?) {
    self.gap = gap
    self.call = call
  }
}

/// A loop over areas and the calls that its results make: those of an ``Inference``, without the numbers that
/// decide none.
package struct CallWork: Sendable {
  private let rule: InferenceRule
  private let areaLoop: BlockLoop<[Inference.Finding]>

  package var loop: any AnyBlockLoop { areaLoop }

  package init(_ grid: Grid, rule: InferenceRule) {
    self.rule = rule
    areaLoop = BlockLoop(of: grid.areas.count, size: 1) { block in
      let area = block.lowerBound
      return CallWork.findings(
        grid.pair(area: area), grid.all, grid.doubts(area: area), rule: rule)
    }
  }

  /// Gaps and calls by area and sector, row after row, once the loop has run.
  package var calls: [CalledGap] {
    Inference.called(areaLoop.results.flatMap { $0 }, rule: rule)
      .map { CalledGap(gap: $0.gap, call: $0.call) }
  }

  /// Findings whose p-values and intervals suffice for the calls.
  private static func findings(
    _ area: ProfilePair, _ all: ProfilePair, _ doubts: [CellDoubts]?, rule: InferenceRule
  ) -> [Inference.Finding] {
    let limits = ExactLimits(level: rule.level)
    let gaps = Measure.shareGap.cells(area, allAreas: all)
    return zip(gaps, CountRange.cells(area)).enumerated().map { sector, cell in
      let (gap, range) = cell
      var pValue: Double?
      if gap.isDefined, rule.tests(range, sector: sector, of: all) {
        // An adjusted p-value is never below its own: one above the error rate decides nothing.
        pValue = rule.pValue(range, doubts?[sector], ceiling: rule.errorRate)
      }
      let decides = doubts != nil || !rule.kinds.contains(.sampling) || rule.mayBalance(gap)
      return Inference.Finding(
        pValue: pValue, gap: gap.value,
        interval: decides
          ? interval(gap, range, doubts?[sector], limits, rule: rule)
          : ConfidenceInterval(lower: gap.lower, upper: gap.upper))
    }
  }

  private static func interval(
    _ gap: Figure, _ range: CountRange, _ doubts: CellDoubts?, _ limits: ExactLimits,
    rule: InferenceRule
  ) -> ConfidenceInterval {
    guard let form = Measure.shareGap.sampling else { return .undefined }
    let hasSampling = rule.kinds.contains(.sampling)
    return IntervalSet(
      gap, form, ends: hasSampling ? CellEnds(range, rule: rule, limits: limits) : nil,
      doubts: doubts, within: Measure.shareGap.range, rule: rule
    ).combined
  }
}

extension InferenceRule {
  /// Whether an interval around a share gap may lie within the tolerance.
  fileprivate func mayBalance(_ gap: Figure) -> Bool { abs(gap.value) <= tolerance }
}
