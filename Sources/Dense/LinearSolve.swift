import CLAPACKE

extension Matrix {
  /// The solution x of `self` x = `right` (`LAPACKE_dposv`), or nil where the matrix is not positive
  /// definite.
  ///
  /// - Parameter right: as many numbers as the matrix has rows.
  /// - Precondition: the matrix is square and symmetric; its upper triangle is read.
  package func solvedAsPositiveDefinite(_ right: [Double]) -> [Double]? {
    precondition(rowCount == columnCount && right.count == rowCount, "sides differ")
    guard rowCount > 0 else { return [] }
    var factor = elements
    var solution = right
    let info = LAPACKE_dposv(
      LAPACK_ROW_MAJOR, 85 /* "U" */, Int32(rowCount), 1, &factor, Int32(rowCount), &solution, 1)
    return info == 0 ? solution : nil
  }
}
