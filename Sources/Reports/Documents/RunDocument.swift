import Extracts
import Jobs
import Mismatch
import Runs

/// Files that a run makes of its tables once they are written.
protocol RunDocument: Sendable {
  /// The folder in the run's that its files stand in; nil where they stand beside the tables.
  static var folder: String? { get }
  /// Whether such a document may have a file of this name, from the run's folder on.
  static func isName(_ name: String) -> Bool
  static func isWanted(by job: Job) -> Bool
  /// Looks at a job before any work.
  ///
  /// - Throws: ``Failure`` where the job leaves out what the document is made of.
  static func verify(_ job: Job) throws
  /// Writes the files, from the tables of the run alone.
  static func write(_ run: FinishedRun, to sink: DocumentSink) throws
}

extension RunDocument {
  static var folder: String? { nil }

  static func verify(_ job: Job) throws {}
}
