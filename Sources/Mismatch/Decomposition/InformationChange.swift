import Dense

/// The change of mutual information between two periods and what it comes from, in nats.
///
/// The components sum to `after - before`.
package struct InformationChange: Sendable, Equatable {
  /// How a change is taken apart.
  package enum Method: String, Sendable, CaseIterable {
    /// Shapley values of group margin, unit margin and structure (Elbers, 2021,
    /// https://doi.org/10.1177/0049124121986204): the same with units and groups exchanged, and with
    /// periods exchanged but for signs.
    case shapley
    /// Entropy of groups, composition of units, and structure (Mora and Ruiz-Castillo, 2009,
    /// https://doi.org/10.1108/S1049-2585(2009)0000017005).
    case moraRuizCastillo = "mora-ruiz-castillo"
  }

  /// What a count of 0 becomes before tables are adjusted to margins.
  package static let zeroFill = 1e-10

  package let before: Double
  package let after: Double
  /// What units and groups add that have counts in the later period only.
  package let additions: Double
  /// What units and groups take away that have counts in the earlier period only.
  package let removals: Double
  package let groupMargin: Double
  package let unitMargin: Double
  package let structure: Double
  /// False where an adjustment to margins did not reach its tolerance; the components are then NaN.
  package let isConverged: Bool
}

extension InformationChange {
  /// The change between two tables of counts, units × groups, over the same units and groups.
  ///
  /// Units and groups without any count in one of the periods are apart, as additions and removals. For
  /// Shapley values a count of 0 becomes 1e-10 (a thousandth of the smallest count, where that is
  /// smaller), so that every table has odds ratios.
  ///
  /// - Parameters:
  ///   - before: counts at or above 0 and finite.
  ///   - after: of the same size.
  ///   - workerCount: threads to use; the result does not depend on it.
  package init(
    from before: Matrix, to after: Matrix, by method: Method, workerCount: Int = 1
  ) {
    let common = commonPart(before, after)
    let parts =
      switch method {
      case .shapley: shapleyParts(common.before, common.after, workerCount: workerCount)
      case .moraRuizCastillo: moraRuizCastilloParts(common.before, common.after)
      }
    self.before = mutualInformation(of: before)
    self.after = mutualInformation(of: after)
    additions = self.after - mutualInformation(of: common.after)
    removals = mutualInformation(of: common.before) - self.before
    groupMargin = parts?.groupMargin ?? .nan
    unitMargin = parts?.unitMargin ?? .nan
    structure = parts?.structure ?? .nan
    isConverged = parts != nil
  }
}

private typealias Parts = (groupMargin: Double, unitMargin: Double, structure: Double)

/// The rows and columns that have counts in both tables, until nothing more falls away.
private func commonPart(_ before: Matrix, _ after: Matrix) -> (before: Matrix, after: Matrix) {
  var (before, after) = (before, after)
  while true {
    let rows = zip(before.rowSums(), after.rowSums()).map { $0 > 0 && $1 > 0 }
    let columns = zip(before.columnSums(), after.columnSums()).map { $0 > 0 && $1 > 0 }
    if rows.allSatisfy({ $0 }), columns.allSatisfy({ $0 }) { return (before, after) }
    before = before.keeping(rows: rows, columns: columns)
    after = after.keeping(rows: rows, columns: columns)
  }
}

extension Matrix {
  fileprivate func keeping(rows: [Bool], columns: [Bool]) -> Matrix {
    let keptRows = rows.indices.filter { rows[$0] }
    let keptColumns = columns.indices.filter { columns[$0] }
    var kept = Matrix(rowCount: keptRows.count, columnCount: keptColumns.count)
    for (row, oldRow) in keptRows.enumerated() {
      for (column, oldColumn) in keptColumns.enumerated() {
        kept[row, column] = self[oldRow, oldColumn]
      }
    }
    return kept
  }

  /// The table with zeros filled, as shares of all.
  fileprivate func sharesFilled(with fill: Double) -> Matrix {
    var shares = self
    for index in elements.indices where elements[index] == 0 { shares.elements[index] = fill }
    let total = ExactSum(shares.elements).value
    for index in elements.indices { shares.elements[index] /= total }
    return shares
  }
}

/// Elbers (2021): the average over the orders in which group margin, unit margin and structure can change.
private func shapleyParts(_ before: Matrix, _ after: Matrix, workerCount: Int) -> Parts? {
  guard !before.elements.isEmpty else { return (0, 0, 0) }
  let smallest = (before.elements + after.elements).reduce(.infinity) { $1 > 0 ? min($0, $1) : $0 }
  let fill =
    smallest < InformationChange.zeroFill ? smallest / 1000 : InformationChange.zeroFill
  let tables = [before.sharesFilled(with: fill), after.sharesFilled(with: fill)]
  let rows = tables.map { $0.rowSums() }
  let columns = tables.map { $0.columnSums() }
  // Indexed by the period of units, groups and structure: 1 is the later one.
  var information: [[Int]: Double] = [
    [0, 0, 0]: mutualInformation(of: before), [1, 1, 1]: mutualInformation(of: after),
  ]
  for units in 0...1 {
    for groups in 0...1 {
      for structure in 0...1 where information[[units, groups, structure]] == nil {
        let adjusted = MarginAdjustment(
          tables[structure], rows: rows[units], columns: columns[groups], workerCount: workerCount)
        guard adjusted.isConverged else { return nil }
        information[[units, groups, structure]] = mutualInformation(of: adjusted.table)
      }
    }
  }
  let m = { (units: Int, groups: Int, structure: Int) in
    information[[units, groups, structure]] ?? .nan
  }
  // Units and groups change together before or after structure, and each before or after the other.
  return (
    groupMargin:
      (m(0, 1, 0) - m(0, 0, 0) + m(1, 1, 0) - m(1, 0, 0) + m(1, 1, 1) - m(1, 0, 1)
      + m(0, 1, 1) - m(0, 0, 1)) / 4,
    unitMargin:
      (m(1, 0, 0) - m(0, 0, 0) + m(1, 1, 0) - m(0, 1, 0) + m(1, 1, 1) - m(0, 1, 1)
      + m(1, 0, 1) - m(0, 0, 1)) / 4,
    structure: (m(0, 0, 1) - m(0, 0, 0) + m(1, 1, 1) - m(1, 1, 0)) / 2
  )
}

/// Mora and Ruiz-Castillo (2009), from M = E(groups) - Σ p(unit) E(groups in unit).
private func moraRuizCastilloParts(_ before: Matrix, _ after: Matrix) -> Parts {
  let tables = [before, after]
  let shares = tables.map { table in
    let sums = table.rowSums()
    let total = ExactSum(sums).value
    return sums.map { $0 / total }
  }
  let entropies = tables.map { table in
    (0..<table.rowCount).map { entropy(of: Array(table.row($0))) }
  }
  let units = 0..<before.rowCount
  return (
    groupMargin: entropy(of: after.columnSums()) - entropy(of: before.columnSums()),
    unitMargin: ExactSum(
      units.lazy.map {
        -(shares[1][$0] - shares[0][$0]) * (entropies[0][$0] + entropies[1][$0]) / 2
      }
    ).value,
    structure: ExactSum(
      units.lazy.map {
        -(shares[0][$0] + shares[1][$0]) / 2 * (entropies[1][$0] - entropies[0][$0])
      }
    ).value
  )
}
