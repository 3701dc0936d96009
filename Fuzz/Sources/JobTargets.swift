import Mismatch

@testable import MismatchFormats

extension FuzzTarget {
  /// The text of a job file.
  static let job = FuzzTarget(name: "job") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self), !text.wandersOff else { return }
    _ = try Job(text: text, file: "/nowhere/job.yaml")
  }

  /// A run from its job to its checks: the job's text and up to three files, with lines `%%` between.
  ///
  /// The job calls the files 200, 201 and 202.
  static let wholeRun = FuzzTarget(name: "run") { bytes in
    var pieces: [[UInt8]] = [[]]
    for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      if line.elementsEqual([37, 37]), pieces.count < 4 {
        pieces.append([])
      } else {
        pieces[pieces.count - 1] += Array(line) + [10]
      }
    }
    guard let text = String(validating: pieces[0], as: UTF8.self), !text.wandersOff else { return }
    let job = try Job(text: text, file: "/proc/self/fd/job.yaml")
    let known = Set(held.ofJobs.map(\.path))
    guard job.allFiles.allSatisfy({ known.contains($0.path) }) else { return }
    for (index, file) in held.ofJobs.enumerated() {
      let piece = index + 1 < pieces.count ? pieces[index + 1] : []
      piece.withUnsafeBytes { file.hold($0) }
    }
    let outcome = try Session(job, workerCount: 1, memoryLimit: 1 << 26).run()
    for row in outcome.checks { precondition(!row.message.isEmpty) }
  }
}

extension String {
  /// Whether the text may name files all over the disk.
  fileprivate var wandersOff: Bool {
    (contains("/") || contains("\\")) && contains { "*?[".contains($0) }
  }
}

extension Job {
  /// Every file that a run would open.
  fileprivate var allFiles: [InputFile] {
    let numbers = [matching?.efficiency?.table, matching?.flows?.table]
    let registers = ([areas.table, sectors.table] + numbers).compactMap { $0 }
    let sides = [provision, demand].flatMap { side in
      var tables = [side.table] + (side.lookups + side.crosswalks).map(\.table)
      if case .table(let table, _, _, _, _) = side.totals { tables.append(table) }
      return tables
    }
    return (registers + sides).flatMap(\.files)
  }
}
