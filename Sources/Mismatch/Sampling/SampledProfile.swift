import Dense

/// One side of an area as a sample: how many units were drawn, and the shares that they were drawn with.
///
/// Counts need not be whole, since crosswalks make parts: the shares are those of the counts as they
/// are, and the total is the nearest whole number, at least 1 and at most 1,000,000,000.
package struct SampledProfile: Sendable, Equatable {
  package let total: Int
  /// One per sector; they sum to 1.
  package let shares: [Double]

  package init(total: Int, shares: [Double]) {
    self.total = total
    self.shares = shares
  }

  /// The sample behind counts, one per sector, at or above 0; nil where they are all 0 or one is no
  /// finite number.
  package init?(counts: [Double]) {
    let sum = ExactSum.orNaN(counts)
    guard sum > 0, sum.isFinite else { return nil }
    self.init(
      total: Int(min(1e9, max(1, sum.rounded()))), shares: counts.map { $0 / sum })
  }

  /// Both samples as they would be if both sides had one mix, that of all their units together.
  package static func withoutMismatch(_ provision: SampledProfile, _ demand: SampledProfile)
    -> (provision: SampledProfile, demand: SampledProfile)
  {
    let weight = Double(provision.total) / (Double(provision.total) + Double(demand.total))
    let shares = zip(provision.shares, demand.shares).map { weight * $0 + (1 - weight) * $1 }
    return (
      SampledProfile(total: provision.total, shares: shares),
      SampledProfile(total: demand.total, shares: shares)
    )
  }
}
