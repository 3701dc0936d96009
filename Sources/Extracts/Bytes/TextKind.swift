import Mismatch

/// What a text holds in the place of a table, by its beginning.
enum TextKind: Equatable {
  case blank
  case json
  case xml
  case webPage
  /// The few lines that git keeps in the place of a large file.
  case pointer
  /// Prose, such as the error of a server.
  case message

  /// How many first bytes are enough.
  static let headLength = 1 << 16

  /// - Parameters:
  ///   - beginning: the first bytes of a text.
  ///   - isWhole: whether they are all of it.
  /// - Returns: nil where the text may be a table.
  init?(_ beginning: ArraySlice<UInt8>, isWhole: Bool) {
    let text = beginning.drop { [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
    guard let first = text.first else {
      guard isWhole else { return nil }
      self = .blank
      return
    }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard TextKind.isJSON(text) else { return nil }
      self = .json
    case UInt8(ascii: "<"):
      guard let kind = TextKind.markup(text) else { return nil }
      self = kind
    case _ where TextKind.pointers.contains(where: text.starts(with:)):
      self = .pointer
    case _ where isWhole && TextKind.isProse(text): self = .message
    default: return nil
    }
  }

  private static let pointers = [
    Array("version https://git-lfs.github.com/".utf8), Array("/annex/objects/".utf8),
  ]

  /// Whether an object or a list begins, rather than a marker in brackets.
  private static func isJSON(_ text: ArraySlice<UInt8>) -> Bool {
    let inner = text.dropFirst().first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
    guard let inner else { return false }
    return (text.first == UInt8(ascii: "{") ? "\"}" : "{[\"]").utf8.contains(inner)
  }

  private static func markup(_ text: ArraySlice<UInt8>) -> TextKind? {
    let head = String(decoding: text.prefix(2048), as: UTF8.self).lowercased()
    if ["<!doctype html", "<html", "<head", "<body"].contains(where: head.contains) {
      return .webPage
    }
    guard let second = text.dropFirst().first, head.contains(">") else { return nil }
    return (97...122).contains(second | 32) || "?!".utf8.contains(second) ? .xml : nil
  }

  /// Lines beyond which a text is no message.
  private static let lineLimit = 40

  /// Whether all lines read as sentences: a single line of one field, or some words whose commas are followed
  /// by spaces or stand in a number.
  private static func isProse(_ text: ArraySlice<UInt8>) -> Bool {
    let lines = text.split { $0 == 10 || $0 == 13 }
      .map { String(decoding: $0, as: UTF8.self).trimmed() }.filter { !$0.isEmpty }
    guard lines.count <= lineLimit, !text.contains(0), !lines.contains(where: hasFields) else {
      return false
    }
    if lines.count == 1 {
      // A word alone may be the heading of a list without rows.
      return lines[0].contains(" ") && !lines[0].utf8.contains(UInt8(ascii: ","))
        || isSentence(lines[0]) || isQuoted(lines[0])
    }
    let commas = Set(lines.map { line in line.utf8.count { $0 == UInt8(ascii: ",") } })
    guard commas.count > 1 || commas.contains(0) else { return false }
    return lines.allSatisfy { $0.contains(" ") || isSentence($0) }
      && lines.count(where: isSentence) * 2 >= lines.count
  }

  private static func isSentence(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    let first = words.first?.lowercased().filter(\.isLetter) ?? ""
    return words.count >= 4 || ".!?:".contains(line.suffix(1)) || errors.contains(first)
  }

  private static let errors: Set<String> = [
    "error", "exception", "sorry", "forbidden", "unauthorized", "unauthorised",
  ]

  /// Whether a line is one field in quotes.
  private static func isQuoted(_ line: String) -> Bool {
    line.count > 2 && line.first == "\"" && line.last == "\""
      && !line.dropFirst().dropLast().contains("\"")
  }

  /// Whether a line has separators as rows have them.
  private static func hasFields(_ line: String) -> Bool {
    let bytes = Array(line.utf8)
    func isDigit(_ place: Int) -> Bool {
      bytes.indices.contains(place) && (48...57).contains(bytes[place])
    }
    return bytes.indices.contains { place in
      switch bytes[place] {
      case 9, UInt8(ascii: "|"): true
      case UInt8(ascii: ";"): bytes.dropFirst(place + 1).first != 32
      case UInt8(ascii: ","):
        bytes.dropFirst(place + 1).first != 32
          && !(isDigit(place - 1) && (1...3).allSatisfy { isDigit(place + $0) }
            && !isDigit(place + 4))
      default: false
      }
    }
  }

  /// Why no table is read, with the first line of what there is, and what to do.
  func refusal(of beginning: ArraySlice<UInt8>, at place: Place) -> Failure {
    let line = beginning.drop { [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
      .prefix(400).prefix { $0 != 10 && $0 != 13 }
    return refusal(quoting: String(decoding: line, as: UTF8.self), at: place)
  }

  /// The same, with a line that is known.
  func refusal(quoting line: String, at place: Place) -> Failure {
    let shown = Corruption.shown(String(line.prefix(200))) + (line.count > 200 ? "…" : "")
    let again = "Fetch the file again; from Nomis, with a uid or in pages of 25,000 records"
    let (found, advice) =
      switch self {
      case .blank: ("the file is empty", "Fetch the file again")
      case .json: ("is JSON: \"\(shown)\"", again + ". If it holds the data, ask for CSV instead")
      case .xml: ("is XML: \"\(shown)\"", again + ". If it holds the data, ask for CSV instead")
      case .webPage:
        (
          "is a web page: \"\(shown)\"",
          "Fetch the file itself: this is the page about it, or an error page"
        )
      case .pointer:
        (
          "is a pointer of git: \"\(shown)\"",
          "Fetch the file itself: `git lfs pull`, or `git annex get`"
        )
      case .message: ("is a message: \"\(shown)\"", again)
      }
    return Failure(
      .badData, at: place, found, expected: "a table: a header line and rows", advice: advice)
  }
}
