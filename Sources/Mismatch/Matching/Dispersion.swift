import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Half the variance of sectors' unemployment rates relative to the overall rate, the index of Layard,
/// Nickell and Jackman (1991), Unemployment, chapter 6: ½ Σ w (u_i / u - 1)².
///
/// - Parameters:
///   - unemployed: by sector.
///   - employed: by sector; a sector's labour force is both together, and its rate the share of the
///     unemployed.
///   - isWeighted: whether sectors count by their labour force, so that the mean relative rate is 1.
///     Authors differ: otherwise each counts the same, and the variance is about the mean of the sectors'
///     relative rates, which is not 1.
/// - Returns: NaN where nobody is unemployed or a number is. Sectors without a labour force are left out.
package func layardNickellJackman(
  unemployed: [Double], employed: [Double], isWeighted: Bool
) -> Double {
  let sectors = zip(unemployed, employed).filter { !($0 + $1 == 0) }
  let forces = sectors.map { $0 + $1 }
  let rate = ExactSum.orNaN(sectors.map(\.0)) / ExactSum.orNaN(forces)
  guard rate > 0 else { return .nan }
  let relative = zip(sectors, forces).map { $0.0 / $1 / rate }
  let weights = isWeighted ? forces : forces.map { _ in 1 }
  let sum = ExactSum.orNaN(weights)
  let mean = ExactSum.orNaN(zip(weights, relative).map { $0 * $1 }) / sum
  return ExactSum.orNaN(zip(weights, relative).map { $0 * ($1 - mean) * ($1 - mean) }) / sum / 2
}

/// The dispersion of sectors' growth, √ Σ s_i (Δ ln x_i - Δ ln x)² with the later period's shares s
/// (Lilien, 1982, https://doi.org/10.1086/261088).
///
/// - Parameters:
///   - before: counts by sector, such as employment.
///   - after: the same later.
/// - Returns: NaN where a number is or a period has no count, and infinite where a sector with a share
///   had no count before. Sectors without any count after are left out, their share being 0.
package func lilien(before: [Double], after: [Double]) -> Double {
  let totals = (before: ExactSum.orNaN(before), after: ExactSum.orNaN(after))
  guard totals.before > 0, totals.after > 0 else { return .nan }
  let growth = log(totals.after / totals.before)
  let terms = zip(before, after).map { before, after in
    guard after != 0 else { return 0.0 }
    let difference = log(after / before) - growth
    return after / totals.after * difference * difference
  }
  return terms.contains(.infinity) ? .infinity : ExactSum.orNaN(terms).squareRoot()
}

/// Half the sum of absolute changes of sectors' shares, the turbulence of Layard, Nickell and Jackman
/// (1991): the share that would have to change sector for the earlier composition to become the later.
///
/// - Returns: 0...1; NaN where a number is or a period has no count.
package func turbulence(before: [Double], after: [Double]) -> Double {
  let totals = (before: ExactSum.orNaN(before), after: ExactSum.orNaN(after))
  guard totals.before > 0, totals.after > 0 else { return .nan }
  return ExactSum.orNaN(
    zip(before, after).map { abs($1 / totals.after - $0 / totals.before) }) / 2
}
