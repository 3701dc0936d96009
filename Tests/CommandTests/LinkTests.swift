import Foundation
import Testing

/// Links between the repository's own pages lead to a file, and to a heading of it.
struct LinkTests {
  static let pages: [String] = {
    let all = FileManager.default.enumerator(atPath: Repository.path)
    var pages: [String] = []
    while let name = all?.nextObject() as? String {
      if name.hasPrefix(".") || name.contains("/.") { all?.skipDescendants() }
      if name.hasSuffix(".md") && !name.hasPrefix(".") && !name.contains("/.") {
        pages.append(name)
      }
    }
    return pages.sorted()
  }()

  @Test func pagesAreFound() {
    #expect(Self.pages.contains("README.md") && Self.pages.contains("Documentation/glossary.md"))
  }

  @Test(arguments: pages)
  func linksLeadSomewhere(page: String) throws {
    let file = URL(filePath: "\(Repository.path)/\(page)")
    for match in try Self.prose(file).matches(of: /\]\(([^)\s]+)\)/) {
      let link = String(match.1)
      if link.contains("://") || link.hasPrefix("mailto:") { continue }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty
        ? file : file.deletingLastPathComponent().appending(path: String(parts[0])).standardized
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link)")
      if parts.count == 2 && target.pathExtension == "md" {
        #expect(try Self.anchors(target).contains(String(parts[1])), "\(page): \(link)")
      }
    }
  }

  /// The text of a page without its fenced blocks.
  private static func prose(_ file: URL) throws -> String {
    try Page(file: file.path).parts.flatMap { part -> [String] in
      if case .text(let lines) = part { lines } else { [] }
    }.joined(separator: "\n")
  }

  /// What headings are called in links.
  private static func anchors(_ file: URL) throws -> Set<String> {
    let headings = try prose(file).split(separator: "\n").filter { $0.hasPrefix("#") }
    return Set(
      headings.map { heading in
        let text = heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        return String(
          text.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.map {
            $0 == " " ? "-" : $0
          })
      })
  }
}
