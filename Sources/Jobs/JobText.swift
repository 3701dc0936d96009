import Extracts
import Mismatch

/// The YAML text of a job, made of what its files, variants and lists came to.
struct JobText {
  /// The file whose parts need no comment on where they come from; nil for a text without such comments.
  private let ownFile: String?
  private var lines: [String] = []

  /// The text of a job.
  ///
  /// - Parameter ownFile: the job's own file, where comments are to say which file and line the other parts
  ///   come from.
  static func of(_ job: JobTree, commentsBeside ownFile: String? = nil) -> String {
    var text = JobText(ownFile: ownFile)
    for entry in job.entries ?? [] { text.add(entry, indent: "") }
    return text.lines.map { $0 + "\n" }.joined()
  }

  private init(ownFile: String?) { self.ownFile = ownFile }

  private mutating func add(_ entry: JobTree.Entry, indent: String) {
    let key = indent + JobText.scalar(entry.name) + ":"
    add(entry.value, after: key, indent: indent + "  ")
  }

  /// Adds a value: behind `start` where it fits into a line, below it otherwise.
  private mutating func add(_ value: JobTree, after start: String, indent: String) {
    if let text = JobText.inline(value) {
      lines.append(start + (text.isEmpty ? "" : " " + text) + comment(value.place))
    } else if let entries = value.entries {
      lines.append(start)
      for entry in entries { add(entry, indent: indent) }
    } else if case .list(let items) = value.content {
      lines.append(start)
      for item in items {
        // The first key of an item may not stand on the line of its dash where it has a comment of its own.
        add(item, after: indent + "-", indent: indent + "  ")
      }
    }
  }

  private func comment(_ place: Place) -> String {
    guard let ownFile, place.file != ownFile else { return "" }
    return "  # \(place.file)" + (place.line.map { ":\($0)" } ?? "")
  }

  /// A value as a part of a line; nil where it takes lines of its own.
  private static func inline(_ value: JobTree) -> String? {
    switch value.content {
    case .null(let text): return text
    case .text(let text): return scalar(text)
    case .keys(let entries): return entries.isEmpty ? "{}" : nil
    case .list(let items):
      let texts = items.compactMap { item in item.text.map(scalar) }
      return texts.count == items.count ? "[\(texts.joined(separator: ", "))]" : nil
    }
  }

  /// A scalar that reads back as this text.
  static func scalar(_ text: String) -> String {
    if isPlain(text) { return text }
    let isPrintable = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value < 127 }
    if isPrintable { return "'" + text.replacing("'", with: "''") + "'" }
    return "\"" + text.unicodeScalars.map(escape).joined() + "\""
  }

  /// Whether a text means itself without quotes, also within a list.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    func isWord(_ byte: UInt8) -> Bool {
      Character(Unicode.Scalar(byte)).isASCII && Character(Unicode.Scalar(byte)).isLetter
        || (48...57).contains(byte)
    }
    return isWord(first) && last != 32 && !["null", "Null", "NULL"].contains(text)
      && text.utf8.allSatisfy { isWord($0) || " ._-/+()$".utf8.contains($0) }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    default:
      // Letters of other scripts stay; controls, odd blanks and what no text should hold are escaped.
      if scalar.properties.isAlphabetic || (32..<127).contains(scalar.value) { return "\(scalar)" }
      let digits = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
}
