/// SVG as it is written: what stands in the literal is markup, what is interpolated is data.
///
/// Interpolated text is cleaned and escaped, so that no name can end an element or an attribute. Numbers have
/// at most one decimal and are always finite. Markup is interpolated as it is.
struct SVGText: ExpressibleByStringInterpolation, Sendable {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// Markup joined in order, with a separator between.
  init(_ parts: some Sequence<SVGText>, by separator: String = "") {
    text = parts.map(\.text).joined(separator: separator)
  }

  /// Data as markup: cleaned, cut at a limit of its own and escaped.
  init(data: String, limit: Int) { text = Self.escaped(data, limit: limit) }

  static func + (left: SVGText, right: SVGText) -> SVGText { "\(left)\(right)" }

  static func += (left: inout SVGText, right: SVGText) { left.text += right.text }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity * 2)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: SVGText) { text += markup.text }
    mutating func appendInterpolation(_ number: Double) { text += SVGText.number(number) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    mutating func appendInterpolation(_ colour: Colour) { text += colour.hexadecimal }
    mutating func appendInterpolation(_ data: String) { text += SVGText.escaped(data) }
  }

  /// A number of user units with at most one decimal, such as `12` or `-0.5`; 0 where it is not finite.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((max(-1e7, min(1e7, value)) * 10).rounded())
    let whole = String(abs(tenths) / 10)
    let sign = tenths < 0 ? "-" : ""
    return tenths % 10 == 0 ? sign + whole : "\(sign)\(whole).\(abs(tenths) % 10)"
  }

  /// The text of at most `limit` characters without controls, marks of direction and what XML forbids.
  ///
  /// Runs of white space become one space. A text that is cut ends in "…".
  static func cleaned(_ data: String, limit: Int = 300) -> String {
    guard !isClean(data, limit: limit) else { return data }
    var kept = String.UnicodeScalarView()
    var needsSpace = false
    var count = 0
    for scalar in data.unicodeScalars {
      if scalar.properties.isWhitespace {
        needsSpace = count > 0
      } else if isPrintable(scalar) {
        guard count + (needsSpace ? 2 : 1) <= limit else { return String(kept.dropLast()) + "…" }
        if needsSpace { kept.append(" ") }
        kept.append(scalar)
        count += needsSpace ? 2 : 1
        needsSpace = false
      }
    }
    return String(kept)
  }

  /// Whether a text is printable ASCII with single spaces within it, of no more than `limit` characters.
  private static func isClean(_ data: String, limit: Int) -> Bool {
    var last: UInt8 = 32
    for byte in data.utf8 {
      guard byte < 127, byte > 32 || byte == 32 && last != 32 else { return false }
      last = byte
    }
    return data.utf8.count <= limit && (last != 32 || data.isEmpty)
  }

  /// Whether a character is shown and leaves the order of the text after it alone.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: false
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: false
    case let value where value & 0xFFFE == 0xFFFE: false
    case 0xFDD0...0xFDEF, 0xFFF9...0xFFFB: false
    default: true
    }
  }

  /// Whether a byte is `"`, `&`, `'`, `<` or `>`.
  private static func isMarkup(_ byte: UInt8) -> Bool {
    byte == 34 || byte == 38 || byte == 39 || byte == 60 || byte == 62
  }

  /// The text, cleaned, as content of an element or of an attribute.
  fileprivate static func escaped(_ data: String, limit: Int = 300) -> String {
    let cleaned = cleaned(data, limit: limit)
    guard cleaned.utf8.contains(where: isMarkup) else { return cleaned }
    var result = ""
    for character in cleaned.unicodeScalars {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// An id made of what the caller gives: letters, digits and hyphens, a letter first.
  static func identifier(_ text: String) -> String {
    let kept = text.unicodeScalars.prefix(80).map { scalar -> Character in
      scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        ? Character(scalar) : "-"
    }
    return kept.first?.isLetter == true ? String(kept) : "c" + String(kept)
  }
}
