import COpenBLAS
import Dense

/// The matrix products of one iteration, with the shapes and the order in which a plan makes them, and
/// nothing between them.
struct BareProducts: Sendable {
  private let areaCount: Int
  private let sectorCount: Int
  private let workerCount: Int
  private let kernel: [Double]
  private let mixing: [Double]
  private let panel: [Double]

  init(areaCount: Int, sectorCount: Int, workerCount: Int) {
    (self.areaCount, self.sectorCount, self.workerCount) = (areaCount, sectorCount, workerCount)
    kernel = Array(repeating: 0.5, count: areaCount * areaCount)
    mixing = Array(repeating: 0.5, count: sectorCount * sectorCount)
    panel = Array(repeating: 0.5, count: sectorCount * areaCount)
    prepareProducts()
  }

  /// One pass over the kernel, parted among the workers.
  func run() {
    let part = (areaCount + workerCount - 1) / workerCount
    forEachBlock(of: areaCount, size: part, workerCount: workerCount) { rows in
      var mixed = [Double](repeating: 0, count: panel.count)
      var strip = [Double](repeating: 0, count: sectorCount * StripedMatrix.stripRowCount)
      var sum = [Double](repeating: 0, count: panel.count)
      let (areas, sectors) = (Int32(areaCount), Int32(sectorCount))
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, sectors, Int32(rows.count), sectors, 1, mixing,
        sectors, panel, areas, 0, &mixed, areas)
      kernel.withUnsafeBufferPointer { kernel in
        for first in stride(
          from: rows.lowerBound, to: rows.upperBound, by: StripedMatrix.stripRowCount)
        {
          guard let start = kernel.baseAddress.map({ $0 + first * areaCount }) else { return }
          let count = Int32(min(rows.upperBound - first, StripedMatrix.stripRowCount))
          cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, sectors, count, areas, 1, panel, areas, start,
            areas, 0, &strip, count)
          cblas_dgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, sectors, count, sectors, 1, mixing, sectors,
            strip, count, 0, &mixed, count)
          cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, sectors, areas, count, 1, panel, count,
            start, areas, 1, &sum, areas)
        }
      }
    }
  }
}
