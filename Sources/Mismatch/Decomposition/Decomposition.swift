import Dense

/// How far area and sector together tell the side of a unit, provision or demand, and where that comes
/// from: two exact splits of one mutual information M, and what every area, sector and cell adds to it.
///
///     M = between areas   + wrong skill (within areas, between their sectors)
///       = between sectors + wrong place (within sectors, between their areas)
///
/// Natural logarithms and the counts as they are, so M depends on how large the sides are beside each
/// other. A cell that has no number on a side is left out on both, which the status `incomplete` tells.
///
/// Theil and Finizza (1971); Mora and Ruiz-Castillo (2011),
/// https://doi.org/10.1111/j.1467-9531.2011.01237.x.
package struct Decomposition: Sendable {
  /// M of side against area × sector, in nats.
  package let mutualInformation: Figure
  /// H: M as a share of the entropy of the sides.
  package let entropyIndex: Figure
  /// Between areas, and wrong skill within them.
  package let areas: SideSplit
  /// Between sectors, and wrong place within them.
  package let sectors: SideSplit
  /// The split of what lies between areas by groups of them, where there are groups.
  package let groups: SideSplit?
  /// Provision and demand in all that was not left out.
  private let sides: GroupShares

  /// The decomposition of a grid.
  ///
  /// - Parameters:
  ///   - groupOfArea: the group of each area, counted from 0; nil for no groups.
  ///   - workerCount: threads to use; the result does not depend on it.
  package init(_ grid: Grid, groupOfArea: [Int]? = nil, workerCount: Int = 1) {
    let areas = SideSplit(count: grid.areas.count, workerCount: workerCount) { grid.pair(area: $0) }
    let sectors = SideSplit(count: grid.sectors.count, workerCount: workerCount) {
      grid.pair(sector: $0)
    }
    self.areas = areas
    self.sectors = sectors
    groups = groupOfArea.map { groupOfArea in
      SideSplit(count: (groupOfArea.max() ?? -1) + 1, workerCount: workerCount) { group in
        let members = groupOfArea.indices.filter { groupOfArea[$0] == group }
        return ProfilePair(
          provision: Profile(parts: members.map { areas.parts[$0].provision }),
          demand: Profile(parts: members.map { areas.parts[$0].demand }))
      }
    }
    let byAreas = areas.between.plus(areas.within)
    let bySectors = sectors.between.plus(sectors.within)
    let all = ProfilePair(
      provision: Profile(parts: areas.parts.map(\.provision)),
      demand: Profile(parts: areas.parts.map(\.demand)))
    let entropy = entropyOfSides(all)
    // Both splits bound the same number; a side without any count leaves it undefined.
    mutualInformation =
      byAreas.lower.isNaN
      ? byAreas
      : Figure(
        byAreas.value, lower: max(byAreas.lower, bySectors.lower),
        upper: min(byAreas.upper, bySectors.upper, entropy.upper), status: byAreas.status
      ).snapped()
    entropyIndex = Mismatch.entropyIndex(mutualInformation, of: entropy)
    sides = GroupShares(totals: [all.provision.total.value, all.demand.total.value])
  }

  /// The part of M that lies within areas: provision of the wrong skill for its place.
  package var wrongSkill: Figure { areas.within }
  /// The part of M that lies within sectors: provision of the right skill in the wrong place.
  package var wrongPlace: Figure { sectors.within }

  /// What each cell of an area adds to M; nil for a cell that was left out.
  package func cells(_ pair: ProfilePair) -> [LocalContribution?] {
    zip(pair.provision.cells, pair.demand.cells).map { provision, demand in
      guard provision.isDefined, demand.isDefined else { return nil }
      return sides.localContribution(of: [provision.value, demand.value])
    }
  }
}

extension Grid {
  /// Both sides of one sector, a figure per area.
  package func pair(sector: Int) -> ProfilePair {
    ProfilePair(
      provision: provision.profile(sector: sector), demand: demand.profile(sector: sector))
  }
}
