import Extracts
import Jobs
import Runs
import CSystem
import Foundation
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A new folder beside an output folder, in which a run's files are made ready to take its place.
///
/// It holds `key`, by which a later run knows it as ours where this one is killed, and `new`, the folder with the
/// files. Both folders are exchanged in one step, after which `new` is what stood there before and goes.
struct Staging: Sendable {
  /// The folder that is replaced; it need not exist.
  private let target: String
  /// This folder.
  private let folder: String
  /// Where the run's files are written.
  var files: String { "\(folder)/new" }
  /// Where the earlier folder waits on file systems that cannot exchange two.
  private var old: String { "\(folder)/old" }

  /// What the key file holds.
  private struct Key: Codable {
    static let mark = "mismatch staging"

    var mark = Key.mark
    /// The name of the folder that is replaced.
    let target: String
    /// What stands in it that no run wrote and that has no second name in `new`.
    var moved: [String] = []
  }

  private static let keyName = "key"
  /// The key while it is written.
  private static let keyPartName = "key.part"

  /// The beginning of all names beside an output folder that are ours.
  static func stem(beside target: String) -> String {
    let name = target.split(separator: "/").last ?? ""
    // A name may have 255 bytes.
    let start = String(decoding: name.utf8.prefix(200), as: UTF8.self)
    return "\(TextFile.folder(of: target))/.\(start).mismatch-"
  }

  /// Makes a staging folder beside the folder that is to be replaced.
  init(beside target: String) throws {
    let pattern = Staging.stem(beside: target) + "XXXXXX"
    var path = Array(pattern.utf8CString)
    guard let made = mkdtemp(&path) else {
      throw Failure.system(
        "cannot be created", path: pattern,
        advice: "A run first writes to a folder next to its output "
          + "folder; choose another output folder with -o")
    }
    self.init(folder: String(cString: made), target: target)
    do {
      try write(Key(target: Staging.name(of: target)))
      guard mkdir(files, 0o777) == 0 else { throw Failure.system("cannot be created", path: files) }
    } catch {
      remove()
      throw error
    }
  }

  private init(folder: String, target: String) { (self.folder, self.target) = (folder, target) }

  private static func name(of target: String) -> String {
    target.split(separator: "/").last.map(String.init) ?? target
  }

  private func write(_ key: Key) throws {
    let (part, path) = ("\(folder)/\(Staging.keyPartName)", "\(folder)/\(Staging.keyName)")
    let file = try FileDescriptor(creating: part)
    try Array(try JSONText.of(key, isPretty: false).utf8).withUnsafeBytes { try file.write($0) }
    try file.synchronise()
    guard rename(part, path) == 0 else { throw Failure.system("cannot be created", path: path) }
  }

  // MARK: Taking the place

  /// Puts the new files in the place of the earlier folder.
  ///
  /// What stands there and is not the run's own keeps its name: a file has a second name in the new folder before
  /// the exchange, and what can have none is moved right after it.
  ///
  /// - Parameter kept: names in the earlier folder that are kept.
  /// - Throws: ``Failure``; then the earlier folder stands as it was.
  func replaceTarget(keeping kept: [String]) throws {
    for folder in RunFiles.folders(in: files) + [files] { try Folder.synchronise(folder) }
    var earlier = stat()
    guard stat(target, &earlier) == 0 else {
      guard rename(files, target) == 0 else {
        throw Failure.system("cannot be moved into place", path: target)
      }
      return try finish(undo: { rename(target, files) })
    }
    chmod(files, earlier.st_mode & 0o7777)
    chown(files, uid_t.max, earlier.st_gid)
    for name in kept { makeFolder(of: name, in: files) }
    let moved = kept.filter {
      linkat(AT_FDCWD, "\(target)/\($0)", AT_FDCWD, "\(files)/\($0)", 0) != 0
    }
    if !moved.isEmpty { try write(Key(target: Staging.name(of: target), moved: moved)) }
    let waiting = try exchange()
    for (number, name) in moved.enumerated()
    where rename("\(waiting)/\(name)", "\(target)/\(name)") != 0 {
      let failure = Failure.system("cannot be kept", path: "\(target)/\(name)")
      for name in moved[..<number] { rename("\(target)/\(name)", "\(waiting)/\(name)") }
      exchangeBack(waiting)
      throw failure
    }
    try finish(undo: {
      for name in moved { rename("\(target)/\(name)", "\(waiting)/\(name)") }
      exchangeBack(waiting)
    })
  }

  /// Exchanges the new folder and the earlier one.
  ///
  /// - Returns: where the earlier one waits.
  private func exchange() throws -> String {
    if exchange_names(files, target) == 0 { return files }
    guard [ENOSYS, EINVAL, ENOTSUP].contains(errno) else {
      throw Failure.system("cannot be replaced", path: target)
    }
    guard rename(target, old) == 0 else {
      throw Failure.system("cannot be replaced", path: target)
    }
    guard rename(files, target) == 0 else {
      let failure = Failure.system("cannot be replaced", path: target)
      rename(old, target)
      throw failure
    }
    return old
  }

  private func exchangeBack(_ waiting: String) {
    if waiting == files {
      _ = exchange_names(files, target)
    } else {
      rename(target, files)
      rename(old, target)
    }
  }

  private func finish(undo: () -> Void) throws {
    do {
      try Folder.synchronise(TextFile.folder(of: target))
    } catch {
      undo()
      throw error
    }
  }

  // MARK: Taking away

  /// Takes away the staging folder; what others put there meanwhile stays.
  func remove() {
    let key = Staging.key(in: folder)
    if !FileIdentity(ofLinkAt: target).isFolder, FileIdentity(ofLinkAt: old).isFolder {
      rename(old, target)
    }
    for place in [files, old] {
      for name in RunFiles.names(in: place) {
        let path = "\(place)/\(name)"
        if let key, key.moved.contains(name) {
          restore(name, from: place)
        } else if RunFiles.isName(name) || Staging.hasSecondName(path) {
          unlink(path)
        } else {
          restore(name, from: place)
        }
      }
      for folder in RunFiles.folders(in: place) + [place] { rmdir(folder) }
    }
    Staging.removeKey(in: folder)
  }

  /// Takes away a folder that holds nothing but its key.
  private static func removeKey(in folder: String) {
    let keys = [keyPartName, keyName]
    guard Folder.names(in: folder).allSatisfy(keys.contains) else { return }
    for name in keys { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  /// Gives a name back to the folder that it belongs to, unless the name is taken there.
  private func restore(_ name: String, from place: String) {
    var status = stat()
    makeFolder(of: name, in: target)
    guard lstat("\(target)/\(name)", &status) != 0, errno == ENOENT else { return }
    rename("\(place)/\(name)", "\(target)/\(name)")
  }

  /// Makes the folder of a document that a name stands in; nothing where it stands there or names none.
  private func makeFolder(of name: String, in place: String) {
    guard name.contains("/") else { return }
    mkdir(TextFile.folder(of: "\(place)/\(name)"), 0o777)
  }

  private static func hasSecondName(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR && status.st_nlink > 1
  }

  /// Takes away what runs into a folder left that were killed, and puts back what they had not put back.
  ///
  /// Only the one run that may write into the folder calls this.
  static func removeLeftovers(beside target: String) {
    let parent = TextFile.folder(of: target)
    let prefix = stem(beside: target).split(separator: "/").last.map(String.init) ?? ""
    for name in Folder.names(in: parent) where name.hasPrefix(prefix) {
      let folder = "\(parent)/\(name)"
      guard FileIdentity(ofLinkAt: folder).isFolder else { continue }
      // A run that is killed right at the start leaves a folder with less than a key.
      guard let key = key(in: folder) else {
        if Folder.names(in: folder).allSatisfy({ $0 == keyPartName }) { removeKey(in: folder) }
        continue
      }
      if key.target == self.name(of: target) { Staging(folder: folder, target: target).remove() }
    }
  }

  /// The key of a staging folder; nil where a folder is none of ours.
  private static func key(in folder: String) -> Key? {
    guard
      FileIdentity(ofLinkAt: "\(folder)/\(keyName)").isRegular,
      let text = try? TextFile.read("\(folder)/\(keyName)"),
      let key = try? JSONDecoder().decode(Key.self, from: Data(text.utf8)),
      key.mark == Key.mark
    else { return nil }
    return key
  }
}
