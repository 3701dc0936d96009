/// A file of a run: its name and how it is written.
///
/// A new one is a file beside this and a line below.
struct OutputTable: Sendable {
  let name: String
  let write: @Sendable (Outcome, CSVFile) throws -> Void

  /// The files that every run writes, besides the manifest.
  static let catalogue: [OutputTable] = [
    .cells,
    .areas,
    .sectors,
    .summary,
    .unmapped,
    .checks,
  ]

  /// The files of this run: the catalogue's, and a matrix for each measure of cells and period.
  static func all(of outcome: Outcome) -> [OutputTable] {
    catalogue + matrices(of: outcome)
  }
}
