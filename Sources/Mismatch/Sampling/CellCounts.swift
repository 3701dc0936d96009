/// A cell's count on one side and the sum of its area over all sectors.
///
/// May be infinite; NaN where a withheld figure has no value.
package struct SideCounts: Sendable, Hashable {
  package let count: Double
  package let total: Double

  package init(count: Double, total: Double) {
    self.count = count
    self.total = total
  }

  /// The share of the area's sum, undefined where that is 0, and 1 where the count has no bound.
  package var share: Double {
    guard total > 0 else { return .nan }
    return count.isFinite ? count / total : 1
  }
}

/// Both sides of a cell.
package struct CellCounts: Sendable, Hashable {
  package let provision: SideCounts
  package let demand: SideCounts

  package init(provision: SideCounts, demand: SideCounts) {
    self.provision = provision
    self.demand = demand
  }
}

/// What one end of a cell's sampling intervals is worked out from: counts, and the exact limits on the
/// side of that end, each when it is first asked for.
///
/// The lower end has the lower limits of provision and the upper ones of demand; the upper end the
/// reverse. For one thread at a time.
package final class CellEnd {
  package let counts: CellCounts
  private let isLower: Bool
  private let limits: ExactLimits

  package init(_ counts: CellCounts, isLower: Bool, limits: ExactLimits) {
    self.counts = counts
    self.isLower = isLower
    self.limits = limits
  }

  /// Of the mean behind each count.
  package private(set) lazy var provisionLimit = limits.mean(isLower, counts.provision.count)
  package private(set) lazy var demandLimit = limits.mean(!isLower, counts.demand.count)

  package private(set) lazy var provisionShareLimit = limits.share(
    isLower, counts.provision.count, of: counts.provision.total)
  package private(set) lazy var demandShareLimit = limits.share(
    !isLower, counts.demand.count, of: counts.demand.total)

  /// Of the ratio of provision to demand.
  package private(set) lazy var ratioLimit: Double = {
    let (provision, demand) = (counts.provision.count, counts.demand.count)
    let share = limits.share(isLower, provision, of: provision + demand)
    return quotient(share, 1 - share)
  }()
}

/// Exact limits of counts, each worked out once: the cells of an area share most of theirs.
///
/// For one thread at a time.
package final class ExactLimits {
  private struct Question: Hashable {
    let isLower: Bool
    let count: Double
    /// Nil for the limit of a mean.
    let trials: Double?
  }

  private let level: Double
  private var known: [Question: Double] = [:]

  package init(level: Double) { self.level = level }

  /// The limit of the mean behind a count.
  func mean(_ isLower: Bool, _ count: Double) -> Double {
    answer(Question(isLower: isLower, count: count, trials: nil)) {
      isLower
        ? ConfidenceInterval.lowerMean(count: count, level: level)
        : ConfidenceInterval.upperMean(count: count, level: level)
    }
  }

  /// The limit of the share behind a count of trials.
  func share(_ isLower: Bool, _ count: Double, of trials: Double) -> Double {
    answer(Question(isLower: isLower, count: count, trials: trials)) {
      isLower
        ? ConfidenceInterval.lowerShare(count: count, trials: trials, level: level)
        : ConfidenceInterval.upperShare(count: count, trials: trials, level: level)
    }
  }

  private func answer(_ question: Question, _ work: () -> Double) -> Double {
    if let answer = known[question] { return answer }
    let answer = work()
    known[question] = answer
    return answer
  }
}

/// What the counts of one cell are, and the ends of what they may have been.
package struct CountRange: Sendable, Hashable {
  package let value: CellCounts
  /// Least provision and most demand in the cell, the area's other sectors the other way round.
  package let least: CellCounts
  /// Most provision and least demand in the cell, the area's other sectors the other way round.
  package let most: CellCounts

  /// Whether either side may have a count in the cell.
  package var mayHaveCounts: Bool { most.provision.count > 0 || least.demand.count > 0 }

  /// The ranges of every sector of an area.
  package static func cells(_ area: ProfilePair) -> [CountRange] {
    zip(sides(area.provision), sides(area.demand)).map { provision, demand in
      CountRange(
        value: CellCounts(provision: provision.value, demand: demand.value),
        least: CellCounts(provision: provision.least, demand: demand.most),
        most: CellCounts(provision: provision.most, demand: demand.least))
    }
  }

  private static func sides(_ area: Profile) -> [(
    value: SideCounts, least: SideCounts, most: SideCounts
  )] {
    zip(area.cells, boundsOfOthers(area.cells)).map { cell, others in
      (
        SideCounts(count: cell.value, total: area.total.value),
        SideCounts(
          count: cell.lower,
          total: max(cell.lower, min(cell.lower + others.upper, area.total.upper))),
        SideCounts(
          count: cell.upper, total: max(cell.upper + others.lower, area.total.lower))
      )
    }
  }
}

/// The ends that a cell's sampling and combined intervals are worked out from.
package final class CellEnds {
  package let sampling: (lower: CellEnd, upper: CellEnd)
  /// At the least favourable counts within the bounds; those of ``sampling`` where the rule has no bounds, or
  /// the counts none.
  package let combined: (lower: CellEnd, upper: CellEnd)

  package init(_ range: CountRange, rule: InferenceRule, limits: ExactLimits) {
    let end = { CellEnd($0, isLower: $1, limits: limits) }
    let sampling = (lower: end(range.value, true), upper: end(range.value, false))
    self.sampling = sampling
    combined =
      rule.kinds.contains(.bounds)
      ? (
        lower: range.least == range.value ? sampling.lower : end(range.least, true),
        upper: range.most == range.value ? sampling.upper : end(range.most, false)
      ) : sampling
  }

  /// Whether both are the same ends.
  var areSame: Bool { combined.lower === sampling.lower && combined.upper === sampling.upper }
}
