import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far one row of a table of counts is from the whole table, and how much that counts for.
package struct LocalContribution: Sendable, Equatable {
  /// The row's share of all counts: `p`.
  package let share: Double
  /// The row's own distance from the whole, Σ p(g|u) ln(p(g|u) / p(g)), in nats; 0 for an empty row.
  package let local: Double

  /// What the row adds to the mutual information.
  package var contribution: Double { share * local }
}

/// The entropy of counts, Σ p ln(1 / p), in nats (Theil, 1971).
///
/// - Parameter counts: at or above 0 and finite. All 0 gives 0.
package func entropy(of counts: [Double]) -> Double {
  let total = ExactSum(counts).value
  guard total > 0 else { return 0 }
  return ExactSum(counts.lazy.map { -timesLog($0 / total, $0 / total) }).value
}

/// The local contributions of every row of a table, units × groups, in row order.
///
/// Shares sum to 1, and contributions to the table's mutual information. Counts are at or above 0 and
/// finite; a table without any count gives zeros.
///
/// Mora and Ruiz-Castillo (2011), https://doi.org/10.1111/j.1467-9531.2011.01237.x, equation 9.
package func localContributions(of counts: Matrix) -> [LocalContribution] {
  let whole = GroupShares(totals: counts.columnSums())
  return (0..<counts.rowCount).map { whole.localContribution(of: counts.row($0)) }
}

/// The groups of a whole, to which its rows are compared.
struct GroupShares: Sendable {
  private let total: Double
  /// Each group's share of all counts.
  private let shares: [Double]

  /// - Parameter totals: counts of each group in the whole.
  init(totals: [Double]) {
    let total = ExactSum(totals).value
    self.total = total
    shares = totals.map { $0 / total }
  }

  /// The local contribution of a row with one count for each group.
  func localContribution(of row: some Collection<Double>) -> LocalContribution {
    let rowTotal = ExactSum(row).value
    guard rowTotal > 0 else { return LocalContribution(share: 0, local: 0) }
    var local = ExactSum()
    for (count, share) in zip(row, shares) where count > 0 {
      local.add(timesLog(count / rowTotal, count / rowTotal / share))
    }
    return LocalContribution(share: rowTotal / total, local: max(0, local.value))
  }
}

/// The mutual information of the rows and columns of a table of counts,
/// M = Σ p(u,g) ln(p(u,g) / (p(u) p(g))), in nats.
///
/// The same for the transposed table; 0 where rows have the same profile, and for an empty table.
///
/// Theil and Finizza (1971); Mora and Ruiz-Castillo (2011),
/// https://doi.org/10.1111/j.1467-9531.2011.01237.x.
package func mutualInformation(of counts: Matrix) -> Double {
  ExactSum(localContributions(of: counts).lazy.map(\.contribution)).value
}

/// weight × ln(ratio), 0 where the weight is 0.
func timesLog(_ weight: Double, _ ratio: Double) -> Double {
  weight == 0 ? 0 : weight * log(ratio)
}
