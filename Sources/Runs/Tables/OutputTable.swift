import Extracts
import Jobs
import Mismatch

/// A file of a run: its name, when there is one, and the table in it.
///
/// A new one is a file beside this and a line in ``OutputCatalogue``, or in its analysis.
struct OutputTable: Sendable {
  let name: String
  /// Whether it is written where the job does not say which files it wants.
  let isDefault: Bool
  /// The table; nil where a run has nothing to put there.
  let table: @Sendable (Outcome) -> RunTable?

  init(
    _ name: String, isDefault: Bool = true,
    table: @escaping @Sendable (Outcome) -> RunTable?
  ) {
    self.name = name
    self.isDefault = isDefault
    self.table = table
  }
}
