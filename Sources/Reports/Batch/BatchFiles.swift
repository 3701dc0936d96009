import Extracts
import Jobs
import Mismatch
import Runs

/// The files of a batch as a whole: `runs.csv`, and tables of all runs as one.
package struct BatchFiles: Sendable {
  /// The files of runs that are combined.
  private static let combinedNames = ["cells.csv", "summary.csv"]

  private let batch: Batch
  private let runs: LooseFile?
  private let combined: [(name: String, file: LooseFile)]

  /// - Parameter combinedFolder: where tables of all runs go; nil for none.
  /// - Throws: ``Failure`` where a file would replace one of another origin, an input, or a run's own.
  package init(_ batch: Batch, combinedFolder: String?) throws {
    self.batch = batch
    runs = batch.folder.map {
      LooseFile("runs.csv", in: $0, beginningWith: CSVText(BatchRow.headings).bytes)
    }
    combined =
      combinedFolder.map { folder in
        BatchFiles.combinedNames.map {
          ($0, LooseFile($0, in: folder, beginningWith: CombinedTable.start))
        }
      } ?? []
    if let combinedFolder { try verifyApart(combinedFolder) }
    let inputs = batch.inputs
    for file in [runs].compactMap({ $0 }) + combined.map(\.file) {
      try file.verify(inputs, isForced: batch.isForced)
    }
  }

  /// Makes sure that tables of all runs do not go into the folder of one.
  private func verifyApart(_ folder: String) throws {
    let identity = OutputFolder(folder, force: false).identity
    guard let run = batch.runs.first(where: { $0.folder?.identity == identity }) else { return }
    throw Failure(
      .usage, at: Place(file: folder), "is the folder of the run \(run.name)",
      advice: "Choose another folder for the combined tables")
  }

  /// Writes all files.
  ///
  /// - Returns: their paths.
  package func write(_ rows: [BatchRow]) throws -> [String] {
    var paths: [String] = []
    if let runs {
      let table = BatchRow.table(rows)
      try runs.write { write in
        var text = CSVText(BatchRow.headings)
        table.write(block: 0, to: &text)
        try write(text.bytes)
      }
      paths.append(runs.path)
    }
    let whole = zip(batch.runs, rows).filter { $1.status != .failed }.map(\.0)
    for (name, file) in combined {
      let parts = whole.compactMap { run -> (run: String, path: String)? in
        guard let folder = run.folder?.path, let finished = try? FinishedRun(folder: folder) else {
          return nil
        }
        return finished.file(ofTable: name).map { (run.name, $0.path) }
      }
      guard !parts.isEmpty else { continue }
      try file.write { try CombinedTable(parts).write($0) }
      paths.append(file.path)
    }
    return paths
  }
}

extension BatchRow {
  fileprivate static var headings: [String] { table([]).records.map(\.name) }
}
