import Foundation
import Testing

/// Pages of the documentation that a reader follows: their commands are run in order in a fresh folder, and print
/// what the page shows.
///
/// A page says which files it starts with (`<!-- files: PATH... -->`, from the root of the repository; of a folder its
/// files). A block with `title="NAME"` is a file that the reader writes. In a `console` block a line that begins with
/// `$ ` is a command, and what follows is what it prints on both streams; a line `…` stands for any lines.
///
/// `MISMATCH_POPULATE=1 swift test --filter PageTests` writes anew what does not agree; `git diff` is the review.
struct PageTests {
  private static let folder = Repository.path + "/Documentation"

  static let names: [String] = {
    let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return all.filter { name in
      name.hasSuffix(".md")
        && ((try? Page(file: "\(folder)/\(name)").blocks.contains(where: \.isConsole)) ?? false)
    }.sorted()
  }()

  private static let isPopulating =
    ProcessInfo.processInfo.environment["MISMATCH_POPULATE"] == "1"

  @Test func pagesAreFound() throws {
    #expect(Self.names.contains("tutorial.md"))
    let guides = try FileManager.default.contentsOfDirectory(atPath: Self.folder + "/how-to")
    #expect(Self.names.filter { $0.hasPrefix("how-to/") }.count >= guides.count / 2)
  }

  @Test(arguments: names)
  func pageShowsWhatItsCommandsPrint(name: String) throws {
    let file = "\(Self.folder)/\(name)"
    let page = try Page(file: file)
    let work = try WorkFolder()
    for path in page.files { try work.place("\(Repository.path)/\(path)") }
    var text: [String] = []
    for part in page.parts {
      switch part {
      case .text(let lines): text += lines
      case .block(let block):
        if let title = block.title {
          try work.write(title, block.lines.joined(separator: "\n") + "\n")
        }
        text += try shown(block, in: work, name: name)
      }
    }
    if Self.isPopulating {
      try text.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    }
  }

  /// A page has no job that its commands do not run.
  @Test(arguments: names)
  func everyJobIsRun(name: String) throws {
    let page = try Page(file: "\(Self.folder)/\(name)")
    let commands = page.blocks.flatMap(\.commands).map(\.line)
    for block in page.blocks where block.isWholeJob {
      let title = try #require(block.title, "a whole job of \(name) has a title")
      #expect(commands.contains { $0.contains(title) }, "\(name) runs \(title)")
    }
  }

  /// The lines of a block as its commands print them now.
  private func shown(_ block: Page.Block, in work: WorkFolder, name: String) throws -> [String] {
    guard block.isConsole else { return block.text }
    var lines = [block.text[0]]
    for command in block.commands {
      let result = try work.run("unset MAKEFLAGS MAKELEVEL; { \(command.line)\n} 2>&1")
      let printed = result.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init).dropLast()
      lines += command.source
      if Page.matches(command.output[...], printed[...]) {
        lines += command.output
      } else {
        lines += printed
        if !Self.isPopulating {
          Issue.record("\(name): \(command.line)\n\(result.stdout)")
        }
      }
    }
    return lines + [block.text[block.text.count - 1]]
  }
}

/// A page of the documentation as text and fenced blocks.
struct Page {
  enum Part {
    case text([String])
    case block(Block)
  }

  /// A command of a `console` block, with the lines that it takes there and those below it.
  struct Command {
    var source: [String]
    var output: [String] = []

    /// What the shell runs.
    var line: String { source.map { String($0.dropFirst(2)) }.joined(separator: "\n") }
  }

  /// A fenced block; `text` has its fences.
  struct Block {
    let text: [String]

    var info: Substring { text[0].drop { $0 == "`" } }
    var lines: ArraySlice<String> { text.dropFirst().dropLast() }
    var isConsole: Bool { info.hasPrefix("console") }
    var title: String? { info.firstMatch(of: /title="([^"]+)"/).map { String($0.1) } }
    var isWholeJob: Bool {
      info.hasPrefix("yaml")
        && ["provision:", "demand:"].allSatisfy { key in lines.contains { $0.hasPrefix(key) } }
    }

    /// The commands of a `console` block; a command goes on where a line begins with `> `.
    var commands: [Command] {
      guard isConsole else { return [] }
      return lines.reduce(into: []) { commands, line in
        if line.hasPrefix("$ ") {
          commands.append(Command(source: [line]))
        } else if let last = commands.indices.last {
          if line.hasPrefix("> ") && commands[last].output.isEmpty {
            commands[last].source.append(line)
          } else {
            commands[last].output.append(line)
          }
        }
      }
    }
  }

  let parts: [Part]
  /// What stands in the reader's folder at first, as paths from the root of the repository.
  let files: [String]

  var blocks: [Block] {
    parts.compactMap { part in if case .block(let block) = part { block } else { nil } }
  }

  init(file: String) throws {
    let lines = try String(contentsOfFile: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var parts: [Part] = []
    var open: [String] = []
    for line in lines {
      if !open.isEmpty {
        open.append(line)
        if line == "```" {
          parts.append(.block(Block(text: open)))
          open = []
        }
      } else if line.hasPrefix("```") {
        open = [line]
      } else {
        parts.append(.text([line]))
      }
    }
    guard open.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
    self.parts = parts
    files = lines.compactMap { $0.firstMatch(of: /^<!-- files: (.*) -->$/)?.1 }
      .flatMap { $0.split(separator: " ").map(String.init) }
  }

  /// Whether lines are those expected, of which `…` stands for any.
  static func matches(_ expected: ArraySlice<String>, _ found: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return found.isEmpty }
    let rest = expected.dropFirst()
    guard first == "…" else {
      return found.first == first && matches(rest, found.dropFirst())
    }
    return (found.startIndex...found.endIndex).contains { matches(rest, found[$0...]) }
  }
}

extension WorkFolder {
  /// Copies a file into this folder, or the files of a folder.
  fileprivate func place(_ source: String) throws {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: source, isDirectory: &isFolder)
    if isFolder.boolValue { return try copy(from: source) }
    let name = URL(fileURLWithPath: source).lastPathComponent
    try FileManager.default.copyItem(atPath: source, toPath: "\(path)/\(name)")
  }
}
