import Extracts
import Jobs
import Runs
import Dense
import Foundation
import Mismatch

/// What stands in an output folder, and which of it an earlier run is proved to have written.
///
/// A file is a run's own where its name is one that a run gives, it is no link, and its SHA-256 is the one that
/// the folder's manifest recorded. What the manifest says besides proves nothing.
struct EarlierRun: Sendable {
  /// The files that a run wrote, as they stood when they were looked at.
  private let own: [String: FileIdentity]
  /// All that stands in the folder and in those of documents.
  let names: [String]
  /// Whether a manifest of ours stands there.
  let hasManifest: Bool

  static let nothing = EarlierRun(own: [:], names: [], hasManifest: false)

  private init(own: [String: FileIdentity], names: [String], hasManifest: Bool) {
    (self.own, self.names, self.hasManifest) = (own, names, hasManifest)
  }

  /// What stands in a folder.
  init(in folder: String, workerCount: Int) {
    let names = RunFiles.names(in: folder)
    let manifest = FileIdentity(ofLinkAt: "\(folder)/\(Manifest.fileName)")
    guard manifest.isRegular, let outputs = Manifest.outputs(ofRunIn: folder) else {
      self.init(own: [:], names: names, hasManifest: false)
      return
    }
    let known = outputs.filter { RunFiles.isName($0.name) }
    let proved = mapBlocks(of: known.count, size: 1, workerCount: workerCount) { block in
      EarlierRun.identity(of: known[block.lowerBound], in: folder)
    }
    var own = [Manifest.fileName: manifest]
    for (output, identity) in zip(known, proved) { own[output.name] = identity }
    self.init(own: own, names: names, hasManifest: true)
  }

  /// The identity of an output; nil where the file is another than the one that was recorded.
  private static func identity(of output: Manifest.Output, in folder: String) -> FileIdentity? {
    guard let file = FileDescriptor(ownFile: "\(folder)/\(output.name)") else { return nil }
    let before = file.identity
    guard let digest = try? Digest.of(file), digest == output.sha256 else { return nil }
    return before
  }

  /// Whether a name belongs to a file that a run wrote and nobody has changed since.
  func owns(_ name: String, in folder: String) -> Bool {
    own[name].map { $0 == FileIdentity(ofLinkAt: "\(folder)/\(name)") } ?? false
  }
}
