import Charts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An SVG as read back: every element with its attributes, and the text of every text element.
final class Drawing: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    let parents: [String]
  }

  private(set) var elements: [Element] = []
  private(set) var texts: [String] = []
  private(set) var tooltips: [String] = []
  private var open: [(name: String, classes: String)] = []
  private var text = ""

  /// Reads an SVG; nil where it is not well formed.
  init?(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if name == "title" { finishText() }
    elements.append(
      Element(name: name, attributes: attributes, parents: open.map(\.classes)))
    open.append((name, attributes["class"] ?? ""))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "title" {
      tooltips.append(text)
      text = ""
    }
    finishText()
    open.removeLast()
  }

  private func finishText() {
    if open.last?.name == "text", !text.isEmpty { texts.append(text) }
    text = ""
  }

  /// The elements of a name that stand in or are of a class.
  func all(_ name: String, in kind: String) -> [Element] {
    elements.filter {
      $0.name == name && ($0.attributes["class"] == kind || $0.parents.contains(kind))
    }
  }

  /// Every number in an attribute that says where something is.
  var coordinates: [Double] {
    let places: Set = ["d", "x", "y", "x1", "x2", "cx", "cy", "width", "height", "r", "viewBox"]
    return elements.flatMap { element in
      element.attributes.filter { places.contains($0.key) }.flatMap { attribute in
        attribute.value.matches(of: /-?(\d+(\.\d*)?|\.\d+)/).compactMap { Double($0.0) }
      }
    }
  }
}

/// Names that come from files and mean harm, by accident or not.
let hostileNames = [
  "<script>alert(1)</script>", "\" onload=\"alert(1)", "' & ]]> <!-- </title></svg>",
  "\u{202E}gnp.exe\u{2066}\u{200F}", String(repeating: "Long name ", count: 1_000),
  "two\nlines\tand\u{0}NUL\u{1}\u{B}\u{FFFE}\u{FFFF}\u{85}", "", "   ", "&amp;&#0;",
  "日本語 العربية 👩‍👩‍👧",
]
