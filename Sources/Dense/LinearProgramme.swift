import CClp

/// A linear programme: the least Σ cost × x over x at or above 0, with a lower and an upper bound for each
/// row of the constraints.
package struct LinearProgramme: Sendable {
  private let rows: [ClosedRange<Double>]
  private var costs: [Double] = []
  private var starts: [Int32] = [0]
  private var rowNumbers: [Int32] = []
  private var coefficients: [Double] = []

  /// A programme with these rows and no variables yet; infinite bounds do not bind.
  package init(rows: [ClosedRange<Double>]) { self.rows = rows }

  /// Adds a variable that occurs in these rows.
  package mutating func addVariable(
    cost: Double, _ entries: (row: Int, coefficient: Double)...
  ) {
    costs.append(cost)
    for entry in entries {
      rowNumbers.append(Int32(entry.row))
      coefficients.append(entry.coefficient)
    }
    starts.append(Int32(rowNumbers.count))
  }

  /// The best value of each variable, by Clp's dual simplex; nil where no values meet the constraints or
  /// the cost has no least value.
  ///
  /// Constraints are met to 10⁻⁷: scale rows so that their bounds are large beside that. Reduced costs are
  /// met to 10⁻¹⁰ where the largest cost is between 16 and 32, to which Clp's costs are scaled by a power
  /// of two. Of several best solutions it gives one, always the same.
  package func solution() -> [Double]? {
    let largest = costs.reduce(0) { max($0, abs($1)) }
    guard largest.isFinite, let model = Clp_newModel() else { return nil }
    defer { Clp_deleteModel(model) }
    Clp_setLogLevel(model, 0)
    Clp_setPrimalTolerance(model, 1e-7)
    Clp_setDualTolerance(model, 1e-10)
    Clp_loadProblem(
      model, Int32(costs.count), Int32(rows.count), starts, rowNumbers, coefficients, nil, nil,
      scaled(costs, by: largest), rows.map(\.lowerBound), rows.map(\.upperBound))
    guard Clp_dual(model, 0) == 0, let values = Clp_getColSolution(model) else { return nil }
    return Array(UnsafeBufferPointer(start: values, count: costs.count))
  }

  /// Costs with a largest one between 16 and 32, whatever their unit: Clp ends the process over a cost of
  /// 10²⁵, and takes small ones for none.
  private func scaled(_ costs: [Double], by largest: Double) -> [Double] {
    guard largest > 0 else { return costs }
    let factor = 16 / max(largest.binade, 0x1p-1000)
    return costs.map { $0 * factor }
  }
}
