import CLAPACKE

/// LAPACK ended without a result.
package struct FactorisationFailure: Error, Equatable {
  package let routine: String
  /// LAPACK's `info`: below 0 names a bad argument, above 0 counts what did not converge.
  package let info: Int
}

/// A matrix as left × diagonal × rightᵀ.
package struct SingularDecomposition: Sendable {
  /// Rows of the matrix × number of values: orthonormal columns.
  package let left: Matrix
  /// From large to small, as many as the shorter side of the matrix is long.
  package let values: [Double]
  /// Columns of the matrix × number of values: orthonormal columns.
  package let right: Matrix
}

extension Matrix {
  /// The singular values of the matrix, from large to small (`LAPACKE_dgesdd`).
  ///
  /// - Throws: ``FactorisationFailure`` where LAPACK does not converge or an element is NaN.
  package func singularValues() throws -> [Double] {
    let count = min(rowCount, columnCount)
    guard count > 0 else { return [] }
    prepareProducts()
    var work = elements
    var values = [Double](repeating: 0, count: count)
    // Read by columns the elements are the transpose, which has the same singular values.
    let info = LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, 78 /* "N": values only */, Int32(columnCount), Int32(rowCount), &work,
      Int32(columnCount), &values, nil, 1, nil, 1)
    guard info == 0 else { throw FactorisationFailure(routine: "dgesdd", info: Int(info)) }
    return values
  }

  /// The thin singular value decomposition (`LAPACKE_dgesdd`, which reduces a tall matrix by an
  /// orthogonal factor first, so that small values keep the precision of the large ones).
  ///
  /// The signs of each pair of columns are LAPACK's.
  ///
  /// - Throws: ``FactorisationFailure`` where LAPACK does not converge or an element is NaN.
  package func singularDecomposition() throws -> SingularDecomposition {
    let count = min(rowCount, columnCount)
    var left = Matrix(rowCount: rowCount, columnCount: count)
    var right = Matrix(rowCount: columnCount, columnCount: count)
    guard count > 0 else { return SingularDecomposition(left: left, values: [], right: right) }
    prepareProducts()
    var work = elements
    var values = [Double](repeating: 0, count: count)
    // Read by columns the elements are the transpose: what LAPACK calls right is our left, already by
    // rows, and what it calls left is our right, transposed.
    var transposed = [Double](repeating: 0, count: columnCount * count)
    let info = LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, 83 /* "S": thin factors */, Int32(columnCount), Int32(rowCount), &work,
      Int32(columnCount), &values, &transposed, Int32(columnCount), &left.elements, Int32(count))
    guard info == 0 else { throw FactorisationFailure(routine: "dgesdd", info: Int(info)) }
    for column in 0..<count {
      for row in 0..<columnCount { right[row, column] = transposed[column * columnCount + row] }
    }
    return SingularDecomposition(left: left, values: values, right: right)
  }
}
