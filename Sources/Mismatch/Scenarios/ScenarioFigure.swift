import Dense

/// One figure of a grid beside what a scenario makes of it.
package struct ScenarioFigure: Sendable {
  /// The number of its measure among those that were asked for.
  package let measure: Int
  /// Nil for all areas together.
  package let area: Int?
  /// Nil for a measure of whole areas.
  package let sector: Int?
  package let base: Figure
  package let changed: Figure
  /// Changed less base; NaN where either is no number.
  package let difference: Double
  /// Percentiles of the difference over draws that base and scenario share.
  ///
  /// Draws without a difference count as the least possible one at the lower end and the largest at the upper end.
  package let interval: ConfidenceInterval
}

extension ScenarioDraws {
  /// What a scenario makes of measures: area by area, then of all areas together.
  ///
  /// Areas that the scenario leaves as they are have none, nor have cells whose figure stays as it is, but for rounding
  /// of the arithmetic (1e-12). Draws depend on the seed, the period and the places of area and sector alone, so
  /// scenarios do not depend on one another. Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
  ///
  /// - Parameter changed: the grid as the scenario has it.
  package func figures(
    of scenario: Scenario, _ changed: Grid, measures: [Measure], level: Double, workerCount: Int
  ) -> [ScenarioFigure] {
    let areas = scenario.areas
    guard !areas.isEmpty else { return [] }
    let pooled = pooled(scenario, workerCount: workerCount)
    let whole = Beside(base: grid.all, changed: changed.all)
    let loop = BlockLoop(of: areas.count, size: 1) { block in
      let area = areas[block.lowerBound]
      return figures(
        measures, area: area, level: level,
        own: Beside(base: grid.pair(area: area), changed: changed.pair(area: area)), whole: whole
      ) { draw in
        let pair = pair(area: area, draw: draw)
        return (
          Beside(base: pair, changed: scenario.applied(to: pair, area: area)), pooled[draw]
        )
      }
    }
    let wholeLoop = BlockLoop(of: 1, size: 1) { _ in
      figures(
        measures, area: nil, level: level, own: whole, whole: whole
      ) { (pooled[$0], pooled[$0]) }
    }
    runTogether([loop, wholeLoop], workerCount: workerCount)
    return (loop.results + wholeLoop.results).flatMap { $0 }
  }

  /// All areas together that are on both sides, draw by draw; areas that stay as they are drawn as one.
  private func pooled(_ scenario: Scenario, workerCount: Int) -> [Beside] {
    let members = grid.comparable(grid.areas.codes.indices).areas
    let areas = members.filter { scenario.changes[$0] != nil }
    let rest = members.filter { scenario.changes[$0] == nil }
    let own = ProfilePair(
      provision: grid.provision.pooled(rest), demand: grid.demand.pooled(rest))
    return mapBlocks(of: count, size: 4, workerCount: workerCount) { draws in
      draws.map { draw in
        let rest = pair(pooling: rest, own: own, draw: draw)
        var (base, changed) = (PairSum(rest), PairSum(rest))
        for area in areas {
          let pair = pair(area: area, draw: draw)
          base.add(pair)
          changed.add(scenario.applied(to: pair, area: area))
        }
        return Beside(base: base.pair, changed: changed.pair)
      }
    }.flatMap { $0 }
  }

  /// The figures of one area or of all, with their differences in each draw.
  private func figures(
    _ measures: [Measure], area: Int?, level: Double, own: Beside, whole: Beside,
    draws: (Int) -> (own: Beside, whole: Beside)
  ) -> [ScenarioFigure] {
    var places: [(measure: Int, sector: Int, base: Figure, changed: Figure)] = []
    for (number, measure) in measures.enumerated() {
      if area == nil, measure.laws.contains(.comparesAreas) { continue }
      let both = own.figures(measure, whole)
      for sector in both.base.indices {
        let (base, changed) = (both.base[sector], both.changed[sector])
        if measure.isPerCell, base.isNearly(changed) { continue }
        places.append((number, sector, base, changed))
      }
    }
    var differences = places.map { _ in [Double]() }
    let drawn = places.indices.filter {
      !difference(places[$0].base.value, places[$0].changed.value).isNaN
    }
    for draw in 0..<(drawn.isEmpty ? 0 : count) {
      let (own, whole) = draws(draw)
      if own.isUnchanged, whole.isUnchanged {
        for index in drawn { differences[index].append(0) }
        continue
      }
      var known: (measure: Int, base: [Figure], changed: [Figure]) = (-1, [], [])
      for index in drawn {
        let place = places[index]
        if known.measure != place.measure {
          let both = own.figures(measures[place.measure], whole)
          known = (place.measure, both.base, both.changed)
        }
        differences[index].append(
          difference(known.base[place.sector].value, known.changed[place.sector].value))
      }
    }
    return places.indices.map { index in
      let place = places[index]
      return ScenarioFigure(
        measure: place.measure, area: area,
        sector: measures[place.measure].isPerCell ? place.sector : nil, base: place.base,
        changed: place.changed, difference: difference(place.base.value, place.changed.value),
        interval: cautiousInterval(of: differences[index], level: level))
    }
  }
}

/// A pair of profiles and what a scenario makes of it.
private struct Beside: Sendable {
  let base: ProfilePair
  let changed: ProfilePair

  /// Whether the scenario left all as it was, so that no measure differs, even one that is undefined.
  var isUnchanged: Bool { base == changed }

  /// The figures of a measure: one for each sector, or one alone.
  func figures(_ measure: Measure, _ whole: Beside) -> (base: [Figure], changed: [Figure]) {
    func figures(_ pair: ProfilePair, _ all: ProfilePair) -> [Figure] {
      measure.area(pair).map { [$0] } ?? measure.cells(pair, allAreas: all)
    }
    return (figures(base, whole.base), figures(changed, whole.changed))
  }
}

/// Counts of both sides, added up in the order in which they come.
private struct PairSum {
  private var provision: [Double]
  private var demand: [Double]

  init(_ pair: ProfilePair) {
    provision = pair.provision.cells.map(\.value)
    demand = pair.demand.cells.map(\.value)
  }

  mutating func add(_ pair: ProfilePair) {
    for sector in provision.indices {
      provision[sector] += pair.provision.cells[sector].value
      demand[sector] += pair.demand.cells[sector].value
    }
  }

  var pair: ProfilePair {
    ProfilePair(provision: Profile(exact: provision), demand: Profile(exact: demand))
  }
}

/// Changed less base, without what rounding of the arithmetic alone puts between them.
private func difference(_ base: Double, _ changed: Double) -> Double {
  let difference = changed - base
  return abs(difference) <= 1e-12 * max(1, abs(base)) ? 0 : difference
}

extension Figure {
  /// Whether two figures are the same but for rounding of the arithmetic.
  fileprivate func isNearly(_ other: Figure) -> Bool {
    func areNear(_ a: Double, _ b: Double) -> Bool {
      a == b || a.isNaN && b.isNaN || difference(a, b) == 0
    }
    return status == other.status && areNear(value, other.value) && areNear(lower, other.lower)
      && areNear(upper, other.upper)
  }
}

/// The percentile interval of values, of which any that are NaN may be whatever makes it wider; undefined without any.
private func cautiousInterval(of values: [Double], level: Double) -> ConfidenceInterval {
  guard !values.isEmpty else { return .undefined }
  func end(_ instead: Double, _ end: (ConfidenceInterval) -> Double) -> Double {
    var values = values.map { $0.isNaN ? instead : $0 }
    let found = end(percentileInterval(of: &values, level: level))
    // Between a number and an infinite one.
    return found.isNaN ? instead : found
  }
  return ConfidenceInterval(
    lower: end(-.infinity, \.lower), upper: end(.infinity, \.upper))
}
