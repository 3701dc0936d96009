import Foundation
import Testing

@testable import Charts

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An SVG as read back: every element with its attributes, and the text of every text element.
final class Drawing: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    let parents: [String]
    /// How far the groups that it stands in are moved, where they are no more than moved.
    let offset: (x: Double, y: Double)
    /// Its text-anchor and transform, its own or those of groups that it stands in.
    let anchor: String
    let isTurned: Bool
  }

  /// A horizontal text with where it begins and ends.
  struct Placed {
    let text: String
    let left: Double
    let right: Double
    let baseline: Double
  }

  private(set) var elements: [Element] = []
  private(set) var texts: [String] = []
  /// Every horizontal text as wide as it is taken to be.
  private(set) var placed: [Placed] = []
  private(set) var tooltips: [String] = []
  private var open: [(name: String, classes: String, element: Element)] = []
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
    let parent = open.last?.element
    let transform = attributes["transform"] ?? ""
    let move = transform.wholeMatch(of: /translate\((\S+) (\S+)\)/)
    let step = move.map { (Double($0.1) ?? 0, Double($0.2) ?? 0) } ?? (0, 0)
    let element = Element(
      name: name, attributes: attributes, parents: open.map(\.classes),
      offset: ((parent?.offset.x ?? 0) + step.0, (parent?.offset.y ?? 0) + step.1),
      anchor: attributes["text-anchor"] ?? parent?.anchor ?? "start",
      isTurned: parent?.isTurned == true || !transform.isEmpty && move == nil)
    elements.append(element)
    open.append((name, attributes["class"] ?? "", element))
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
    if let element = open.last?.element, element.name == "text", !text.isEmpty {
      texts.append(text)
      place(element)
    }
    text = ""
  }

  private func place(_ element: Element) {
    guard !element.isTurned, let x = element.attributes["x"].flatMap(Double.init),
      let y = element.attributes["y"].flatMap(Double.init)
    else { return }
    let width = Lettering.width(text)
    let share: Double = element.anchor == "start" ? 0 : element.anchor == "end" ? 1 : 0.5
    let left = x + element.offset.x - share * width
    placed.append(
      Placed(text: text, left: left, right: left + width, baseline: y + element.offset.y))
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
