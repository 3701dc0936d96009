import Mismatch

/// Text as the XML of a workbook has it.
enum SheetXML {
  /// The most UTF-16 units of a text that are written; a cell may hold 32,767.
  static let longestText = 32_000

  /// A text cut to what a cell can hold.
  static func cut(_ text: String) -> String {
    guard text.utf8.count > longestText, text.utf16.count > longestText else { return text }
    var (length, end) = (0, text.startIndex)
    for character in text.unicodeScalars.indices {
      length += text.unicodeScalars[character].utf16.count
      guard length <= longestText else { break }
      end = text.unicodeScalars.index(after: character)
    }
    return text[..<end] + "… [cut]"
  }

  /// A text with what XML has no place for written as `_x0001_`, as such texts themselves are.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 32 || $0 >= 0xEF || marks.contains($0) }) else {
      return text
    }
    var result = ""
    for (index, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "_" where text.unicodeScalars[index...].beginsAsEscape: result += code(scalar)
      case "\u{9}", "\u{A}": result += "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += code(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static let marks: Set<UInt8> = Set("&<>\"_".utf8)

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
  }

  /// The letters of a column, from 0 on.
  static func letters(of column: Int) -> String {
    let last = String(Unicode.Scalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(of: column / 26 - 1) + last
  }
}

extension Substring.UnicodeScalarView {
  /// Whether it begins as `_x0041_` does.
  fileprivate var beginsAsEscape: Bool {
    let start = Array(prefix(7))
    return start.count == 7 && start[1] == "x" && start[6] == "_"
      && start[2...5].allSatisfy(\.properties.isASCIIHexDigit)
  }
}
