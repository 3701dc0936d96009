import Dense

extension Grid {
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
