import Extracts
import Mismatch

/// Every table of a job, and so every file that a run of it reads.
extension Job {
  package var tables: [TableJob] {
    [areas.table, sectors.table].compactMap { $0 } + sides.both.flatMap(\.tables)
      + requestTables
  }

  /// The files of every table.
  package var dataFiles: [InputFile] { tables.flatMap(\.files) }

  /// The files that can be fetched, each with where from, in the order of the job.
  package var sourcedFiles: [(file: InputFile, source: FileSource)] {
    var found = tables.compactMap { table in table.source.map { (table.files[0], $0) } }
    if let boundaries = areas.boundaries, let source = boundaries.source {
      found.append((boundaries.file, source))
    }
    return found
  }

  /// Makes sure that no file is to come from two sources.
  func verifySources() throws { _ = try Job.distinct(sourcedFiles) }

  /// Files with their sources, each file once.
  ///
  /// - Throws: ``Failure`` (`badData`) where one has two sources.
  package static func distinct(_ files: [(file: InputFile, source: FileSource)]) throws
    -> [(file: InputFile, source: FileSource)]
  {
    var sources: [Spelling: FileSource] = [:]
    return try files.filter { file, source in
      guard let first = sources.updateValue(source, forKey: Spelling(file.path)) else {
        return true
      }
      guard first.asksTheSame(as: source) else {
        throw Failure(
          .badData, at: source.place, "\(file.name) has another `source` at \(first.place)",
          expected: "one source of each file", advice: "Give the two extracts files of their own")
      }
      return false
    }
  }

  /// The job file, its bases and every input, with the path of each.
  package var inputFiles: [InputFile] {
    ([file] + bases).map { InputFile(name: $0, path: $0) } + dataFiles
      + [areas.boundaries?.file].compactMap { $0 }
  }

  /// Makes sure that what can be read once only, standard input or a pipe, is named once.
  func verifyStreams() throws {
    var names: [String: String] = [:]
    for input in tables.flatMap(\.files)
    where StandardInput.isPath(input.path) || FileIdentity(path: input.path).isPipe {
      guard let first = names.updateValue(input.name, forKey: input.path) else { continue }
      throw Failure(
        .badData, at: Place(file: file),
        "`\(first)` and `\(input.name)` are one stream, which can be read only once",
        expected: "one table that reads it",
        advice: "Write it to a file, and name that wherever it is read")
    }
  }
}

extension SideJob {
  package var tables: [TableJob] {
    var tables = blocks.map(\.table) + (lookups + crosswalks).map(\.table)
    if case .table(let totals, _, _, _, _) = totals { tables.append(totals) }
    if let raking { tables += [raking.areas.table, raking.sectors.table] }
    return tables
  }
}
