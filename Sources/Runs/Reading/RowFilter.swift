import Extracts
import Jobs
import Mismatch

/// Applies the filters of a table to its rows.
struct RowFilter {
  private struct Column {
    let index: Int
    let filter: FilterJob
    /// The filter's texts by what they look like: by Swift's own comparison.
    let looks: [String: Spelling]
    var dictionary = ByteDictionary()
    var verdicts: [Bool] = []
  }

  private var columns: [Column]

  /// Where the filters' texts stand, in the order in which they are asked.
  var places: [Int] { columns.map(\.index) }

  init(_ filters: [FilterJob], in table: borrowing RowTable) throws {
    var columns: [Column] = []
    for filter in filters {
      columns.append(
        Column(
          index: try table.column(filter.column), filter: filter,
          looks: Dictionary(filter.texts.sorted().map { ($0.text, $0) }) { first, _ in first }))
    }
    self.columns = columns
  }

  /// Whether the row passes all filters.
  @inline(__always)
  mutating func keeps(_ table: inout RowTable) throws -> Bool { try refusal(&table) == nil }

  /// The column of the first filter that the row does not pass; nil where it passes all.
  mutating func refusing(_ table: inout RowTable) throws -> String? {
    try refusal(&table).map { columns[$0].filter.column }
  }

  @inline(__always)
  private mutating func refusal(_ table: inout RowTable) throws -> Int? {
    for filter in columns.indices where try !keeps(&table, filter) { return filter }
    return nil
  }

  /// Whether the row passes one of the filters.
  @inline(__always)
  mutating func keeps(_ table: inout RowTable, _ filter: Int) throws -> Bool {
    let column = columns[filter].index
    let (number, isNew) = columns[filter].dictionary.number(of: table.bytes(column))
    if isNew {
      let job = columns[filter].filter
      let text = Spelling(try table.text(column))
      let isNamed = job.texts.contains(text)
      columns[filter].verdicts.append(isNamed != job.isExclusion)
      if !isNamed, let asked = columns[filter].looks[text.text] {
        table.note(text.text, as: .refused(column: Spelling(job.column), asked: asked))
      }
    }
    return columns[filter].verdicts[number]
  }
}
