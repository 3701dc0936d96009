import Extracts
import Jobs
import Mismatch

/// The files that a run can write.
package enum OutputCatalogue {
  package static let columnsName = "columns.json"
  package static let manifestName = "manifest.json"

  /// Those of every run, besides the matrices, `columns.json` and the manifest, and those of analyses; those that
  /// take longest first.
  static let tables: [OutputTable] =
    [.cells] + AnalysisCatalogue.all.flatMap { $0.outputs }
    + [.sectors, .summary, .unmapped, .checks, .raking]

  /// The names of all files of a run but the matrices.
  static let names = tables.map(\.name) + [columnsName, manifestName]

  /// The name of the description of a table by the W3C's vocabulary for tabular data.
  package static func metadataName(of table: String) -> String { "\(table)-metadata.json" }

  /// All names that a job may ask for, besides those of matrices.
  static let askedNames = names + tables.map { metadataName(of: $0.name) }

  /// Names and patterns of what is written where the job does not say which files it wants.
  static let defaults =
    tables.filter(\.isDefault).map(\.name) + [columnsName, "matrix_\(Measure.shareGap.name)*.csv"]

  /// Whether a file of a run can have this name.
  package static func isName(_ name: String) -> Bool {
    names.contains(name)
      || Measure.catalogue.contains { name.matches(wildcard: "matrix_\($0.name)*.csv") }
  }

  /// The tables of a run: the catalogue's, and a matrix for each measure of cells and period.
  package static func tables(of outcome: Outcome) -> [RunTable] {
    let wanted = tables.filter { outcome.job.writes($0.name) }.compactMap { $0.table(outcome) }
    return wanted + OutputTable.matrices(of: outcome).filter { outcome.job.writes($0.name) }
  }
}
