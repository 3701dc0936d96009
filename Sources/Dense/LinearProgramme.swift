import CClp

/// A linear programme: the least Σ cost × x, with a lower and an upper bound for each variable and for each row of
/// the constraints.
package struct LinearProgramme: Sendable {
  private let rows: [ClosedRange<Double>]
  private var costs: [Double] = []
  private var bounds: [ClosedRange<Double>] = []
  private var starts: [Int32] = [0]
  private var rowNumbers: [Int32] = []
  private var coefficients: [Double] = []

  /// A programme with these rows and no variables yet; infinite bounds do not bind.
  package init(rows: [ClosedRange<Double>]) { self.rows = rows }

  /// The best value of each variable, and the price of each row: how fast the least cost rises with its bound.
  package struct Optimum: Sendable {
    package let values: [Double]
    package let prices: [Double]
  }

  /// How Clp goes about a programme.
  package enum Method: Sendable {
    /// The dual simplex, for small ones.
    case dual
    /// Clp makes it smaller and picks a method: the fastest for large ones whose variables have bounds.
    case automatic
    /// A barrier and then the simplex: for large ones whose variables have none.
    case barrier
  }

  /// Adds a variable at or above 0 that occurs in these rows.
  package mutating func addVariable(
    cost: Double, _ entries: (row: Int, coefficient: Double)...
  ) {
    addVariable(cost: cost, within: 0...Double.infinity, entries)
  }

  /// Adds a variable that occurs in these rows.
  package mutating func addVariable(
    cost: Double, within range: ClosedRange<Double>, _ entries: [(row: Int, coefficient: Double)]
  ) {
    costs.append(cost)
    bounds.append(range)
    for entry in entries {
      rowNumbers.append(Int32(entry.row))
      coefficients.append(entry.coefficient)
    }
    starts.append(Int32(rowNumbers.count))
  }

  /// The best value of each variable; nil as for ``optimum()``.
  package func solution() -> [Double]? { optimum()?.values }

  /// The optimum by Clp; nil where no values meet the constraints or the cost has no least value.
  ///
  /// Constraints are met to 10⁻⁷: scale rows so that their bounds are large beside that. Reduced costs are
  /// met to 10⁻¹⁰ where the largest cost is between 16 and 32, to which Clp's costs are scaled by a power
  /// of two. Of several best solutions it gives one, always the same.
  package func optimum(by method: Method = .dual) -> Optimum? {
    let largest = costs.reduce(0) { max($0, abs($1)) }
    guard largest.isFinite, let model = Clp_newModel() else { return nil }
    defer { Clp_deleteModel(model) }
    let factor = Self.factor(ofLargest: largest)
    Clp_setLogLevel(model, 0)
    Clp_setPrimalTolerance(model, 1e-7)
    Clp_setDualTolerance(model, 1e-10)
    Clp_loadProblem(
      model, Int32(costs.count), Int32(rows.count), starts, rowNumbers, coefficients,
      bounds.map(\.lowerBound), bounds.map(\.upperBound), costs.map { $0 * factor },
      rows.map(\.lowerBound), rows.map(\.upperBound))
    guard solve(model, by: method) == 0, let values = Clp_getColSolution(model),
      let prices = Clp_getRowPrice(model)
    else { return nil }
    return Optimum(
      values: Array(UnsafeBufferPointer(start: values, count: costs.count)),
      prices: UnsafeBufferPointer(start: prices, count: rows.count).map { $0 / factor })
  }

  /// Clp's own status: 0 for an optimum.
  private func solve(_ model: UnsafeMutableRawPointer, by method: Method) -> Int32 {
    switch method {
    case .dual: Clp_dual(model, 0)
    case .automatic: Clp_initialSolve(model)
    case .barrier: Clp_initialBarrierSolve(model)
    }
  }

  /// What makes the largest cost between 16 and 32, whatever its unit: Clp ends the process over a cost of 10²⁵, and
  /// takes small ones for none.
  private static func factor(ofLargest cost: Double) -> Double {
    cost > 0 ? 16 / max(cost.binade, 0x1p-1000) : 1
  }
}
