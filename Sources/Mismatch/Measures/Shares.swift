/// The share of each sector in one side of an area.
///
/// - Returns: one figure per sector, within 0...1; sums to 1. Undefined, with `reason`, where the side
///   has no count at all; bounds follow from all cells' bounds and the total's.
func shares(of profile: Profile, reason: Status) -> [Figure] {
  zip(profile.cells, boundsOfOthers(profile.cells)).map { cell, others in
    share(of: cell, others: others, whole: profile.total, reason: reason)
  }
}

/// Both sides' shares of an area.
func shares(of pair: ProfilePair) -> (provision: [Figure], demand: [Figure]) {
  (
    shares(of: pair.provision, reason: .noProvision), shares(of: pair.demand, reason: .noDemand)
  )
}

extension Measure {
  package static let provisionShare = Measure(
    name: "provision_share", summary: "Share of the sector in the area's provision", unit: "share",
    formula: "p = T / T.", source: "Duncan and Duncan (1955), https://doi.org/10.2307/2088328",
    range: 0...1, laws: [.scaleInvariant, .sumsToOne],
    evaluation: .perCell { area, _ in shares(of: area).provision },
    sampling: SamplingForm(crosswalkVariance: \.provisionShare) { least, most, level in
      ConfidenceInterval(
        lower: shareLimits(least.provision, level).lower,
        upper: shareLimits(most.provision, level).upper)
    })

  package static let demandShare = Measure(
    name: "demand_share", summary: "Share of the sector in the area's demand", unit: "share",
    formula: "q = V / V.", source: "Duncan and Duncan (1955), https://doi.org/10.2307/2088328",
    range: 0...1, laws: [.scaleInvariant, .sumsToOne],
    evaluation: .perCell { area, _ in shares(of: area).demand },
    sampling: SamplingForm(crosswalkVariance: \.demandShare) { least, most, level in
      ConfidenceInterval(
        lower: shareLimits(most.demand, level).lower, upper: shareLimits(least.demand, level).upper)
    })

  package static let shareGap = Measure(
    name: "share_gap_pp",
    summary: "How much larger the sector's share of provision is than its share of demand",
    unit: "percentage points", formula: "100 (p - q)",
    source: "Duncan and Duncan (1955), https://doi.org/10.2307/2088328", range: -100...100,
    laws: [.zeroAtMatch, .scaleInvariant, .sumsToZero],
    evaluation: .perCell { area, _ in
      let shares = shares(of: area)
      return zip(shares.provision, shares.demand).map(gapInPoints)
    },
    sampling: SamplingForm(
      crosswalkVariance: { 1e4 * ($0.provisionShare + $0.demandShare) },
      interval: { least, most, level in
        let gap = ConfidenceInterval.difference(
          least: (
            least.provision.share, shareLimits(least.provision, level).lower, least.demand.share,
            shareLimits(least.demand, level).upper
          ),
          most: (
            most.provision.share, shareLimits(most.provision, level).upper, most.demand.share,
            shareLimits(most.demand, level).lower
          ))
        return ConfidenceInterval(lower: 100 * gap.lower, upper: 100 * gap.upper)
      }))

  package static let shareRatio = Measure(
    name: "share_ratio",
    summary: "Share of provision divided by share of demand (representation index)", unit: "ratio",
    formula: "p / q; infinite where only q is 0, undefined where both are",
    source:
      "representation index, a ratio of the shares of Duncan and Duncan (1955), https://doi.org/10.2307/2088328",
    range: 0...Double.infinity, laws: [.oneAtMatch, .scaleInvariant],
    evaluation: .perCell { area, _ in
      let shares = shares(of: area)
      return zip(shares.provision, shares.demand).map(ratio)
    },
    sampling: SamplingForm { least, most, level in
      ConfidenceInterval(
        lower: ratioOfShares(least.provision, least.demand, level).lower,
        upper: ratioOfShares(most.provision, most.demand, level).upper)
    })
}

/// Exact limits of a cell's share of its area.
private func shareLimits(_ side: SideCounts, _ level: Double) -> ConfidenceInterval {
  ConfidenceInterval.share(count: side.count, trials: side.total, level: level)
}

/// Limits of the ratio of two shares: those of the ratio of the counts, times that of the totals.
///
/// Exact for Poisson counts, and cautious for parts of a fixed total, which vary less.
private func ratioOfShares(_ provision: SideCounts, _ demand: SideCounts, _ level: Double)
  -> ConfidenceInterval
{
  guard provision.total > 0, demand.total > 0 else { return .undefined }
  let ratio = ConfidenceInterval.ratio(
    numerator: provision.count, denominator: demand.count, level: level)
  return ratio.scaled(by: demand.total / provision.total)
}

/// 100 (p - q): undefined where either share is; the shares vary independently within their bounds.
func gapInPoints(_ provision: Figure, _ demand: Figure) -> Figure {
  Figure(
    100 * (provision.value - demand.value), lower: 100 * (provision.lower - demand.upper),
    upper: 100 * (provision.upper - demand.lower),
    status: provision.status.union(demand.status)
  ).snapped()
}
