#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Consecutive values of a binomial count and their probabilities, the rest of which sum to less than
/// 10⁻¹⁸.
struct BinomialWindow: Sendable {
  let first: Int
  let masses: [Double]

  /// - Parameters:
  ///   - trials: 0...1,000,000,000.
  ///   - probability: within 0...1.
  init(trials: Int, probability: Double) {
    guard trials > 0, probability > 0, probability < 1 else {
      first = probability < 1 ? 0 : trials
      masses = [1]
      return
    }
    let odds = probability / (1 - probability)
    let mode = min(trials, Int(Double(trials + 1) * probability))
    // Nine standard deviations would do but for the skewness of small counts.
    let deviation = (Double(trials) * probability * (1 - probability)).squareRoot()
    let reach = Int(11 * deviation) + 48
    let room = (below: min(mode, reach), above: min(trials - mode, reach))
    var lowest = room.below
    masses = [Double](unsafeUninitializedCapacity: room.below + 1 + room.above) { masses, count in
      // In relation to the mode's mass, so that no factorial is needed; scaled to 1 at the end.
      let cut = 1e-18
      masses[room.below] = 1
      var (trial, mass) = (mode, 1.0)
      while lowest > 0 {
        mass *= Double(trial) / (Double(trials - trial + 1) * odds)
        guard mass > cut else { break }
        lowest -= 1
        masses[lowest] = mass
        trial -= 1
      }
      var end = room.below + 1
      (trial, mass) = (mode, 1.0)
      while end < masses.count {
        mass *= Double(trials - trial) * odds / Double(trial + 1)
        guard mass > cut else { break }
        masses[end] = mass
        end += 1
        trial += 1
      }
      var sum = 0.0
      for index in lowest..<end { sum += masses[index] }
      let scale = 1 / sum
      count = end - lowest
      for index in 0..<count { masses[index] = masses[lowest + index] * scale }
    }
    first = mode - room.below + lowest
  }
}

/// A smooth function whose mean over binomial counts is wanted, with its Taylor series: the k-th
/// derivative at m over k! is `coefficient(k) * scale(m) / m^k`.
struct CountFunction: Sendable {
  /// At whole numbers and at means.
  let value: @Sendable (Double) -> Double
  let scale: @Sendable (Double) -> Double
  let coefficient: @Sendable (Int) -> Double

  /// x ln x, 0 at 0.
  static let timesLogarithm = CountFunction(
    value: entropyTerm, scale: { $0 },
    coefficient: { k in (k % 2 == 0 ? 1 : -1) / Double(k * (k - 1)) })

  /// √x.
  static let squareRoot = CountFunction(
    value: { $0.squareRoot() }, scale: { $0.squareRoot() },
    coefficient: { k in
      var product = 1.0
      for j in 0..<k { product *= (0.5 - Double(j)) / Double(j + 1) }
      return product
    })

  /// The mean over a binomial count, to some 10⁻¹⁴ of its size.
  ///
  /// Below a mean count of 250 the sum over all counts; above, the Taylor series in the first 14
  /// central moments, of which the next term is some 10⁻¹⁶ of it.
  func mean(trials: Int, probability: Double) -> Double {
    guard probability > 0 else { return value(0) }
    let center = Double(trials) * probability
    guard center >= 250 else {
      let window = BinomialWindow(trials: trials, probability: probability)
      var (count, sum) = (Double(window.first), 0.0)
      for mass in window.masses {
        sum += mass * value(count)
        count += 1
      }
      return sum
    }
    let moments = centralMoments(trials: trials, probability: probability, count: 14)
    var (power, sum) = (center, 0.0)
    for k in 2...14 {
      power *= center
      sum += coefficient(k) * moments[k] / power
    }
    return value(center) + scale(center) * sum
  }
}

/// x ln x, 0 at 0; from a table where x is a small whole number.
@inline(__always)
func entropyTerm(_ x: Double) -> Double {
  guard x < Double(smallProducts.count) else { return x * log(x) }
  let index = Int(x)
  if Double(index) == x { return smallProducts[index] }
  return x > 0 ? x * log(x) : 0
}

private let smallProducts = (0..<4096).map { $0 > 0 ? Double($0) * log(Double($0)) : 0 }

/// The central moments of a binomial count, from the 0th to that of `count`.
///
/// m(k+1) = Σ_{j<k} C(k, j) (n p (1-p) m(j) - p m(j+1)): Romanovsky (1923), Biometrika 15, 410-412,
/// https://doi.org/10.1093/biomet/15.3-4.410.
func centralMoments(trials: Int, probability: Double, count: Int) -> [Double] {
  let variance = Double(trials) * probability * (1 - probability)
  var moments = [1.0, 0.0]
  for k in 1..<count {
    var (binomial, sum) = (1.0, 0.0)
    for j in 0..<k {
      sum += binomial * (variance * moments[j] - probability * moments[j + 1])
      binomial *= Double(k - j) / Double(j + 1)
    }
    moments.append(sum)
  }
  return moments
}

/// The mean of |X/n - Y/m| for independent binomial X and Y, to some 10⁻¹⁵.
///
/// E|x - B| = x (2 G(x) - 1) + E B - 2 H(x), with the distribution function G of B and the sums H of its
/// values times their probabilities, meets each value of A: in the time of both windows together. Where
/// Bernstein's inequality leaves no more than 10⁻¹⁹ for the wrong order of the two, it is |p - q|.
func meanAbsoluteDifference(
  trials n: Int, probability p: Double, trials m: Int, probability q: Double
)
  -> Double
{
  if p == 0, q == 0 { return 0 }
  let (size, otherSize) = (Double(n), Double(m))
  let distance = abs(p - q)
  let variance = p * (1 - p) / size + q * (1 - q) / otherSize
  if distance * distance > 2 * 45 * (variance + distance / (3 * min(size, otherSize))) {
    return distance
  }
  let first = BinomialWindow(trials: n, probability: p)
  let second = BinomialWindow(trials: m, probability: q)
  return withUnsafeTemporaryAllocation(
    of: SIMD2<Double>.self, capacity: second.masses.count + 1
  ) { sums in
    // Values count from q, so that nothing large cancels.
    var sum = SIMD2<Double>.zero
    sums[0] = sum
    for (index, mass) in second.masses.enumerated() {
      sum += mass * SIMD2(1, Double(second.first + index) / otherSize - q)
      sums[index + 1] = sum
    }
    // The number of values of B up to that of A, step by step without a division.
    let step = m.quotientAndRemainder(dividingBy: n)
    var (place, rest) = (first.first * m).quotientAndRemainder(dividingBy: n)
    place += 1 - second.first
    var mean = 0.0
    for (index, mass) in first.masses.enumerated() {
      let value = Double(first.first + index) / size - q
      let part = sums[min(max(place, 0), second.masses.count)]
      mean += mass * (value * (2 * part.x - sum.x) + sum.y - 2 * part.y)
      place += step.quotient
      rest += step.remainder
      if rest >= n {
        rest -= n
        place += 1
      }
    }
    return mean
  }
}
