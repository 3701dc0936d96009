import Foundation
import Testing

/// The command line, case by case: each folder of `Tests/Cases` holds a line of shell (`cmd`), the files
/// that it finds, and under `expected` what it prints, its status and the files that it makes.
///
/// `MISMATCH_POPULATE=1 swift test --filter CaseTests` writes the expectations anew; `git diff` is the review.
struct CaseTests {
  static let names: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Repository.cases)) ?? []
    return names.filter { FileManager.default.fileExists(atPath: "\(Repository.cases)/\($0)/cmd") }
      .sorted()
  }()

  private static let isPopulating =
    ProcessInfo.processInfo.environment["MISMATCH_POPULATE"] == "1"

  /// Every folder is a case, except the jobs on real files, which `ExtractJobTests` runs.
  @Test func casesAreFound() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Repository.cases)
    #expect(Set(folders).subtracting(Self.names) == ["extracts"])
    #expect(Set(Self.names).isSubset(of: folders))
  }

  @Test(arguments: names)
  func commandDoesWhatItsCaseExpects(name: String) throws {
    let folder = "\(Repository.cases)/\(name)"
    let work = try WorkFolder()
    try work.copy(from: folder)
    let before = Set(try work.files())
    let line = try String(contentsOfFile: "\(folder)/cmd", encoding: .utf8)
    let result = try work.run(line)
    let made = try work.files().filter { !before.contains($0) }
    let found = [
      "stdout": result.stdout, "stderr": result.stderr,
      "status": (result.isSignal ? "signal " : "") + "\(result.status)\n",
      "files": made.map { $0 + "\n" }.joined(),
    ]
    for (part, text) in found {
      let file = "\(folder)/expected/\(part)"
      if Self.isPopulating {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/expected", withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
      } else {
        let expected = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text == expected, "\(name)/expected/\(part)")
      }
    }
    if result.status != 0 && !line.contains(";") && !line.contains("&&") {
      #expect(made.isEmpty, "a failed command writes nothing")
      #expect(result.stdout.isEmpty || result.status == 2, "a failed command has no data to print")
      #expect(!result.stderr.isEmpty || result.status == 2)
    }
  }
}
