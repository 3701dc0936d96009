/// HTML in parts: markup as it is, texts escaped.
struct HTMLText {
  private(set) var text = ""

  /// Adds markup.
  mutating func add(_ markup: String) { text += markup }

  /// Adds an element with nothing but a text in it.
  ///
  /// - Parameter attributes: markup behind the element's name, such as ` class="number"`.
  mutating func element(_ name: String, _ attributes: String = "", _ content: String) {
    text += "<\(name)\(attributes)>\(HTMLText.escaped(content))</\(name)>"
  }

  /// A text without meaning to a browser: characters of markup as references, those that control or turn the
  /// direction of text left out.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var result = ""
    for scalar in text.unicodeScalars where !isLeftOut(scalar) {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a byte may begin what is not shown as it is.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 32 || byte > 126 || byte == 60 || byte == 62 || byte == 38 || byte == 34 || byte == 39
  }

  private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10: false
    case 0..<32, 0x7f...0x9f, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfffe,
      0xffff:
      true
    default: false
    }
  }
}

/// A table as HTML: a caption, headings, rows whose first fields head them.
struct HTMLTable {
  struct Column {
    let heading: String
    var isNumber = false
  }

  let caption: String
  let columns: [Column]
  let rows: [[String]]
  /// Classes of the rows, such as the call of a cell; none where all are plain.
  var classes: [String] = []

  /// The markup; wider tables than the page can be scrolled, by the keyboard too.
  var html: String {
    var html = HTMLText()
    let label = HTMLText.escaped(caption)
    html.add("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><table>")
    html.element("caption", "", caption)
    html.add("<thead><tr>")
    for column in columns {
      html.element(
        "th", column.isNumber ? " scope=\"col\"" : " scope=\"col\" class=\"t\"", column.heading)
    }
    html.add("</tr></thead><tbody>")
    for (number, row) in rows.enumerated() {
      html.add(
        classes.isEmpty || classes[number].isEmpty ? "<tr>" : "<tr class=\"\(classes[number])\">")
      for (column, field) in zip(columns, row).enumerated() {
        if column == 0 {
          html.element("th", " scope=\"row\"", field.1)
        } else {
          html.element("td", field.0.isNumber ? "" : " class=\"t\"", field.1)
        }
      }
      html.add("</tr>")
    }
    html.add("</tbody></table></div>")
    return html.text
  }
}

extension String {
  /// The text with a full stop at its end, once.
  var ended: String { hasSuffix(".") ? self : self + "." }

  /// The text as far as a report shows names: cut where it is longer than 120 characters.
  var shortened: String {
    guard utf8.count > 120, count > 120 else { return self }
    return prefix(119) + "…"
  }
}
