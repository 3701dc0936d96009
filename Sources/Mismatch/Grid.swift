import Dense

/// Two aligned tables, provision and demand, over the same areas and sectors in one period.
package struct Grid: Sendable {
  package let period: String
  package let areas: Codebook
  package let sectors: Codebook
  package let provision: Table
  package let demand: Table
  /// Both sides of all areas taken together, but for those that are absent on a side.
  package private(set) var all = ProfilePair(
    provision: Profile(parts: []), demand: Profile(parts: []))

  package init(
    period: String, areas: Codebook, sectors: Codebook, provision: Table, demand: Table
  ) {
    self.period = period
    self.areas = areas
    self.sectors = sectors
    self.provision = provision
    self.demand = demand
    all = pooled(areas.codes.indices)
  }

  package subscript(side: Side) -> Table { side == .provision ? provision : demand }

  /// Areas that are absent on a side.
  package var absentAreas: Set<Int> { provision.absentAreas.union(demand.absentAreas) }

  /// The same grid with other counts.
  package func replacing(provision: Table? = nil, demand: Table? = nil) -> Grid {
    Grid(
      period: period, areas: areas, sectors: sectors, provision: provision ?? self.provision,
      demand: demand ?? self.demand)
  }

  /// Both sides of one area.
  package func pair(area: Int) -> ProfilePair {
    ProfilePair(provision: provision.profile(area: area), demand: demand.profile(area: area))
  }

  /// Both sides of several areas taken together.
  ///
  /// Like is compared with like: an area that is absent on one side is left out on both, which the status
  /// `absent incomplete` tells. Where all are, nothing is known.
  package func pooled(_ areas: some Sequence<Int>) -> ProfilePair {
    let (kept, status) = comparable(areas)
    let pooled = ProfilePair(provision: provision.pooled(kept), demand: demand.pooled(kept))
    return status.isEmpty ? pooled : pooled.marked(status)
  }

  /// Those of some areas that are absent on neither side, or all where each is on one; and what tells that
  /// some are left out.
  func comparable(_ areas: some Sequence<Int>) -> (areas: [Int], status: Status) {
    let (absent, areas) = (absentAreas, Array(areas))
    let kept = areas.filter { !absent.contains($0) }
    if kept.isEmpty || kept.count == areas.count { return (areas, []) }
    return (kept, [.absent, .incomplete])
  }
}
