import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A line of shell that runs as a process of its own, with the built `mismatch` on its path.
///
/// Started with all signals in their usual state: threads of the test runner hold some back, and a
/// process would inherit that.
struct Program {
  /// What a process left behind.
  struct Result {
    /// Its exit status, or the signal that ended it.
    let status: Int32
    let isSignal: Bool
    let stdout: String
    let stderr: String
  }

  let processID: pid_t
  private let streams: String

  /// The folder of the executable: beside the test bundle, wherever that is.
  private static let folder: String? = {
    for start in CommandLine.arguments + [Bundle.main.executablePath ?? ""]
    where start.contains("/") {
      var url = URL(fileURLWithPath: start).standardizedFileURL
      for _ in 0..<6 {
        url.deleteLastPathComponent()
        let file = url.appendingPathComponent("mismatch").path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
          !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: file)
        {
          return url.path
        }
      }
    }
    return nil
  }()

  /// Starts a line of shell in a folder.
  ///
  /// - Parameter streams: where its output goes, a path beside the folder without an ending.
  init(_ line: String, in folder: String, streams: String) throws {
    guard let programs = Program.folder else { throw CocoaError(.fileNoSuchFile) }
    self.streams = streams
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, ending) in [(Int32(1), ".stdout"), (2, ".stderr")] {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, streams + ending, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    let script = "cd \(Program.quoted(folder)) && PATH=\(Program.quoted(programs)):$PATH\n\(line)"
    var arguments = ["bash", "-c", script].map { (text: String) in strdup(text) } + [nil]
    var environment =
      ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var id = pid_t()
    guard posix_spawn(&id, "/bin/bash", &actions, &attributes, &arguments, &environment) == 0 else {
      throw CocoaError(.executableLoad)
    }
    processID = id
  }

  /// Waits for the end of the process.
  func wait() throws -> Result {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return Result(
      status: signal == 0 ? (status >> 8) & 0xff : signal, isSignal: signal != 0,
      stdout: try text(".stdout"), stderr: try text(".stderr"))
  }

  private func text(_ ending: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: streams + ending)), as: UTF8.self)
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}

/// A temporary folder that goes with the test that made it.
final class WorkFolder {
  let path: String
  private let parent: String

  init() throws {
    parent = NSTemporaryDirectory() + "mismatch-command-" + UUID().uuidString
    path = parent + "/work"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: parent) }

  /// Starts a line of shell here.
  func start(_ line: String, name: String = "run") throws -> Program {
    try Program(line, in: path, streams: "\(parent)/\(name)")
  }

  /// Runs a line of shell here.
  func run(_ line: String) throws -> Program.Result { try start(line).wait() }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  /// Copies the files of a folder into this one.
  func copy(from folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name != "expected" {
      try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(path)/\(name)")
    }
  }

  /// All files and folders below, by rising path.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }

  /// The bytes of every file of a folder below.
  func contents(_ folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)") {
      contents[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(folder)/\(name)"))
    }
    return contents
  }
}

/// Folders of the repository.
enum Repository {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL.path
  static let cases = path + "/Tests/Cases"
  static let datasets = path + "/Datasets"
}
