import Dense
import Jobs
import Mismatch

/// What is drawn of a grid beyond chance in its counts of demand.
///
/// Counts within their bounds, crosswalk weights that
/// have distributions, and costs between their ends; what is known exactly stays as it is.
struct CommissioningDraws: Sendable {
  private let inputs: CommissioningInputs
  private let sides: Sides<SideDraws>
  private let excluded: Set<Int>
  private let seed: UInt64

  /// - Parameter kept: counts by cell, 0 in areas without a plan.
  init(
    _ inputs: CommissioningInputs, _ period: PeriodOutcome, _ kept: Sides<[Double]>,
    excluded: Set<Int>, _ setting: AnalysisSetting
  ) {
    (self.inputs, self.excluded, seed) = (inputs, excluded, setting.seed)
    sides = Sides { side in
      SideDraws(
        kept[side], period.grid[side], source: period.sources?[side],
        crosswalk: setting.crosswalks[side], excluded: excluded, seed: setting.seed, side)
    }
  }

  /// The problem of a draw, and its places today; nil where neither places nor costs are drawn.
  ///
  /// Whoever plans knows both; what is drawn is what those who read the sources do not know.
  func problem(draw: Int) throws -> (problem: CommissioningProblem, current: [Double])? {
    guard sides.provision.isUncertain || inputs.hasCostRange else { return nil }
    var current = sides.provision.counts(draw: draw)
    if let ratios = try sides.provision.ratios(draw: draw) {
      for cell in current.indices { current[cell] *= ratios[cell] }
    }
    // Apart from what else is drawn with the same seed.
    let costs = inputs.costs(draw: draw, Philox(seed: seed ^ 0x756E_6974_636F_7374))
    return (inputs.problem(current: current, costs: costs, excluded: excluded), current)
  }

  /// Draws two counts of demand for each cell: one that decides, by the weights of the job, and one that judges, by
  /// those of the draw.
  func counts(
    draw: Int, _ model: DemandModel, deciding: inout [Double], judging: inout [Double]
  ) throws {
    model.draw(
      draw, seed: seed, counts: sides.demand.counts(draw: draw),
      ratios: try sides.demand.ratios(draw: draw), deciding: &deciding, judging: &judging)
  }
}

/// What is drawn of a side.
private struct SideDraws: Sendable {
  private let kept: [Double]
  /// Bounds by cell; those of areas without a plan, and of counts that are open above, are their counts.
  private let bounds: [ClosedRange<Double>]
  private let hasBounds: Bool
  private let source: SideSource?
  private let weights: WeightDraws?
  private let random: Philox

  init(
    _ kept: [Double], _ table: Table, source: SideSource?, crosswalk: WeightedMap?,
    excluded: Set<Int>, seed: UInt64, _ side: Side
  ) {
    (self.kept, self.source) = (kept, source)
    bounds = kept.indices.map { cell in
      let (lower, upper) = (table.lower.elements[cell], table.upper.elements[cell])
      let isKnown = excluded.contains(cell / table.value.columnCount) || upper.isInfinite
      return isKnown ? kept[cell]...kept[cell] : lower...upper
    }
    hasBounds = bounds.contains { $0.lowerBound < $0.upperBound }
    weights = crosswalk.flatMap {
      $0.isUncertain && source != nil
        ? WeightDraws($0, confidence: nil, seed: seed, side: side) : nil
    }
    // Apart from what else is drawn with the same seed.
    random = Philox(seed: seed ^ (side == .provision ? 0x706C_6163_6573 : 0x6F70_656E_696E_6773))
  }

  var isUncertain: Bool { hasBounds || weights != nil }

  /// Counts within their bounds, all alike.
  func counts(draw: Int) -> [Double] {
    guard hasBounds else { return kept }
    return bounds.enumerated().map { cell, bounds in
      bounds.lowerBound
        + random.uniform(cell: UInt64(cell), draw: UInt64(draw))
        * (bounds.upperBound - bounds.lowerBound)
    }
  }

  /// What other weights of the crosswalk make of each count, as a part of it; nil where weights are taken as they are.
  func ratios(draw: Int) throws -> [Double]? {
    guard let weights, let source else { return nil }
    let drawn = try source.through(weights.map(draw: draw)).reach(workerCount: 1).table
    return zip(drawn.value.elements, kept).map { $1 > 0 ? $0 / $1 : 1 }
  }
}
