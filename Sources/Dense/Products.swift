import COpenBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// OpenBLAS is told once to stay inside the calling thread: our own row blocks are what runs in
/// parallel, so a sum never depends on how many threads the library would have liked.
private let oneThreadPerCall: Void = keep_to_calling_thread()

/// Makes OpenBLAS ready before the first product, so that its idle threads take no core meanwhile.
package func prepareProducts() { _ = oneThreadPerCall }

/// Address space that one call of OpenBLAS takes for its working memory on the processors that we build for, and
/// what goes with it.
private let workingByteCount = 128 << 20 + 1 << 16

/// How many threads may call OpenBLAS at the same time, at most `workerCount`; 0 where there is no address space
/// even for one.
///
/// OpenBLAS asks without end for working memory that it does not get. So it is made to take it here, once, and
/// only as much as leaves the same amount free.
package func reserveProducts(workerCount: Int) -> Int {
  prepareProducts()
  var count = 0
  while count < workerCount, hasFreeAddresses(2 * (count + 1) * workingByteCount) { count += 1 }
  if count == 0, hasFreeAddresses(workingByteCount) { count = 1 }
  take_working_memory(Int32(count))
  return count
}

/// Whether the process has so much address space left.
package func hasFreeAddresses(_ byteCount: Int) -> Bool {
  guard byteCount > 0 else { return true }
  let start = mmap(
    nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
  guard let start, start != UnsafeMutableRawPointer(bitPattern: -1) else { return false }
  munmap(start, byteCount)
  return true
}

/// Rows of one gemm call.
///
/// Fixed, so that the same call shapes (and with them the same bits) occur for any number of
/// workers.
private let blockRowCount = 256

extension Matrix {
  /// The product `self × other`, by `cblas_dgemm` in row blocks of fixed size.
  ///
  /// - Parameters:
  ///   - other: `columnCount` rows.
  ///   - workerCount: threads that share the row blocks; the result has the same bits for any.
  /// - Returns: `rowCount` × `other.columnCount`. NaN and infinities follow IEEE 754, so an infinite
  ///   element times a zero weight is NaN: mask such elements first.
  package func times(_ other: Matrix, workerCount: Int = 1) -> Matrix {
    precondition(columnCount == other.rowCount, "inner sides differ")
    let (inner, width) = (columnCount, other.columnCount)
    guard rowCount > 0, inner > 0, width > 0 else {
      return Matrix(rowCount: rowCount, columnCount: width)
    }
    _ = oneThreadPerCall
    return Matrix(rowCount: rowCount, columnCount: width) { out in
      elements.withUnsafeBufferPointer { left in
        other.elements.withUnsafeBufferPointer { right in
          let left = Shared(left.baseAddress)
          let right = Shared(right.baseAddress)
          let out = Shared(out.baseAddress)
          forEachBlock(of: rowCount, size: blockRowCount, workerCount: workerCount) { rows in
            guard let a = left.value, let b = right.value, let c = out.value else { return }
            cblas_dgemm(
              CblasRowMajor, CblasNoTrans, CblasNoTrans,
              Int32(rows.count), Int32(width), Int32(inner), 1,
              a + rows.lowerBound * inner, Int32(inner), b, Int32(width), 0,
              c + rows.lowerBound * width, Int32(width))
          }
        }
      }
    }
  }

  /// The product `self × vector` (`cblas_dgemv`): one number per row.
  package func times(_ vector: [Double]) -> [Double] {
    precondition(columnCount == vector.count, "inner sides differ")
    var result = [Double](repeating: 0, count: rowCount)
    guard rowCount > 0, columnCount > 0 else { return result }
    _ = oneThreadPerCall
    cblas_dgemv(
      CblasRowMajor, CblasNoTrans, Int32(rowCount), Int32(columnCount), 1, elements,
      Int32(columnCount), vector, 1, 0, &result, 1)
    return result
  }

  /// The Gram matrix `selfᵀ × self` (`cblas_dsyrk`): symmetric, `columnCount` × `columnCount`.
  package func gram() -> Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: columnCount)
    guard rowCount > 0, columnCount > 0 else { return result }
    _ = oneThreadPerCall
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columnCount), Int32(rowCount), 1, elements,
      Int32(columnCount), 0, &result.elements, Int32(columnCount))
    for row in 0..<columnCount {
      for column in 0..<row { result[row, column] = result[column, row] }
    }
    return result
  }
}
