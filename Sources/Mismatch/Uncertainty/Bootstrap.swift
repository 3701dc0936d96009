import Dense

/// How a bootstrap is drawn.
package struct BootstrapRule: Sendable, Equatable {
  /// Of the intervals, above 0 and below 1.
  package var level: Double
  /// Draws for each area; 0 leaves intervals out.
  package var drawCount: Int
  package var seed: UInt64

  package init(level: Double, drawCount: Int, seed: UInt64) {
    self.level = level
    self.drawCount = drawCount
    self.seed = seed
  }

  /// The bootstrap of a job's rule; without draws if its intervals exclude sampling variability.
  package init(_ rule: InferenceRule, seed: UInt64) {
    self.init(
      level: rule.level, drawCount: rule.kinds.contains(.sampling) ? rule.draws : 0, seed: seed)
  }
}

/// A share index of one area, and its sampling variability.
package struct ShareIndexEstimate: Sendable, Equatable {
  /// The index as it is, with its bounds.
  package let figure: Figure
  /// The percentile interval of a bootstrap, around the index as it is, bias included; of mutual information
  /// in closed form, around an estimate without bias.
  package var sampling = ConfidenceInterval.undefined
  /// Twice the index less its exact mean over samples from the area's own shares.
  ///
  /// To first order that is the index without the upward bias of small counts. It can lie below 0 where
  /// there is nothing beyond sampling variability.
  package var debiased = Double.nan
  /// The exact mean of the index if both sides had one mix: its expected value under sampling variability alone.
  package var expectedWithoutMismatch = Double.nan

  init(_ figure: Figure) { self.figure = figure }
}

extension ShareIndex {
  /// Sampling variability of several indices of one area.
  ///
  /// Indices share their draws. Efron and Tibshirani (1993), An Introduction to the
  /// Bootstrap, chapter 13; the bias: Allen, Burgess, Davidson and Windmeijer (2015),
  /// https://doi.org/10.1111/ectj.12039; the index expected under random allocation: Carrington and Troske (1997),
  /// https://doi.org/10.1080/07350015.1997.10524718.
  ///
  /// - Parameters:
  ///   - indices: each with its figure for the area; one without a value leaves the rest undefined.
  ///   - provision: counts, one per sector.
  ///   - demand: counts, one per sector.
  ///   - cell: names the area's stream of draws; below 2⁶².
  /// - Returns: one estimate per index, undefined where a side has no count or one that is unknown.
  package static func estimates(
    of indices: [(index: ShareIndex, figure: Figure)], provision: [Double], demand: [Double],
    rule: BootstrapRule, cell: UInt64
  ) -> [ShareIndexEstimate] {
    guard let provisionSample = SampledProfile(counts: provision),
      let demandSample = SampledProfile(counts: demand)
    else { return indices.map { ShareIndexEstimate($0.figure) } }
    let match = SampledProfile.withoutMismatch(provisionSample, demandSample)
    var sums = sums(
      of: indices.filter(\.figure.isDefined).compactMap(\.index.term), provisionSample,
      demandSample, rule: rule, cell: cell)
    return indices.map { index, figure in
      var estimate = ShareIndexEstimate(figure)
      guard figure.isDefined else { return estimate }
      let mean = index.mean?(provisionSample, demandSample)
      if let mean {
        estimate.debiased = 2 * figure.value - mean
        estimate.expectedWithoutMismatch = index.mean?(match.provision, match.demand) ?? .nan
      }
      guard rule.drawCount > 0 else { return estimate }
      switch index.chance {
      case .form(let interval):
        estimate.sampling = interval(provision, demand, mean ?? .nan, rule.level)
      case .draws(_, let index):
        var values = sums.removeFirst().map(index)
        estimate.sampling = percentileInterval(of: &values, level: rule.level)
      }
      return estimate
    }
  }

  /// For each term, draw by draw, its sum over sectors; the streams of a cell are its sides'.
  static func sums(
    of terms: [PairTerm], _ provision: SampledProfile, _ demand: SampledProfile,
    rule: BootstrapRule, cell: UInt64
  ) -> [[Double]] {
    guard rule.drawCount > 0, !terms.isEmpty else { return [] }
    return PairedDraws(
      Multinomial(total: provision.total, weights: provision.shares),
      Multinomial(total: demand.total, weights: demand.shares), seed: rule.seed,
      cells: (cell << 2, cell << 2 | 1)
    ).sums(of: terms, drawCount: rule.drawCount)
  }
}

/// The interval that leaves the same share of the values out at either end.
package func percentileInterval(of values: inout [Double], level: Double) -> ConfidenceInterval {
  let tail = (1 - level) / 2
  return ConfidenceInterval(
    lower: quantile(tail, of: &values), upper: quantile(1 - tail, of: &values))
}

/// The quantile between two values next to it in size, in proportion: type 7 of Hyndman and Fan (1996),
/// https://doi.org/10.1080/00031305.1996.10473566, the rule of R and numpy.
///
/// - Parameter values: at least one, none NaN; comes back in another order.
func quantile(_ probability: Double, of values: inout [Double]) -> Double {
  let place = Double(values.count - 1) * probability
  let rank = min(values.count - 1, Int(place))
  return values.withUnsafeMutableBufferPointer { values in
    let lower = select(rank, in: values)
    guard rank + 1 < values.count else { return lower }
    var upper = values[rank + 1]
    for index in rank + 1..<values.count { upper = min(upper, values[index]) }
    return lower + (place - Double(rank)) * (upper - lower)
  }
}

/// The value of a rank, counted from 0; smaller ones end up before it and larger ones behind.
///
/// Hoare (1961), https://doi.org/10.1145/366622.366647.
private func select(_ rank: Int, in values: UnsafeMutableBufferPointer<Double>) -> Double {
  var (low, high) = (0, values.count - 1)
  while low < high {
    let pivot = values[(low + high) / 2]
    var (i, j) = (low, high)
    while i <= j {
      while values[i] < pivot { i += 1 }
      while values[j] > pivot { j -= 1 }
      guard i <= j else { break }
      values.swapAt(i, j)
      i += 1
      j -= 1
    }
    if rank <= j {
      high = j
    } else if rank >= i {
      low = i
    } else {
      return values[rank]
    }
  }
  return values[rank]
}

extension Grid {
  /// What finds the share indices among measures, and their sampling variability in every area.
  ///
  /// - Parameters:
  ///   - measures: those that are no share index are passed over.
  ///   - period: the grid's number among those of the run, below 2²².
  ///   - includesAreas: whether single areas are wanted, or only all of them together.
  package func shareIndices(
    among measures: [Measure], rule: BootstrapRule, period: Int, includesAreas: Bool = true
  ) -> ShareIndexWork {
    let indices = measures.compactMap { measure in
      ShareIndex.catalogue.first { $0.name == measure.name }.map { (measure: measure, index: $0) }
    }
    let estimates = { @Sendable (pair: ProfilePair, area: Int) in
      ShareIndex.estimates(
        of: indices.map { ($0.index, $0.measure.area(pair) ?? .undefined(.unknown)) },
        provision: pair.provision.cells.map(\.value), demand: pair.demand.cells.map(\.value),
        rule: rule, cell: UInt64(period) << 40 | UInt64(area))
    }
    // All areas taken together come first: theirs are the longest tables.
    let count = indices.isEmpty ? 0 : 1 + (includesAreas ? areas.count : 0)
    let loop = BlockLoop(of: count, size: 1) { block in
      let area = block.lowerBound - 1
      return area < 0 ? estimates(all, areas.count) : estimates(pair(area: area), area)
    }
    return ShareIndexWork(names: indices.map(\.index.name), loop: loop)
  }
}

/// A loop over areas and the table that its results make.
package struct ShareIndexWork: Sendable {
  fileprivate let names: [String]
  package let loop: BlockLoop<[ShareIndexEstimate]>

  /// What was found, once the loop has run.
  package var table: ShareIndexTable {
    let found = loop.results
    return ShareIndexTable(
      names: names, estimates: Array(found.dropFirst()), pooled: found.first ?? [])
  }
}

/// The share indices of all areas of a grid.
package struct ShareIndexTable: Sendable, Equatable {
  package let names: [String]
  /// Area after area, one per name.
  package let estimates: [[ShareIndexEstimate]]
  /// Of all areas taken together, one per name.
  package let pooled: [ShareIndexEstimate]
}
