import Extracts
import Jobs
import Runs

/// Names of the files of runs, from a run's folder on.
enum RunFiles {
  /// Whether a file of a run can have this name.
  static func isName(_ name: String) -> Bool {
    OutputCatalogue.isName(TableFiles.plainName(name)) || DocumentCatalogue.isName(name)
      || name == ShapesFile.name
  }

  /// Whether the run of a job may write a file of this name, or a folder.
  static func isName(_ name: String, of job: Job) -> Bool {
    let plain = TableFiles.plainName(name)
    let isTable =
      OutputCatalogue.isName(plain) && (job.writes(plain) || plain == Manifest.fileName)
    return isTable || DocumentCatalogue.isName(name, of: job)
      || name == ShapesFile.name && job.areas.boundaries != nil && job.drawsAreas
  }

  /// What stands in a folder: names of files, also of those in the folders of documents.
  static func names(in folder: String) -> [String] {
    Folder.names(in: folder).flatMap { name in
      let path = "\(folder)/\(name)"
      guard DocumentCatalogue.folders.contains(name), FileIdentity(ofLinkAt: path).isFolder else {
        return [name]
      }
      return Folder.names(in: path).map { "\(name)/\($0)" }
    }
  }

  /// The folders of documents in a run's folder.
  static func folders(in folder: String) -> [String] {
    DocumentCatalogue.folders.map { "\(folder)/\($0)" }
      .filter { FileIdentity(ofLinkAt: $0).isFolder }
  }
}
