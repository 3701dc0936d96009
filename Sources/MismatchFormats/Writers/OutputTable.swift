import Mismatch

/// A file of a run: its name and how it is written.
///
/// A new one is a file beside this and a line below.
struct OutputTable: Sendable {
  let name: String
  /// Whether a run has anything to put there; most files are always written.
  let isWritten: @Sendable (Outcome) -> Bool
  let write: @Sendable (Outcome, CSVFile) throws -> Void

  init(
    name: String, where isWritten: @escaping @Sendable (Outcome) -> Bool = { _ in true },
    write: @escaping @Sendable (Outcome, CSVFile) throws -> Void
  ) {
    self.name = name
    self.isWritten = isWritten
    self.write = write
  }

  /// The files of a run, besides the matrices and the manifest; those that take longest first.
  static let catalogue: [OutputTable] = [
    .cells,
    .calls,
    .intervals,
    .decomposition,
    .areas,
    .areaIndices,
    .sectors,
    .summary,
    .change,
    .shiftShare,
    .mismatchUnemployment,
    .smoothed,
    .unmapped,
    .checks,
    .balancing,
    .typologyAreas,
    .typologySectors,
    .typologySummary,
    .reachableCells,
    .accessibility,
    .flows,
    .transport,
    .transportCells,
  ]

  /// Whether a file of a run can have this name.
  static func isName(_ name: String) -> Bool {
    name == Manifest.fileName || catalogue.contains { $0.name == name }
      || Measure.catalogue.contains { isMatrix(name, of: $0) }
  }

  /// The files of this run: the catalogue's, and a matrix for each measure of cells and period.
  static func all(of outcome: Outcome) -> [OutputTable] {
    (catalogue.filter { $0.isWritten(outcome) } + matrices(of: outcome))
      .filter { outcome.job.writes($0.name) }
  }
}
