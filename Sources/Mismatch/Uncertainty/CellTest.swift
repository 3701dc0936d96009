import Dense

extension InferenceRule {
  /// Whether a cell with a share gap belongs to the family of tests.
  ///
  /// - Parameter all: both sides of all areas together: a sector with neither side in any area is not tested.
  func tests(_ range: CountRange, sector: Int, of all: ProfilePair) -> Bool {
    let isEmpty = all.provision.cells[sector].upper == 0 && all.demand.cells[sector].upper == 0
    return kinds.contains(.sampling) && !isEmpty && (null == .tolerance || range.mayHaveCounts)
  }

  /// The p-value of either direction at its least favourable counts: two-sided against no gap, twice the
  /// smaller of both against the tolerance.
  ///
  /// - Parameters:
  ///   - forecasts: what forecasts bring to sampling; nil where no count is one.
  ///   - ceiling: a p-value above it may come back as 1.
  func pValue(
    _ range: CountRange, _ doubts: CellDoubts?, forecasts: CellDoubts? = nil, ceiling: Double = 1
  ) -> Double {
    var (least, most) = ends(of: range)
    var extraVariance =
      forecasts.map { $0.provisionShare.variance + $0.demandShare.variance } ?? 0
    if kinds.contains(.crosswalk), let doubts {
      extraVariance += doubts.provisionShare.variance + doubts.demandShare.variance
      (least, most) = (least.centred(by: doubts), most.centred(by: doubts))
    }
    func smaller(_ test: (SideCounts, SideCounts) -> Double) -> Double {
      min(test(least.provision, least.demand), test(most.demand, most.provision))
    }
    if null == .zero && extraVariance == 0 {
      let areEnds = least != most
      return smaller { ShareTest.equality(of: $0, over: $1, areEnds: areEnds) }
    }
    let margin = null == .zero ? 0 : tolerance / 100
    let oneSided = smaller {
      ShareTest.excess(
        of: $0, over: $1, margin: margin, extraVariance: extraVariance, ceiling: ceiling / 2)
    }
    return min(1, 2 * oneSided)
  }

  /// The counts with the least and the most share gap, as far as the rule looks at bounds.
  func ends(of range: CountRange) -> (least: CellCounts, most: CellCounts) {
    kinds.contains(.bounds) ? (range.least, range.most) : (range.value, range.value)
  }
}

extension CellCounts {
  /// The counts with the expected weights.
  fileprivate func centred(by doubts: CellDoubts) -> CellCounts {
    func centred(_ side: SideCounts, _ doubt: Doubt) -> SideCounts {
      guard side.total.isFinite else { return side }
      let count = side.count + doubt.shift * side.total
      return SideCounts(count: min(max(count, 0), side.total), total: side.total)
    }
    return CellCounts(
      provision: centred(provision, doubts.provisionShare),
      demand: centred(demand, doubts.demandShare))
  }
}
