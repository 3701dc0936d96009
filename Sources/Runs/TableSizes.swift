import Extracts
import Jobs
import Mismatch

/// How large a run's tables are: source areas × categories of both sides, and the grid.
struct TableSizes: Sendable {
  /// Of provision and demand.
  let sides: [(areas: Int, categories: Int)]
  let areas: Int
  let sectors: Int
  let periods: Int

  /// Bytes of a cell of a side while it is read and when it is imputed: its value, its origin and the places that
  /// a growing table keeps free; where figures have bounds, those of both.
  static func bytesPerSourceCell(_ side: SideJob) -> Int {
    side.blocks.allSatisfy { $0.figures.rounding == .none && $0.bounds == nil } ? 4 * 8 : 7 * 8
  }

  /// Bytes of a cell of the grid: values, bounds and marks of both sides and what one of them is brought to the
  /// grid by, what intervals and calls are, and what further analyses hold.
  private static func bytesPerGridCell(_ job: Job) -> Int {
    let isExact = Side.allCases.allSatisfy { bytesPerSourceCell(job.sides[$0]) == 4 * 8 }
    return (isExact ? 3 : 8) * 8 + AnalysisCatalogue.bytesPerCell(job)
  }

  /// What a cell of a side that counts in the grid's own codes is sure to bring.
  static func leastBytesPerCell(_ job: Job, _ side: SideJob) -> Int {
    let isOfGrid = side.lookups.isEmpty && side.crosswalks.isEmpty
    return bytesPerSourceCell(side) + (isOfGrid ? bytesPerGridCell(job) : 0)
  }

  /// Bytes of a code: its text, its places and what checks hold of it.
  private static let bytesPerCode = 512

  /// Bytes that the tables take, the draws of so many threads, and the distances between areas of a typology.
  func byteCount(_ job: Job, workerCount: Int) -> Int {
    var sum =
      Int.bytes(areas, sectors, periods, TableSizes.bytesPerGridCell(job))
      + .bytes(areas + sectors, TableSizes.bytesPerCode)
    for (side, size) in zip(Side.allCases, sides) {
      sum +=
        .bytes(size.areas, size.categories, periods, TableSizes.bytesPerSourceCell(job.sides[side]))
        + .bytes(size.areas + size.categories, TableSizes.bytesPerCode)
    }
    return sum
      + AnalysisCatalogue.byteCount(
        job, GridSize(areas: areas, sectors: sectors, workerCount: workerCount))
  }

  /// Makes sure that the tables may be made.
  func verify(_ job: Job, workerCount: Int, within budget: MemoryBudget) throws {
    let texts = zip(Side.allCases, sides).map { side, size in
      "\(size.areas) x \(size.categories) of \(side.rawValue)"
    }
    try budget.verify(
      byteCount(job, workerCount: workerCount),
      for: "the tables (areas x categories: \(texts.joined(separator: ", ")); grid \(areas) x "
        + "\(sectors))", advice: CellLimit.advice)
  }
}
