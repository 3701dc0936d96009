import Dense
import Extracts
import Jobs
import Mismatch
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes the files of a run into a folder that holds none: tables, what their columns are, documents, and the
/// manifest of all.
struct RunWriting {
  /// Tables of more blocks are written by all threads.
  private static let largeBlockCount = 32

  private let outcome: Outcome
  private let options: Manifest.Options
  private let folder: String
  private let workerCount: Int

  init(_ outcome: Outcome, _ options: Manifest.Options, folder: String, _ workerCount: Int) {
    (self.outcome, self.options) = (outcome, options)
    (self.folder, self.workerCount) = (folder, workerCount)
  }

  /// Writes all files and brings them onto the disk.
  func write(_ tables: [RunTable]) throws {
    let documents = DocumentCatalogue.wanted(by: outcome.job)
    var files = try write(tables: tables)
    // Documents are made from what it says.
    if outcome.job.writes(ColumnsFile.name) || !documents.isEmpty {
      files.append(try write(ColumnsFile.name, try JSONText.of(ColumnsFile(tables))))
    }
    if let shapes = outcome.shapes {
      files.append(try write(ShapesFile.name, ShapesFile.text(shapes)))
    }
    var outputs = files.map { $0.record() }
    if !documents.isEmpty {
      _ = try writeManifest(outputs)
      let (run, sink) = (
        try FinishedRun(folder: folder), DocumentSink(folder, workerCount: workerCount)
      )
      for document in documents { try document.write(run, to: sink) }
      unlink("\(folder)/\(Manifest.fileName)")
      files += sink.files
      outputs += sink.files.map { $0.record() }
    }
    files.append(try writeManifest(outputs))
    // All at the end: the first calls make the disk wait for all of them, the others find it done.
    try tryEachBlock(of: files.count, size: 1, workerCount: workerCount) { [files] block in
      try files[block.lowerBound].synchronise()
    }
  }

  private func writeManifest(_ outputs: [Manifest.Output]) throws -> OutputFile {
    let manifest = Manifest(outcome, options: options, outputs: outputs)
    return try write(Manifest.fileName, try JSONText.of(manifest))
  }

  private func write(_ name: String, _ text: String) throws -> OutputFile {
    let file = try Interruption.whole { try OutputFile(name, in: folder) }
    try file.write(Array(text.utf8))
    return file
  }

  /// Writes tables: large ones share the threads one after another, small ones have one each.
  private func write(tables: [RunTable]) throws -> [OutputFile] {
    let large = tables.filter { $0.blockCount > RunWriting.largeBlockCount }
    let small = tables.filter { $0.blockCount <= RunWriting.largeBlockCount }
    var files: [String: OutputFile] = [:]
    for table in large { files[table.name] = try write(table, workerCount: workerCount) }
    let others = mapBlocks(of: small.count, size: 1, workerCount: workerCount) { block in
      Result { try write(small[block.lowerBound], workerCount: 1) }
    }
    for (table, file) in zip(small, others) { files[table.name] = try file.get() }
    return tables.compactMap { files[$0.name] }
  }

  private func write(_ table: RunTable, workerCount: Int) throws -> OutputFile {
    let name = TableFiles.name(ofTable: table.name, of: outcome.job)
    let file = try Interruption.whole { try OutputFile(name, in: folder) }
    try file.write(
      table, isCompressed: outcome.job.compressesTables, workerCount: workerCount)
    return file
  }
}
