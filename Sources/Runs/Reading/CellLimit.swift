import Extracts
import Jobs
import Mismatch

/// How large the tables of a side may become while its codes are met.
struct CellLimit: Sendable {
  /// The codes that the grid receives; nil for all that turn up.
  let areas: Codebook?
  let categories: Codebook?
  /// What each cell of known codes is sure to bring, in one period and in all that are compared.
  let bytesPerCell: Int
  let bytesPerCellAndPeriod: Int
  let budget: MemoryBudget

  /// Makes sure that the tables of what was met so far may be made.
  func verify(_ tally: Tally) throws {
    let (areaCount, categoryCount) = (tally.areas.codes.count, tally.categories.codes.count)
    try tally.verifyExcess()
    let (rows, columns) = (areas?.count ?? areaCount, categories?.count ?? categoryCount)
    let bytes =
      tally.byteCount + .bytes(rows, columns, bytesPerCell)
      + .bytes(rows, columns, tally.periods.count, bytesPerCellAndPeriod)
    try budget.verify(
      bytes,
      for:
        "the tables of \(tally.subject.text) (\(areaCount) areas x \(categoryCount) categories so far)",
      advice: CellLimit.advice)
  }

  static let advice =
    "use fewer areas or categories (is one of them a column of references?), or name the files that you "
    + "need with `output: { files: }`: intervals and calls of all cells use the most"
}

extension Tally {
  /// Makes sure that a tally can tell all codes and periods apart.
  func verifyExcess() throws {
    guard let excess else { return }
    throw Failure(
      .badData, "\(subject.text) has more than \(excess.limit) \(excess.what)",
      expected: "codes of areas and categories, and periods",
      advice: "Check whether one of the columns holds references or times of the day")
  }
}
