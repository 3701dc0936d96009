import Mismatch

/// Which rows of which files are read, and how.
package struct TableJob: Sendable {
  /// Files as the job names them, patterns resolved.
  package var files: [InputFile]
  package var delimiter: UInt8?
  /// The reader that the job names; nil leaves it to the content.
  package var readerName: String?
  /// Names of a workbook's sheets, or patterns with `*`; none takes the only visible one.
  package var sheets: [String] = []
  /// The member of a zip archive; nil takes the only one.
  package var member: String?
  /// The lines of the headings, one after another; empty leaves it to the content.
  package var headerLines: [Int] = []
  package var trimsFields = false
  package var filters: [FilterJob] = []
}

/// Rows to keep: those whose field is, or is not, one of these texts.
package struct FilterJob: Sendable {
  package let column: String
  package let texts: Set<Spelling>
  package let isExclusion: Bool
}

/// Where a code comes from.
package enum KeyJob: Sendable {
  /// A column, or a part of its text.
  case column(String, match: TextPattern?)
  /// The same for every row.
  case constant(String)
}

/// Where the weights of a lookup or a crosswalk stand.
package struct MapJob: Sendable {
  package var table: TableJob
  package var from: KeyJob
  package var to: KeyJob
  /// Nil gives every row the weight 1.
  package var weight: String?
  /// Whether weights are counts of cases, whose shares are known only as well as they are many.
  package var areCounts: Bool
  package var normalises: Bool
  /// When rows hold, and which time is wanted.
  package var life: LifeJob?
}
