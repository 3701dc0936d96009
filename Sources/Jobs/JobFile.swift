import Extracts
import Mismatch

/// A job file with its bases merged into it: one run, or the runs that `variants` and `matrix` describe.
package struct JobFile: Sendable {
  package let path: String
  /// The files of its bases, the nearest first.
  package let bases: [String]
  private let text: String
  private let tree: JobTree

  /// Parses the text of a job file and reads its bases.
  ///
  /// - Throws: ``Failure`` with file, line and column of what is wrong.
  package init(text: String, path: String) throws {
    var bases: [String] = []
    tree = try JobTree.withBases(text, file: path, bases: &bases)
    self.path = path
    self.text = text
    self.bases = bases
  }

  /// Reads a job file.
  package init(path: String) throws {
    try self.init(text: try TextFile.read(path), path: path)
  }

  /// Whether it describes runs by `variants` or `matrix`.
  package var isVaried: Bool { tree.isVaried }

  /// The job without bases, as YAML that runs as this file does from its folder; comments say which other file
  /// a part comes from.
  package var mergedText: String {
    JobText.of(tree.withPaths(from: folder), commentsBeside: path)
  }

  /// The runs that the file describes, in their order.
  ///
  /// - Throws: ``Failure`` for whatever is wrong in `variants` or `matrix`, or with a `${name}`.
  package func runs() throws -> [JobRun] {
    let isPlain = bases.isEmpty && !isVaried
    return try tree.runs().map { run in
      let tree = run.tree.withPaths(from: folder)
      return JobRun(
        name: run.name,
        text: isPlain ? text : JobText.of(tree.mapTexts { text, _ in Placeholders.literal(text) }),
        file: path, bases: bases, tree: tree)
    }
  }

  /// The one run of a file without `variants` and `matrix`.
  ///
  /// - Throws: ``Failure`` (`badData`) for a file that describes several.
  package func onlyRun() throws -> JobRun {
    let runs = try runs()
    guard !isVaried, let run = runs.first else {
      throw Failure(
        .badData, at: (tree["variants"] ?? tree["matrix"])?.place ?? Place(file: path),
        "the job describes \(runs.count) runs", expected: "one run",
        advice: "`mismatch run` runs them all; the manifest of each holds the job that it is")
    }
    return run
  }

  private var folder: String { TextFile.folder(of: path) }
}

/// One run that a job file describes, not yet decoded.
package struct JobRun: Sendable {
  /// Nil where the file describes no more than this one.
  package let name: String?
  /// The whole job of this run as YAML: without bases, variants and lists.
  package let text: String
  let file: String
  let bases: [String]
  let tree: JobTree
}
