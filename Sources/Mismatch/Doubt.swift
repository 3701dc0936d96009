import Dense

/// What uncertain weights make of a number, as distances from it: its expected value, and the least and the most that
/// it can be whatever the weights are; and its variance.
package struct Doubt: Sendable, Equatable {
  package var shift = 0.0
  package var variance = 0.0
  package var least = 0.0
  package var most = 0.0

  package init(
    shift: Double = 0, variance: Double = 0, least: Double = 0, most: Double = 0
  ) {
    (self.shift, self.variance, self.least, self.most) = (shift, variance, least, most)
  }

  /// The interval of a number at a level.
  ///
  /// Between the least and the most that it can be, the beta distribution with its expected value and variance:
  /// that of a share of one source is the Dirichlet distribution's own.
  func interval(of value: Double, level: Double) -> ConfidenceInterval {
    let (centre, tail) = (value + shift, (1 - level) / 2)
    guard variance > 0 else { return ConfidenceInterval(lower: centre, upper: centre) }
    let (start, width) = (value + least, most - least)
    let mean = (centre - start) / width
    let cases = mean * (1 - mean) * width * width / variance - 1
    guard mean > 0, mean < 1, cases > 0 else {
      // More variance than a number between those ends can have: shares of sums whose total varies, too.
      let reach = StandardNormal.upperQuantile(tail) * variance.squareRoot()
      return ConfidenceInterval(lower: centre - reach, upper: centre + reach)
    }
    let beta = Beta(mean * cases, (1 - mean) * cases)
    return ConfidenceInterval(
      lower: start + width * beta.quantile(tail), upper: start + width * beta.upperQuantile(tail))
  }

  /// The doubt of the difference of two numbers that vary independently.
  func minus(_ other: Doubt) -> Doubt {
    Doubt(
      shift: shift - other.shift, variance: variance + other.variance, least: least - other.most,
      most: most - other.least)
  }

  /// The doubt of a multiple above 0.
  func times(_ factor: Double) -> Doubt {
    Doubt(
      shift: shift * factor, variance: variance * factor * factor, least: least * factor,
      most: most * factor)
  }
}

/// What uncertain weights of lookups and crosswalks make of one cell's counts and shares.
package struct CellDoubts: Sendable, Equatable {
  package var provisionCount = Doubt()
  package var provisionShare = Doubt()
  package var demandCount = Doubt()
  package var demandShare = Doubt()

  package init() {}
}
