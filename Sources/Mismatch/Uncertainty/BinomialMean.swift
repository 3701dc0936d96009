#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Consecutive values of a binomial count and their probabilities, the rest of which sum to less than
/// 10⁻¹⁸.
struct BinomialWindow: Sendable {
  let first: Int
  private(set) var masses: [Double]

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
    // In relation to the mode's mass, so that no factorial is needed; scaled to 1 at the end.
    let cut = 1e-18
    var below: [Double] = []
    var (count, mass) = (mode, 1.0)
    while count > 0 {
      mass *= Double(count) / (Double(trials - count + 1) * odds)
      guard mass > cut else { break }
      below.append(mass)
      count -= 1
    }
    masses = below.reversed()
    masses.append(1)
    (count, mass) = (mode, 1.0)
    while count < trials {
      mass *= Double(trials - count) * odds / Double(count + 1)
      guard mass > cut else { break }
      masses.append(mass)
      count += 1
    }
    first = mode - below.count
    let scale = 1 / masses.reduce(0, +)
    for index in masses.indices { masses[index] *= scale }
  }
}

/// A smooth function whose mean over binomial counts is wanted, with its Taylor series: the k-th
/// derivative at m over k! is `coefficient(k) * scale(m) / m^k`.
struct CountFunction: Sendable {
  let value: @Sendable (Double) -> Double
  let scale: @Sendable (Double) -> Double
  let coefficient: @Sendable (Int) -> Double

  /// x ln x, 0 at 0.
  static let timesLogarithm = CountFunction(
    value: { $0 > 0 ? $0 * log($0) : 0 }, scale: { $0 },
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
  /// Below a mean count of 1,000 the sum over all counts; above, the Taylor series in the first 14
  /// central moments, of which the next term is below 10⁻¹⁷.
  func mean(trials: Int, probability: Double) -> Double {
    let center = Double(trials) * probability
    guard center >= 1000 else {
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
/// E|A - B| = ∫ (F (1 - G) + G (1 - F)) over the steps of both distribution functions, in the time of
/// their windows together. Where Bernstein's inequality leaves no more than 10⁻¹⁹ for the wrong order of
/// the two, it is |p - q|.
func meanAbsoluteDifference(
  trials n: Int, probability p: Double, trials m: Int, probability q: Double
)
  -> Double
{
  let (size, otherSize) = (Double(n), Double(m))
  let distance = abs(p - q)
  let variance = p * (1 - p) / size + q * (1 - q) / otherSize
  if distance * distance > 2 * 45 * (variance + distance / (3 * min(size, otherSize))) {
    return distance
  }
  let first = BinomialWindow(trials: n, probability: p)
  let second = BinomialWindow(trials: m, probability: q)
  return first.masses.withUnsafeBufferPointer { a in
    second.masses.withUnsafeBufferPointer { b in
      var (i, j) = (0, 0)
      var (f, g) = (0.0, 0.0)
      var (sum, place) = (0.0, 0.0)
      while i < a.count || j < b.count {
        let isFirst =
          j == b.count || i < a.count && (first.first + i) * m <= (second.first + j) * n
        let next =
          isFirst ? Double(first.first + i) / size : Double(second.first + j) / otherSize
        sum += (next - place) * (f * (1 - g) + g * (1 - f))
        place = next
        if isFirst {
          f += a[i]
          i += 1
        } else {
          g += b[j]
          j += 1
        }
      }
      return sum
    }
  }
}
