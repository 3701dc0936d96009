import Dense

/// What stands behind the counts of demand: a rate for each cell, of which a count is a Poisson draw, and for each
/// sector a distribution of its ratios to what areas of that size would have (Clayton and Kaldor 1987).
///
/// Rates given counts are gamma with the shape N + ν and the scale E / (E + α). Where areas differ no more than
/// chance makes them, all rates of a sector are the expected counts, and nothing is there for local choice to find.
package struct DemandModel: Sendable {
  /// Counts given all areas, by cell: the means of the rates.
  package let smoothed: [Double]
  private let expected: [Double]
  private let sectorCount: Int
  private let priors: [Prior]

  /// The model of a table of counts at or above 0, areas × sectors.
  package init(counts: [Double], sectorCount: Int) {
    let areaCount = sectorCount > 0 ? counts.count / sectorCount : 0
    expected = Self.expected(counts, sectorCount)
    priors = (0..<sectorCount).map { [expected] sector in
      let cells = (0..<areaCount).map { $0 * sectorCount + sector }
      let fit = EmpiricalBayes(
        .claytonKaldor, observed: cells.map { counts[$0] }, expected: cells.map { expected[$0] })
      return Prior(mean: fit.mean, variance: fit.variance)
    }
    self.sectorCount = sectorCount
    smoothed = counts.indices.map { [expected, priors] in
      Self.rate(counts[$0], expected[$0], priors[$0 % sectorCount])
    }
  }

  /// What areas of their size would have by the sectors of all areas together.
  private static func expected(_ counts: [Double], _ sectorCount: Int) -> [Double] {
    let areaCount = sectorCount > 0 ? counts.count / sectorCount : 0
    let areas = (0..<areaCount).map { area in
      ExactSum(counts[area * sectorCount..<(area + 1) * sectorCount]).value
    }
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
    for cell in counts.indices {
      let (size, prior) = (expected[cell], priors[cell % sectorCount])
      guard size > 0 else {
        (deciding[cell], judging[cell]) = (0, 0)
        continue
      }
      var stream = CountDraws(seed: seed, cell: cell, draw: draw)
      var rate = size * prior.mean
      if prior.variance > 0 {
        let scale = prior.mean / prior.variance
        rate =
          size * stream.gamma(shape: counts[cell] + prior.mean * scale) / (size + scale)
      }
      deciding[cell] = stream.poisson(mean: rate)
      judging[cell] = stream.poisson(mean: rate * (ratios?[cell] ?? 1))
    }
  }
}
