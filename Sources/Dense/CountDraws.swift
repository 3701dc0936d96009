#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Random counts and rates, one stream for each cell and draw: the same on any thread and in any order.
package struct CountDraws: Sendable {
  private let philox: Philox
  private let cell: UInt64
  private let draw: UInt64
  private var taken: UInt64 = 0

  /// - Parameters:
  ///   - cell: below 2³².
  ///   - draw: below 2³²; draw and cell name the stream.
  package init(seed: UInt64, cell: Int, draw: Int) {
    philox = Philox(seed: seed)
    (self.cell, self.draw) = (UInt64(cell), UInt64(draw))
  }

  /// A number above 0 and below 1.
  package mutating func uniform() -> Double {
    taken += 1
    return philox.uniform(cell: taken << 32 | cell, draw: draw) + 0x1p-54
  }

  /// A gamma variate with this shape, above 0, and scale 1: Marsaglia and Tsang (2000),
  /// https://doi.org/10.1145/358407.358414.
  package mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape: shape + 1) * pow(uniform(), 1 / shape) }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = 1 + c * x
      guard v > 0 else { continue }
      let cube = v * v * v
      if log(uniform()) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
    }
  }

  /// A standard normal variate by Box and Muller's pair, of which one is used.
  private mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// A Poisson variate with this mean, at or above 0: by inversion below 10, by transformed rejection above
  /// (Hörmann 1993, PTRS, https://doi.org/10.1016/0167-6687(93)90997-4).
  package mutating func poisson(mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard mean >= 10 else {
      var (count, mass) = (0.0, exp(-mean))
      var left = uniform() - mass
      while left > 0, mass > 0 {
        count += 1
        mass *= mean / count
        left -= mass
      }
      return count
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    let logOfMean = log(mean)
    while true {
      let (u, v) = (uniform() - 0.5, uniform())
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= 0.9277 - 3.6224 / (b - 2) { return k }
      if k < 0 || (us < 0.013 && v > us) { continue }
      if log(v * inverse / (a / (us * us) + b)) <= k * logOfMean - mean - lgamma(k + 1) { return k }
    }
  }
}
