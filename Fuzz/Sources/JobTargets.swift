import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

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
    guard job.inputFiles.dropFirst().allSatisfy({ known.contains($0.path) }) else { return }
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
