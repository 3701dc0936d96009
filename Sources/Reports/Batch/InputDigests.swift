import Extracts
import Jobs
import Mismatch
import Runs
import Synchronization

/// SHA-256 of input files, each read once however many runs ask for it.
final class InputDigests: Sendable {
  private final class Entry: Sendable {
    /// The outer nil: not read yet; the inner one: cannot be read, or not twice.
    let digest = Mutex<String??>(nil)
  }

  private let entries = Mutex<[String: Entry]>([:])

  /// The digest of a file; nil where there is none that can be read twice.
  func digest(of path: String) -> String? {
    let entry = entries.withLock { entries in
      let entry = entries[path] ?? Entry()
      entries[path] = entry
      return entry
    }
    return entry.digest.withLock { known in
      if let known { return known }
      let digest = TextFile.isRegular(path) ? try? Digest.ofFile(path) : nil
      known = .some(digest)
      return digest
    }
  }
}

extension FinishedRun {
  /// Whether a run of a job would write what stands in this folder: job, options, version and all inputs are
  /// those of the manifest, and every file of the folder is as it was written.
  ///
  /// - Parameter isStrict: whether warnings of checks stop a run.
  func isCurrent(
    _ job: Job, options: Manifest.Options, strictly isStrict: Bool, digests: InputDigests
  ) -> Bool {
    guard version == engineVersion, jobText == job.text, self.options == options,
      !checks.contains(where: { $0.stops(strictly: isStrict) })
    else { return false }
    let recorded = Set(inputs.map { Spelling($0.name) })
    // A new file that a pattern finds is in no manifest.
    guard job.dataFiles.allSatisfy({ recorded.contains(Spelling($0.name)) }) else { return false }
    let areSame = inputs.allSatisfy {
      digests.digest(of: $0.name.asPath(in: job.folder)) == $0.sha256
    }
    return areSame && changedOutputs(workerCount: 1).isEmpty
  }
}
