/// The share of each sector in one side of an area.
///
/// - Returns: one figure per sector, within 0...1; sums to 1. Undefined, with `reason`, where the side
///   has no count at all; bounds follow from all cells' bounds and the total's.
func shares(of profile: Profile, reason: Status) -> [Figure] {
  if profile.isExact, profile.total.value > 0 {
    return profile.cells.map { cell in
      let share = cell.value / profile.total.value
      return Figure(share, lower: share, upper: share, status: cell.status)
    }
  }
  return zip(profile.cells, boundsOfOthers(profile.cells)).map { cell, others in
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
    sampling: SamplingForm(crosswalk: \.provisionShare) { lower, upper in
      ConfidenceInterval(lower: lower.provisionShareLimit, upper: upper.provisionShareLimit)
    })

  package static let demandShare = Measure(
    name: "demand_share", summary: "Share of the sector in the area's demand", unit: "share",
    formula: "q = V / V.", source: "Duncan and Duncan (1955), https://doi.org/10.2307/2088328",
    range: 0...1, laws: [.scaleInvariant, .sumsToOne],
    evaluation: .perCell { area, _ in shares(of: area).demand },
    sampling: SamplingForm(crosswalk: \.demandShare) { lower, upper in
      ConfidenceInterval(lower: upper.demandShareLimit, upper: lower.demandShareLimit)
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
      crosswalk: { $0.provisionShare.minus($0.demandShare).times(100) },
      interval: { lower, upper in
        let shares = { (end: CellEnd) in
          (
            end.counts.provision.share, end.provisionShareLimit, end.counts.demand.share,
            end.demandShareLimit
          )
        }
        let gap = ConfidenceInterval.difference(least: shares(lower), most: shares(upper))
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
    sampling: SamplingForm { lower, upper in
      // Both limits at once are more than is needed, yet hold at any counts within bounds.
      ConfidenceInterval(
        lower: quotient(lower.provisionShareLimit, lower.demandShareLimit),
        upper: quotient(upper.provisionShareLimit, upper.demandShareLimit))
    })
}

/// 100 (p - q): undefined where either share is; the shares vary independently within their bounds.
func gapInPoints(_ provision: Figure, _ demand: Figure) -> Figure {
  Figure(
    100 * (provision.value - demand.value), lower: 100 * (provision.lower - demand.upper),
    upper: 100 * (provision.upper - demand.lower),
    status: provision.status.union(demand.status)
  ).snapped()
}
