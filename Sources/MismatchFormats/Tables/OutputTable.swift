import Mismatch

/// A file of a run: its name, when there is one, and the table in it.
///
/// A new one is a file beside this and a line below.
struct OutputTable: Sendable {
  let name: String
  /// Whether it is written where the job does not say which files it wants.
  let isDefault: Bool
  /// The table; nil where a run has nothing to put there.
  let table: @Sendable (Outcome) -> (any RunTable)?

  init(
    _ name: String, isDefault: Bool = true,
    table: @escaping @Sendable (Outcome) -> (any RunTable)?
  ) {
    self.name = name
    self.isDefault = isDefault
    self.table = table
  }

  /// The files of every run, besides the matrices, `columns.json` and the manifest, and those of analyses; those
  /// that take longest first.
  static let catalogue: [OutputTable] =
    [.cells] + AnalysisCatalogue.all.flatMap { $0.outputs }
    + [.sectors, .summary, .unmapped, .checks, .balancing]

  /// The names of all files of a run but the matrices.
  static let names = catalogue.map(\.name) + [ColumnsFile.name, Manifest.fileName]

  /// Whether a file of a run can have this name.
  static func isName(_ name: String) -> Bool {
    names.contains(name) || Measure.catalogue.contains { isMatrix(name, of: $0) }
  }

  /// Whether a file of this name is written where the job does not say which files it wants.
  static func isDefault(_ name: String) -> Bool {
    name == ColumnsFile.name || isMatrix(name, of: .shareGap)
      || catalogue.contains { $0.name == name && $0.isDefault }
  }

  /// The tables of this run: the catalogue's, and a matrix for each measure of cells and period.
  static func all(of outcome: Outcome) -> [any RunTable] {
    let wanted = catalogue.filter { outcome.job.writes($0.name) }.compactMap { $0.table(outcome) }
    return wanted + matrices(of: outcome).filter { outcome.job.writes($0.name) }
  }
}

extension Job {
  /// Whether a file of this name is wanted.
  func writes(_ name: String) -> Bool {
    outputFiles.map { files in files.contains { name.matches(wildcard: $0) } }
      ?? OutputTable.isDefault(name)
  }
}
