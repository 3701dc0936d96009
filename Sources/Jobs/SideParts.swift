import Extracts
import Mismatch

extension SideJob {
  /// Whether a cell may have several figures.
  package var holdsParts: Bool { countsRecords || !blocks.allSatisfy(\.allPartColumns.isEmpty) }

  /// Columns that tell parts of a count apart: those the job names, and those of which its filters keep
  /// several texts.
  package var allPartColumns: [String] {
    if countsRecords { return [] }
    let filtered = table.filters.filter { !$0.isExclusion && $0.texts.count > 1 }.map(\.column)
    return partColumns
      + filtered.filter { column in !partColumns.contains { $0.isSpelt(as: column) } }
  }
}
