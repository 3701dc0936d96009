import Extracts
import Jobs
import Mismatch

/// How large the tables of a side may become while its codes are met.
struct CellLimit: Sendable {
  let bytesPerCell: Int
  let budget: MemoryBudget

  /// Makes sure that a table of so many codes may be made.
  func verify(_ side: Side, areas: Int, categories: Int, periods: Int) throws {
    try budget.verify(
      .bytes(areas, categories, periods, bytesPerCell),
      for: "the tables of \(side.rawValue) (\(areas) areas x \(categories) categories so far)",
      advice: CellLimit.advice)
  }

  static let advice =
    "use fewer areas or categories (is one of them a column of references?), or name the files that you "
    + "need with `output: { files: }`: intervals and calls of all cells use the most"
}
