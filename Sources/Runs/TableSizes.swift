import Extracts
import Jobs
import Mismatch

/// How large a run's tables are: source areas × categories of both sides, and the grid.
struct TableSizes: Sendable {
  /// Of provision and demand, with the bytes of their cells where they were read.
  let sides: [(areas: Int, categories: Int, storedByteCount: Int?)]
  let areas: Int
  let sectors: Int
  let periods: Int

  private static func isExact(_ side: SideJob) -> Bool {
    side.blocks.allSatisfy { $0.figures.rounding == .none && $0.bounds == nil }
  }

  /// Bytes of a cell of a side in one period when it is imputed: its value, and its bounds where figures have any.
  private static func bytesPerImputedCell(_ side: SideJob) -> Int { isExact(side) ? 8 : 3 * 8 }

  /// Bytes of a cell of a side while it is read: its sums, its origin and the places that a growing table keeps free.
  private static func bytesPerStoredCell(_ side: SideJob) -> Int { isExact(side) ? 3 * 8 : 4 * 8 }

  /// Bytes of a cell of the grid: values, bounds and marks of both sides and what one of them is brought to the
  /// grid by, what intervals and calls are, and what further analyses hold.
  private static func bytesPerGridCell(_ job: Job) -> Int {
    return (job.sides.both.allSatisfy(isExact) ? 3 : 8) * 8 + AnalysisCatalogue.bytesPerCell(job)
  }

  /// How large a side's tables may become, which are the grid's where it counts in the grid's own codes.
  static func limit(
    _ job: Job, _ side: SideJob, areas: Codebook?, categories: Codebook?,
    within budget: MemoryBudget
  ) -> CellLimit {
    let isOfGrid = side.lookups.isEmpty && side.crosswalks.isEmpty
    return CellLimit(
      areas: areas, categories: categories, bytesPerCell: bytesPerImputedCell(side),
      bytesPerCellAndPeriod: isOfGrid ? bytesPerGridCell(job) : 0, budget: budget)
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
        storedByteCount(size, job.sides[side])
        + .bytes(size.areas, size.categories, TableSizes.bytesPerImputedCell(job.sides[side]))
        + .bytes(size.areas + size.categories, TableSizes.bytesPerCode)
    }
    return sum
      + AnalysisCatalogue.byteCount(
        job, GridSize(areas: areas, sectors: sectors, workerCount: workerCount))
  }

  /// Bytes of the cells of a side: before they are read, those of a table that is made whether it is filled or not.
  private func storedByteCount(
    _ size: (areas: Int, categories: Int, storedByteCount: Int?), _ side: SideJob
  ) -> Int {
    if let stored = size.storedByteCount { return stored }
    guard Tally.isTable(areas: size.areas, categories: size.categories, periods: periods) else {
      return 0
    }
    return .bytes(size.areas, size.categories, periods, TableSizes.bytesPerStoredCell(side))
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
