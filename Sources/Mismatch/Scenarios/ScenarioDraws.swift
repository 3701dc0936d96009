import Dense

/// The counts that areas might have had, draw by draw: the same for a grid and for whatever scenarios make of it.
///
/// A draw takes the weights of one map, then counts evenly within their bounds (and within those of the area's total),
/// then Poisson counts around those; a kind that the rule does not have is left out. A count without an upper bound
/// has no draw where bounds are drawn, and is NaN.
package struct ScenarioDraws: Sendable {
  /// How many there are; one where nothing is drawn.
  package let count: Int
  let grid: Grid
  private let weighted: [Grid]
  private let kinds: IntervalKinds
  private let seed: UInt64
  private let period: Int

  /// - Parameters:
  ///   - weighted: the same grid by drawn weights, one for each draw of the rule; none where weights are as they are.
  ///   - period: the grid's number among those of the run.
  package init(
    _ grid: Grid, weighted: [Grid] = [], rule: InferenceRule, seed: UInt64, period: Int
  ) {
    precondition(weighted.isEmpty || weighted.count == rule.draws, "a grid for each draw")
    count = rule.kinds.isEmpty ? 1 : rule.draws
    (self.grid, self.weighted, kinds) = (grid, weighted, rule.kinds)
    (self.seed, self.period) = (seed, period)
  }

  /// Both sides of an area in a draw.
  func pair(area: Int, draw: Int) -> ProfilePair {
    drawn(source(draw).pair(area: area), row: area, draw)
  }

  /// Both sides of several areas together in a draw.
  ///
  /// - Parameter own: those areas of the grid itself.
  func pair(pooling areas: [Int], own: ProfilePair, draw: Int) -> ProfilePair {
    let pair =
      weighted.isEmpty
      ? own
      : ProfilePair(
        provision: source(draw).provision.pooled(areas), demand: source(draw).demand.pooled(areas))
    return drawn(pair, row: grid.areas.count, draw)
  }

  private func source(_ draw: Int) -> Grid { weighted.isEmpty ? grid : weighted[draw] }

  private func drawn(_ pair: ProfilePair, row: Int, _ draw: Int) -> ProfilePair {
    ProfilePair(
      provision: drawn(pair.provision, .provision, row: row, draw),
      demand: drawn(pair.demand, .demand, row: row, draw))
  }

  private func drawn(_ profile: Profile, _ side: Side, row: Int, _ draw: Int) -> Profile {
    var counts = profile.cells.map(\.value)
    let start = row * counts.count
    func draws(of sector: Int, _ kind: UInt64) -> CountDraws {
      let salt = UInt64(period) << 2 | (side == .provision ? 0 : 2) | kind
      return CountDraws(
        seed: seed ^ (0x7363_656E_6172_696F &+ salt &* 0x9E37_79B9_7F4A_7C15), cell: start + sector,
        draw: draw)
    }
    if kinds.contains(.bounds), !profile.isExact {
      counts = profile.within { sector in
        var stream = draws(of: sector, 0)
        return stream.uniform()
      }
    }
    if kinds.contains(.sampling) {
      for sector in counts.indices where !counts[sector].isNaN {
        var stream = draws(of: sector, 1)
        counts[sector] = stream.poisson(mean: counts[sector])
      }
    }
    return Profile(exact: counts)
  }
}

extension Profile {
  /// Counts evenly within their bounds, drawn down or up in proportion to meet those of the total.
  fileprivate func within(_ uniform: (_ sector: Int) -> Double) -> [Double] {
    let drawn = cells.indices.map { sector in
      let cell = cells[sector]
      if cell.isExact || !cell.isDefined { return cell.value }
      return cell.upper.isFinite
        ? cell.lower + uniform(sector) * (cell.upper - cell.lower) : .nan
    }
    let sum = drawn.reduce(0, +)
    if sum > total.upper {
      let least = cells.reduce(0) { $0 + $1.lower }
      let part = (total.upper - least) / (sum - least)
      return zip(cells, drawn).map { $0.lower + part * ($1 - $0.lower) }
    }
    if sum < total.lower {
      let most = cells.reduce(0) { $0 + $1.upper }
      let part = (most - total.lower) / (most - sum)
      return zip(cells, drawn).map { $0.upper - part * ($0.upper - $1) }
    }
    return drawn
  }
}
