/// How wide texts are and how they are made to fit.
enum Lettering {
  /// The size of all texts in user units.
  static let size = 12.0
  static let lineHeight = 16.0

  /// About how wide a text stands in Arial, in user units: rather more than less.
  static func width(_ text: String, size: Double = size) -> Double {
    text.unicodeScalars.reduce(0) { $0 + emWidth($1) } * size
  }

  private static func emWidth(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "'", "|": 0.24
    case "I", ".", ",", ":", ";", "!", " ", "f", "t", "/", "[", "]": 0.29
    case "r", "(", ")", "-", "\"", "*": 0.36
    case "c", "k", "s", "v", "x", "y", "z", "J": 0.51
    case "m", "M", "W", "@", "%", "…": 0.96
    case "w", "C", "D", "H", "N", "R", "U", "&": 0.74
    case "G", "O", "Q": 0.79
    case "A"..."Z": 0.68
    case "a"..."z", "0"..."9": 0.565
    case "\u{300}"..."\u{36F}": 0
    case "\u{80}"..."\u{24F}", "\u{2010}"..."\u{2027}", "−": 0.62
    default: 1.05
    }
  }

  /// The cleaned text, or as much of it as fits with "…" behind.
  static func fitted(_ text: String, width: Double) -> String {
    let cleaned = SVGText.cleaned(text)
    // A column as wide as its widest text has room for it, whatever sums were rounded on the way.
    guard Lettering.width(cleaned) > width + 0.01 else { return cleaned }
    var room = width - Lettering.width("…")
    var kept = ""
    for character in cleaned {
      room -= Lettering.width(String(character))
      guard room >= 0 else { break }
      kept.append(character)
    }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// The text on at most so many lines, broken at spaces; the last line is shortened if it must be.
  static func wrapped(_ text: String, width: Double, lines: Int) -> [String] {
    var result: [String] = []
    var words = SVGText.cleaned(text).split(separator: " ")[...]
    while !words.isEmpty, result.count < lines - 1 {
      var line = String(words.removeFirst())
      while let word = words.first, Lettering.width("\(line) \(word)") <= width {
        line += " \(word)"
        words.removeFirst()
      }
      result.append(fitted(line, width: width))
    }
    if !words.isEmpty { result.append(fitted(words.joined(separator: " "), width: width)) }
    return result
  }

  enum Anchor: String {
    case start, middle, end
  }

  /// A text element at a baseline; a text that is shortened has the whole of it as its tooltip.
  static func label(
    _ text: String, x: Double, y: Double, width: Double = .infinity, anchor: Anchor = .start,
    attributes: SVGText = ""
  ) -> SVGText {
    let shown = fitted(text, width: width)
    let anchored: SVGText = anchor == .start ? "" : #" text-anchor="\#(anchor.rawValue)""#
    let tooltip: SVGText =
      shown == SVGText.cleaned(text) ? "" : "<title>\(text)</title>"
    return #"<text x="\#(x)" y="\#(y)"\#(anchored)\#(attributes)>\#(shown)\#(tooltip)</text>"#
  }

  /// Quiet lines below each other, drawn from y = 0, and their height.
  static func paragraph(
    _ lines: [String], x: Double, anchor: Anchor = .start
  ) -> (markup: SVGText, height: Double) {
    let texts = lines.enumerated().map { index, line in
      label(line, x: x, y: 12 + Double(index) * lineHeight, anchor: anchor)
    }
    return ("<g\(Frame.quiet)>\(SVGText(texts))</g>", Double(lines.count) * lineHeight)
  }

  /// The widest of the texts as far as `limit`.
  static func column(_ texts: [String], limit: Double) -> Double {
    min(limit, texts.map { width(SVGText.cleaned($0)) }.max() ?? 0)
  }

  /// A number with its sign, such as `+3.2`, `−0.4` or `0.0`; empty where it is not finite.
  static func signed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "" }
    let text = plain(abs(value), decimals: decimals)
    guard text.contains(where: { $0 != "0" && $0 != "." }) else { return text }
    return (value < 0 ? "−" : "+") + text
  }

  /// A number with so many decimals, such as `1,250` or `−0.4`; empty where it is not finite.
  static func plain(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "" }
    let power = (0..<decimals).reduce(1) { product, _ in product * 10 }
    guard abs(value) * Double(power) < 9e15 else { return "" }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let sign = value < 0 && scaled > 0 ? "−" : ""
    guard decimals > 0 else { return sign + grouped(scaled) }
    let fraction = String(scaled % power)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(grouped(scaled / power)).\(zeros)\(fraction)"
  }

  /// A whole number with its thousands apart.
  private static func grouped(_ whole: Int) -> String {
    let digits = Array(String(whole))
    return digits.indices.reduce(into: "") { text, index in
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digits[index])
    }
  }
}
