import Dense

/// Rows and columns of a table as points in one space, whose axes hold as much inertia as axes can.
///
/// Greenacre (2017), Correspondence Analysis in Practice, 3rd edition, appendix A, whose letters are
/// P (the table over its sum), r and c (masses) and S (standardised residuals). Coordinates are
/// principal: F = Dr^-½ U Σ and G = Dc^-½ V Σ, of the singular value decomposition S = U Σ Vᵀ.
package struct CorrespondenceAnalysis: Sendable {
  /// One side of the table.
  package struct Points: Sendable {
    /// Places in the table that was given, rising; the others were dropped.
    package let kept: [Int]
    /// Shares of the whole, one per kept place; sum to 1.
    package let masses: [Double]
    /// Chi-square distances from the centre, which is the average profile (of gaps: no gap).
    package let distances: [Double]
    /// Mass × distance², one per kept place; sum to ``CorrespondenceAnalysis/totalInertia``.
    package let inertias: [Double]
    /// Kept places × axes: principal coordinates.
    package let coordinates: Matrix
  }

  package let rows: Points
  package let columns: Points
  /// One per axis, from large to small.
  package let singularValues: [Double]

  /// The inertia of each axis: its singular value squared.
  package var inertias: [Double] { singularValues.map { $0 * $0 } }
  /// The sum over all axes.
  package var totalInertia: Double { ExactSum(rows.inertias).value }

  /// The correspondence analysis of a table of counts.
  ///
  /// Rows and columns without any count have no profile and are dropped.
  ///
  /// - Parameter counts: numbers at or above 0, finite.
  /// - Returns: min(rows, columns) - 1 axes of what is kept; none where nothing or one line is kept.
  ///   Each axis points so that the column farthest from the centre is on its positive side (the first
  ///   of those as far to 1e-9).
  /// - Throws: ``FactorisationFailure`` where LAPACK does not converge.
  package init(counts: Matrix) throws {
    precondition(counts.elements.allSatisfy { $0 >= 0 && $0.isFinite }, "counts at or above 0")
    let rowSums = (0..<counts.rowCount).map { ExactSum(counts.row($0)).value }
    let columnSums = (0..<counts.columnCount).map { column in
      ExactSum((0..<counts.rowCount).lazy.map { counts[$0, column] }).value
    }
    let total = ExactSum(rowSums).value
    let keptRows = rowSums.indices.filter { rowSums[$0] > 0 }
    let keptColumns = columnSums.indices.filter { columnSums[$0] > 0 }
    let rowMasses = keptRows.map { rowSums[$0] / total }
    let columnMasses = keptColumns.map { columnSums[$0] / total }
    var residuals = Matrix(rowCount: keptRows.count, columnCount: keptColumns.count)
    for (row, source) in keptRows.enumerated() {
      for (column, sourceColumn) in keptColumns.enumerated() {
        let expected = rowMasses[row] * columnMasses[column]
        residuals[row, column] =
          (counts[source, sourceColumn] / total - expected) / expected.squareRoot()
      }
    }
    try self.init(
      residuals: residuals, rows: (keptRows, rowMasses), columns: (keptColumns, columnMasses),
      axisCount: max(0, min(keptRows.count, keptColumns.count) - 1))
  }

  /// The same analysis of gaps between two tables' row profiles, p - q.
  ///
  /// S = Dr^½ (p - q) Dc^-½, where a row's mass is the mean of its shares of the two tables, and a
  /// column's the mean of its shares of both over the rows that are kept. The centre is a row without gap,
  /// a row's distance from it the chi-square distance of its two profiles. Where both tables have the
  /// same row masses this is twice the difference of matched matrices of Greenacre (2003),
  /// https://doi.org/10.1080/0266476032000107132.
  ///
  /// Rows that lack either profile are dropped, and columns that neither table has a count of.
  ///
  /// - Parameters:
  ///   - counts: numbers at or above 0, finite.
  ///   - others: of the same shape.
  /// - Returns: min(rows, columns - 1) axes of what is kept; gaps of a row sum to 0.
  /// - Throws: ``FactorisationFailure`` where LAPACK does not converge.
  package init(gapsBetween counts: Matrix, and others: Matrix) throws {
    precondition(
      (counts.elements + others.elements).allSatisfy { $0 >= 0 && $0.isFinite },
      "counts at or above 0")
    let tables = [counts, others]
    let sums = tables.map { table in
      (0..<table.rowCount).map { ExactSum(table.row($0)).value }
    }
    let keptRows = (0..<counts.rowCount).filter { sums[0][$0] > 0 && sums[1][$0] > 0 }
    let totals = sums.map { rowSums in ExactSum(keptRows.lazy.map { rowSums[$0] }).value }
    let allMasses = (0..<counts.columnCount).map { column in
      (0...1).reduce(0) { mass, side in
        mass + ExactSum(keptRows.lazy.map { tables[side][$0, column] }).value / totals[side] / 2
      }
    }
    let keptColumns = allMasses.indices.filter { allMasses[$0] > 0 }
    let rowMasses = keptRows.map { (sums[0][$0] / totals[0] + sums[1][$0] / totals[1]) / 2 }
    let columnMasses = keptColumns.map { allMasses[$0] }
    var residuals = Matrix(rowCount: keptRows.count, columnCount: keptColumns.count)
    for (row, source) in keptRows.enumerated() {
      for (column, sourceColumn) in keptColumns.enumerated() {
        let gap =
          counts[source, sourceColumn] / sums[0][source]
          - others[source, sourceColumn] / sums[1][source]
        residuals[row, column] = gap * (rowMasses[row] / columnMasses[column]).squareRoot()
      }
    }
    try self.init(
      residuals: residuals, rows: (keptRows, rowMasses), columns: (keptColumns, columnMasses),
      axisCount: max(0, min(keptRows.count, keptColumns.count - 1)))
  }

  private init(
    residuals: Matrix, rows: (kept: [Int], masses: [Double]),
    columns: (kept: [Int], masses: [Double]), axisCount: Int
  ) throws {
    let parts = try residuals.singularDecomposition()
    singularValues = Array(parts.values.prefix(axisCount))
    var rowCoordinates = Self.coordinates(parts.left, singularValues, rows.masses)
    var columnCoordinates = Self.coordinates(parts.right, singularValues, columns.masses)
    for axis in 0..<axisCount where Self.isMirrored(columnCoordinates, axis) {
      for row in rows.kept.indices { rowCoordinates[row, axis].negate() }
      for column in columns.kept.indices { columnCoordinates[column, axis].negate() }
    }
    let rowInertias = (0..<residuals.rowCount).map { row in
      ExactSum(residuals.row(row).lazy.map { $0 * $0 }).value
    }
    let columnInertias = (0..<residuals.columnCount).map { column in
      ExactSum((0..<residuals.rowCount).lazy.map { residuals[$0, column] * residuals[$0, column] })
        .value
    }
    self.rows = Points(rows.kept, rows.masses, rowInertias, rowCoordinates)
    self.columns = Points(columns.kept, columns.masses, columnInertias, columnCoordinates)
  }

  private static func coordinates(_ vectors: Matrix, _ values: [Double], _ masses: [Double])
    -> Matrix
  {
    var result = Matrix(rowCount: masses.count, columnCount: values.count)
    for row in masses.indices {
      for axis in values.indices {
        result[row, axis] = vectors[row, axis] * values[axis] / masses[row].squareRoot()
      }
    }
    return result
  }

  /// Whether the farthest point of an axis lies on its negative side.
  private static func isMirrored(_ coordinates: Matrix, _ axis: Int) -> Bool {
    let along = (0..<coordinates.rowCount).map { coordinates[$0, axis] }
    let farthest = along.reduce(0) { max($0, abs($1)) }
    return (along.first { abs($0) >= farthest * (1 - 1e-9) } ?? 0) < 0
  }

  /// The root of the inertia that is left beyond the first axes: the Frobenius distance between the
  /// standardised residuals and their best approximation of that rank (Eckart and Young 1936,
  /// https://doi.org/10.1007/BF02288367).
  package func residual(beyond axisCount: Int) -> Double {
    ExactSum(inertias.dropFirst(axisCount)).value.squareRoot()
  }
}

extension CorrespondenceAnalysis.Points {
  fileprivate init(
    _ kept: [Int], _ masses: [Double], _ inertias: [Double], _ coordinates: Matrix
  ) {
    self.init(
      kept: kept, masses: masses,
      distances: zip(inertias, masses).map { ($0 / $1).squareRoot() }, inertias: inertias,
      coordinates: coordinates)
  }
}
