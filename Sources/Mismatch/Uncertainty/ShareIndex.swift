import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An index of an area's two mixes whose sampling variability is calculated for the whole index, since no
/// interval of its cells gives it.
///
/// A new one is a value below and a line in the catalogue.
package struct ShareIndex: Sendable {
  /// The name of the measure that it is.
  package let name: String
  /// The exact mean over all samples from two profiles; nil where it takes draws.
  package let mean: (@Sendable (_ provision: SampledProfile, _ demand: SampledProfile) -> Double)?
  /// Where its interval comes from.
  let chance: Chance

  enum Chance: Sendable {
    /// The percentiles of a bootstrap, each side being a multinomial sample of its own total: the index of
    /// each draw follows from the sum of a term of both shares over sectors.
    case draws(PairTerm, index: @Sendable (_ sum: Double) -> Double)
    /// A closed form, all counts of side × sector being one sample.
    case form(
      @Sendable (_ provision: [Double], _ demand: [Double], _ mean: Double, _ level: Double) ->
        ConfidenceInterval)
  }

  /// What draws are summed up by; nil where there are none.
  var term: PairTerm? {
    if case .draws(let term, _) = chance { term } else { nil }
  }

  /// The sum over sectors of a function of both shares, which the sectors of an area have in common for the most
  /// part: worked out once for each pair of them.
  ///
  /// - Parameter start: what terms are added to, in the order of the sectors.
  static func sum(
    _ provision: SampledProfile, _ demand: SampledProfile, from start: Double = 0,
    _ term: (_ p: Double, _ q: Double) -> Double
  ) -> Double {
    var known: [SIMD2<Double>: Double] = [:]
    return zip(provision.shares, demand.shares).reduce(start) { sum, shares in
      let pair = SIMD2(shares.0, shares.1)
      if let value = known[pair] { return sum + value }
      let value = term(shares.0, shares.1)
      known[pair] = value
      return sum + value
    }
  }

  /// In the order of the measures.
  package static let catalogue = [
    dissimilarity, jackmanRoper2, halfTriangular, mutualInformation,
  ]

  /// E[D*] = 1/2 Σ E|X/n - Y/m|: the mean of Allen, Burgess, Davidson and Windmeijer's bootstrap (2015),
  /// https://doi.org/10.1111/ectj.12039, without draws.
  package static let dissimilarity = ShareIndex(
    name: "dissimilarity",
    mean: { provision, demand in
      sum(provision, demand) {
        meanAbsoluteDifference(
          trials: provision.total, probability: $0, trials: demand.total, probability: $1)
      } / 2
    },
    chance: .draws(.distance) { $0 / 2 })

  /// E = 1 - Σ E√(X/n) E√(Y/m), as both sides are drawn apart.
  package static let jackmanRoper2 = ShareIndex(
    name: "jackman_roper_2",
    mean: { provision, demand in
      let root = CountFunction.squareRoot
      let sum = sum(provision, demand) {
        root.mean(trials: provision.total, probability: $0)
          * root.mean(trials: demand.total, probability: $1)
      }
      return 1 - sum / (Double(provision.total) * Double(demand.total)).squareRoot()
    },
    chance: .draws(.rootProduct) { max(0, 1 - $0) })

  package static let halfTriangular = ShareIndex(
    name: "half_triangular", mean: nil, chance: .draws(.triangular) { $0 / 2 })
}
