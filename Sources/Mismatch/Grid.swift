import Dense

/// Two aligned tables, provision and demand, over the same areas and sectors in one period.
package struct Grid: Sendable {
  package let period: String
  package let areas: Codebook
  package let sectors: Codebook
  package let provision: Table
  package let demand: Table

  package init(
    period: String, areas: Codebook, sectors: Codebook, provision: Table, demand: Table
  ) {
    self.period = period
    self.areas = areas
    self.sectors = sectors
    self.provision = provision
    self.demand = demand
  }

  package subscript(side: Side) -> Table { side == .provision ? provision : demand }

  /// Both sides of all areas taken together.
  package var all: ProfilePair { ProfilePair(provision: provision.all, demand: demand.all) }

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
  package func pooled(_ areas: some Sequence<Int>) -> ProfilePair {
    let areas = Array(areas)
    return ProfilePair(provision: provision.pooled(areas), demand: demand.pooled(areas))
  }

  /// A loop that gives for each area the totals of provision and demand, and measures of whole areas in
  /// their order.
  package func areaFigures(_ measures: [Measure]) -> BlockLoop<[[Figure]]> {
    BlockLoop(of: areas.count, size: 4) { areas in
      areas.map { area in
        let pair = pair(area: area)
        return [pair.provision.total, pair.demand.total]
          + measures.map { $0.area(pair) ?? .undefined(.unknown) }
      }
    }
  }
}
