import Dense

/// The change of a mutual information from one period to the next, for one table of both periods.
package struct PeriodChange: Sendable {
  /// Which table is compared.
  package enum Compared: String, Sendable, CaseIterable {
    /// Area × sector by side: the headline's mutual information.
    case sides
    /// Area by sector of one side: how differently areas are made up.
    case provision
    case demand

    /// What the table's rows and columns are, in words.
    package var unit: String { self == .sides ? "area and sector" : "area" }
    package var group: String { self == .sides ? "side" : "sector" }
  }

  package let before: String
  package let after: String
  package let compared: Compared
  package let method: InformationChange.Method
  package let change: InformationChange
  /// `incomplete` where cells without a number in one of the periods were left out of both.
  package let status: Status

  /// Every change between two periods, over the same areas and sectors.
  ///
  /// - Parameter workerCount: threads to use; the result does not depend on it.
  package static func all(from before: Grid, to after: Grid, workerCount: Int = 1) -> [PeriodChange]
  {
    Compared.allCases.flatMap { compared in
      let tables = known(compared.table(of: before), compared.table(of: after))
      return InformationChange.Method.allCases.map { method in
        let change = InformationChange(
          from: tables.before, to: tables.after, by: method, workerCount: workerCount)
        return PeriodChange(
          before: before.period, after: after.period, compared: compared, method: method,
          change: change,
          status: tables.status.union(change.isConverged ? [] : .notConverged))
      }
    }
  }

  /// Both tables with 0 where either has no number, and what tells of that.
  private static func known(_ before: Matrix, _ after: Matrix) -> (
    before: Matrix, after: Matrix, status: Status
  ) {
    var (before, after) = (before, after)
    var status = Status()
    for index in before.elements.indices
    where before.elements[index].isNaN || after.elements[index].isNaN {
      (before.elements[index], after.elements[index]) = (0, 0)
      status = .incomplete
    }
    return (before, after, status)
  }
}

extension PeriodChange.Compared {
  /// The counts of a grid, units × groups; NaN where there is no number.
  fileprivate func table(of grid: Grid) -> Matrix {
    switch self {
    case .provision: return grid.provision.value
    case .demand: return grid.demand.value
    case .sides:
      let (provision, demand) = (grid.provision.value.elements, grid.demand.value.elements)
      var table = Matrix(rowCount: provision.count, columnCount: 2)
      for unit in provision.indices {
        let isKnown = !(provision[unit] + demand[unit]).isNaN
        table[unit, 0] = isKnown ? provision[unit] : .nan
        table[unit, 1] = isKnown ? demand[unit] : .nan
      }
      return table
    }
  }
}
