import CLAPACKE

/// LAPACK ended without a result.
package struct FactorisationFailure: Error, Equatable {
  package let routine: String
  /// LAPACK's `info`: below 0 names a bad argument, above 0 counts what did not converge.
  package let info: Int
}

extension Matrix {
  /// The singular values of the matrix, from large to small (`LAPACKE_dgesdd`).
  ///
  /// - Throws: ``FactorisationFailure`` where LAPACK does not converge or an element is NaN.
  package func singularValues() throws -> [Double] {
    let count = min(rowCount, columnCount)
    guard count > 0 else { return [] }
    var work = elements
    var values = [Double](repeating: 0, count: count)
    // Read by columns the elements are the transpose, which has the same singular values.
    let info = LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, 78 /* "N": values only */, Int32(columnCount), Int32(rowCount), &work,
      Int32(columnCount), &values, nil, 1, nil, 1)
    guard info == 0 else { throw FactorisationFailure(routine: "dgesdd", info: Int(info)) }
    return values
  }
}
