import CKernels

/// Alias tables, one after another, each a discrete distribution from which a draw takes one 32-bit
/// word and one look.
///
/// Probabilities are held to within 2⁻³². Walker (1977), https://doi.org/10.1145/355744.355749, in the
/// linear construction of Vose (1991), https://doi.org/10.1109/32.92917.
struct AliasTables: Sendable {
  private(set) var columns: [random_alias] = []
  private(set) var tables: [random_table] = []

  /// Makes room for the tables of Poisson distributions, so that growing does not copy them.
  mutating func reserve(poissonMeans means: some Sequence<Double>) {
    // Some seven standard deviations to either side.
    columns.reserveLargePages(means.reduce(columns.count) { $0 + 15 * Int($1.squareRoot()) + 48 })
  }

  /// Adds the table of a distribution.
  ///
  /// - Parameters:
  ///   - weights: at or above 0, with a sum above 0; weight i is that of the value `least` + i.
  mutating func append(_ weights: [Double], least: Int = 0) {
    let count = weights.count
    let start = columns.count
    tables.append(
      random_table(start: UInt32(start), count: UInt32(count), least: Int32(least)))
    columns.append(contentsOf: repeatElement(random_alias(), count: count))
    let scale = Double(count) / weights.reduce(0, +)
    var shares = weights.map { $0 * scale }
    var scratch = [UInt32](repeating: 0, count: count)
    columns.withUnsafeMutableBufferPointer { columns in
      guard let first = columns.baseAddress else { return }
      random_alias_table(&shares, UInt32(count), first + start, &scratch)
    }
  }

  /// Adds the table of a Poisson distribution, without values whose probability is under 2⁻³⁶.
  mutating func appendPoisson(mean: Double) {
    let mode = mean.rounded(.down)
    let cut = 0x1p-36
    var below: [Double] = []
    var (value, mass) = (mode, 1.0)
    while value > 0 {
      mass *= value / mean
      guard mass > cut else { break }
      below.append(mass)
      value -= 1
    }
    var weights = Array(below.reversed())
    weights.append(1)
    (value, mass) = (mode + 1, mean / (mode + 1))
    while mass > cut {
      weights.append(mass)
      value += 1
      mass *= mean / value
    }
    append(weights, least: Int(mode) - below.count)
  }
}
