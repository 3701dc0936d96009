import Dense

/// Where the people of each area work, and where those who work in an area live.
package struct Commuting: Sendable {
  /// Origins × destinations: the part of each origin's commuters that goes to each destination of the grid.
  package let toWork: SparseMatrix
  /// Destinations × origins: the part of each destination's commuters that comes from each origin.
  private let toHome: SparseMatrix
  /// Areas, by position, that no commuter leaves: they keep their provision.
  package let areasWithoutOrigins: [Int]
  /// Areas that no commuter reaches: they keep their demand.
  package let areasWithoutDestinations: [Int]
  /// By area: the part of its commuters that works outside the grid.
  package let partWorkingOutside: [Double]
  /// By area: the part of those who work there that lives outside the grid.
  package let partLivingOutside: [Double]

  /// Commuting between the areas of a grid.
  ///
  /// - Parameters:
  ///   - flows: origins × destinations, counts at or above 0, areas of the grid in its order.
  ///   - originOutside: by origin, commuters to places outside the grid.
  ///   - destinationOutside: by destination, commuters from places outside it.
  package init(flows: SparseMatrix, originOutside: [Double], destinationOutside: [Double]) {
    let backward = flows.transposed()
    func parts(_ flows: SparseMatrix, _ outside: [Double]) -> (SparseMatrix, [Int], [Double]) {
      let totals = outside.indices.map { flows.rowSum($0) + outside[$0] }
      let without = totals.indices.filter { totals[$0] == 0 }
      var entries = SparseMatrix.Entries()
      for row in 0..<flows.rowCount where totals[row] > 0 {
        for entry in flows.row(row) where entry.weight > 0 {
          entries.add(row: row, column: entry.column, weight: entry.weight / totals[row])
        }
      }
      for row in without { entries.add(row: row, column: row, weight: 1) }
      return (
        SparseMatrix(rowCount: flows.rowCount, columnCount: flows.columnCount, entries: entries),
        without, totals.indices.map { totals[$0] > 0 ? outside[$0] / totals[$0] : 0 }
      )
    }
    (toWork, areasWithoutOrigins, partWorkingOutside) = parts(flows, originOutside)
    (toHome, areasWithoutDestinations, partLivingOutside) = parts(backward, destinationOutside)
  }

  /// Provision where its people work: S_j = Σ_i T_i c_ij / c_i., values and bounds alike.
  package func atWorkplace(_ provision: Table, workerCount: Int) -> Table {
    moved(provision, by: toWork.transposed(), workerCount)
  }

  /// Demand where those live who meet it: D_i = Σ_j V_j c_ij / c_.j, values and bounds alike.
  package func atResidence(_ demand: Table, workerCount: Int) -> Table {
    moved(demand, by: toHome.transposed(), workerCount)
  }

  private func moved(_ table: Table, by weights: SparseMatrix, _ workerCount: Int) -> Table {
    let columns = FigureColumns(table.figuresWithTotals)
    return Table(
      withTotals: columns.figures(of: weights.times(columns.columns, workerCount: workerCount)))
  }
}
