import Dense

/// What stands behind the counts of demand: a rate for each cell, of which a count is a Poisson draw, and for each
/// sector a distribution of its ratios to what areas of that size would have (Clayton and Kaldor 1987).
///
/// Rates given counts are gamma with the shape N + ν and the scale E / (E + α). Where areas differ no more than
/// chance makes them, all rates of a sector are the expected counts, and nothing is there for local choice to find.
///
/// Draws treat the size of areas alike: what areas have in all is a rate too, around what their money would have them
/// expect. Without that chance in areas' totals would count twice, and money and openings would seem further apart.
package struct DemandModel: Sendable {
  /// Counts given all areas, by cell: the means of the rates.
  package let smoothed: [Double]
  private let expected: [Double]
  private let sectorCount: Int
  private let priors: [Prior]
  /// Those of rates before areas' totals are known.
  private let drawnPriors: [Prior]
  /// Of areas: what their money would have them expect in all, and the distribution of their ratios to it.
  private let sizes: [Double]
  private let sizePrior: Prior

  /// The model of a table of counts at or above 0, areas × sectors.
  ///
  /// - Parameter budgets: by area, at or above 0, in any unit.
  package init(counts: [Double], sectorCount: Int, budgets: [Double]) {
    let areaCount = sectorCount > 0 ? counts.count / sectorCount : 0
    expected = Self.expected(counts, sectorCount)
    priors = (0..<sectorCount).map { [expected] sector in
      let cells = (0..<areaCount).map { $0 * sectorCount + sector }
      let fit = EmpiricalBayes(
        .claytonKaldor, observed: cells.map { counts[$0] }, expected: cells.map { expected[$0] })
      return Prior(mean: fit.mean, variance: fit.variance)
    }
    self.sectorCount = sectorCount
    let totals = Self.totals(counts, sectorCount)
    drawnPriors = Self.widened(
      priors,
      (0..<sectorCount).map { sector in
        ExactSum(totals.indices.map { counts[$0 * sectorCount + sector] }).value
      })
    let (whole, money) = (ExactSum(totals).value, ExactSum(budgets).value)
    sizes = budgets.map { money > 0 ? $0 / money * whole : 0 }
    let fit = EmpiricalBayes(.claytonKaldor, observed: totals, expected: sizes)
    sizePrior = Prior(mean: fit.mean, variance: fit.variance)
    smoothed = counts.indices.map { [expected, priors] in
      Self.rate(counts[$0], expected[$0], priors[$0 % sectorCount])
    }
  }

  /// The distributions of rates, from those of their ratios to areas' totals, which hold a part of what varies.
  ///
  /// Where rates vary by v and are the parts q of all, ratios vary by v (1 - 2q) + Σ q² v to first order.
  private static func widened(_ priors: [Prior], _ sectors: [Double]) -> [Prior] {
    let whole = sectors.reduce(0, +)
    let parts = sectors.map { whole > 0 ? $0 / whole : 0 }
    // A sector of two fifths or more would leave nearly nothing to divide by.
    let left = parts.map { max(0.2, 1 - 2 * $0) }
    let ratios = priors.map { $0.mean > 0 ? $0.variance / ($0.mean * $0.mean) : 0 }
    var (common, weight) = (0.0, 1.0)
    for sector in priors.indices {
      let square = parts[sector] * parts[sector] / left[sector]
      common += square * ratios[sector]
      weight += square
    }
    return priors.indices.map { sector in
      let mean = priors[sector].mean
      let varies = max(0, (ratios[sector] - common / weight) / left[sector])
      return Prior(mean: mean, variance: mean > 0 ? varies * mean * mean : 0)
    }
  }

  /// What areas have in all.
  private static func totals(_ counts: [Double], _ sectorCount: Int) -> [Double] {
    let areaCount = sectorCount > 0 ? counts.count / sectorCount : 0
    return (0..<areaCount).map { area in
      ExactSum(counts[area * sectorCount..<(area + 1) * sectorCount]).value
    }
  }

  /// What areas of their size would have by the sectors of all areas together.
  private static func expected(_ counts: [Double], _ sectorCount: Int) -> [Double] {
    let areas = totals(counts, sectorCount)
    let areaCount = areas.count
    let sectors = (0..<sectorCount).map { sector in
      ExactSum((0..<areaCount).map { counts[$0 * sectorCount + sector] }).value
    }
    let whole = ExactSum(areas).value
    return counts.indices.map {
      whole > 0 ? areas[$0 / sectorCount] * sectors[$0 % sectorCount] / whole : 0
    }
  }

  /// The mean of a rate given a count.
  private static func rate(_ count: Double, _ expected: Double, _ prior: Prior) -> Double {
    expected > 0 ? expected * prior.smoothed(count, expected) : 0
  }

  /// Counts smoothed by what they say themselves of the size of areas and sectors, by cell.
  ///
  /// How much areas differ is that of the model: a draw knows as little of areas as the counts did.
  package func smooth(_ counts: [Double], into smoothed: inout [Double]) {
    let expected = Self.expected(counts, sectorCount)
    for cell in counts.indices {
      smoothed[cell] = Self.rate(counts[cell], expected[cell], priors[cell % sectorCount])
    }
  }

  /// Draws rates given counts, and two independent counts of each: one to make a plan on, one to score it on.
  ///
  /// - Parameters:
  ///   - draw: what is drawn depends on seed, cell and this alone.
  ///   - counts: by cell: those of the model, or others within their bounds.
  ///   - ratios: by cell, what the rates that judge are multiplied with; nil for 1.
  package func draw(
    _ draw: Int, seed: UInt64, counts: [Double], ratios: [Double]?, deciding: inout [Double],
    judging: inout [Double]
  ) {
    var rates = Array(repeating: 0.0, count: sectorCount)
    for area in sizes.indices {
      let cells = area * sectorCount..<(area + 1) * sectorCount
      var streams = cells.map { CountDraws(seed: seed, cell: $0, draw: draw) }
      for (sector, cell) in cells.enumerated() {
        rates[sector] = Self.draw(
          counts[cell], expected[cell], drawnPriors[sector], &streams[sector])
      }
      let total = rates.reduce(0, +)
      var stream = CountDraws(seed: seed, cell: counts.count + area, draw: draw)
      let size = Self.draw(
        cells.reduce(0) { $0 + counts[$1] }, sizes[area], sizePrior, &stream)
      let factor = size > 0 && total > 0 ? size / total : 1
      for (sector, cell) in cells.enumerated() {
        let rate = rates[sector] * factor
        deciding[cell] = streams[sector].poisson(mean: rate)
        judging[cell] = streams[sector].poisson(mean: rate * (ratios?[cell] ?? 1))
      }
    }
  }

  /// A rate given a count; 0 where nothing is expected.
  private static func draw(
    _ count: Double, _ expected: Double, _ prior: Prior, _ stream: inout CountDraws
  ) -> Double {
    guard expected > 0 else { return 0 }
    guard prior.variance > 0 else { return expected * prior.mean }
    let scale = prior.mean / prior.variance
    return expected * stream.gamma(shape: count + prior.mean * scale) / (expected + scale)
  }
}
