import Extracts
import Jobs
import Mismatch

extension Job {
  /// Reads a job file.
  ///
  /// - Throws: ``Failure`` with line and column of what is wrong.
  package init(file: String) throws { try self.init(text: try TextFile.read(file), file: file) }

  /// Decodes a job that may name all analyses and all files of a run.
  package init(text: String, file: String) throws {
    try self.init(JobFile(text: text, path: file).onlyRun())
  }

  /// Decodes one of the runs that a job file describes.
  package init(_ run: JobRun) throws {
    try self.init(
      run,
      knowing: JobVocabulary(
        blocks: AnalysisCatalogue.blocks, files: OutputCatalogue.askedNames,
        defaultFiles: OutputCatalogue.defaults))
    try AnalysisCatalogue.verify(self)
  }
}
