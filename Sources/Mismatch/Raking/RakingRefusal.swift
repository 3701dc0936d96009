/// Why a table cannot be raked to totals.
package enum RakingRefusal: Error, Equatable {
  /// A cell of the seed is missing, negative or infinite.
  case badCell(row: Int, column: Int)
  /// A target is missing, negative or infinite.
  case badRowTarget(Int)
  case badColumnTarget(Int)
  /// The two sets of targets do not have the same sum.
  case unequalTotals(rows: Double, columns: Double)
  /// These rows need more than the only columns they have cells in may hold.
  case infeasible(rows: [Int], needed: Double, columns: [Int], available: Double)
  /// The totals were not met within the passes that are allowed.
  case notConverged(iterationCount: Int, largestError: Double)
}
