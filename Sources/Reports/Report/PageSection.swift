import Charts
import Mismatch
import Runs

/// A section of the page as HTML, and its charts as files of their own.
struct PageSection: Sendable {
  let id: String
  let title: String
  var html: String
  /// Its charts, each with the name of its file without `.svg`.
  var figures: [Figure] = []

  typealias Figure = (name: String, chart: any Chart)

  /// All sections of a report, in their order; those without content are left out.
  static func all(_ data: ReportData) throws -> [PageSection] {
    let own: [(ReportData) throws -> PageSection?] = [areas, heatMap, map, allAreas, change]
    let analyses = try AnalysisCatalogue.sections.compactMap { try PageSection($0, data) }
    let notes: [(ReportData) throws -> PageSection?] = [
      confidence, reconciliation, sources, glossary, citation,
    ]
    return try own.compactMap { try $0(data) } + analyses + notes.compactMap { try $0(data) }
  }

  init(_ id: String, _ title: String, html: String, figures: [Figure] = []) {
    (self.id, self.title, self.html, self.figures) = (id, title, html, figures)
  }

  /// The section of an analysis; nil where the run has nothing for it.
  private init?(_ section: ReportSection, _ data: ReportData) throws {
    let parts = try section.parts(data)
    guard !parts.isEmpty else { return nil }
    self.init(section.id, section.title, html: "")
    for part in parts { add(part) }
  }

  private mutating func add(_ part: SectionPart) {
    switch part {
    case .paragraph(let text): html += "<p>\(HTMLText.escaped(text))</p>"
    case .chart(let name, let chart):
      html += PageSection.figure(chart, id: "\(id)-\(name)")
      figures.append((name, chart))
    case .table(let table):
      html +=
        HTMLTable(
          caption: table.caption,
          columns: table.columns.map { .init(heading: $0.heading, isNumber: $0.isNumber) },
          rows: table.rows
        ).html
      html += "<p class=\"note\">All rows and all digits: <code>\(table.file)</code>.</p>"
    }
  }

  /// A chart in the page, laid out for wide screens and for narrow ones, of which the page shows one.
  static func figure(_ chart: any Chart, id: String) -> String {
    let caption = caption(of: chart)
    return "<figure class=\"broad\">\(caption)\(chart.svg(idPrefix: id, width: 760))</figure>"
      + "<figure class=\"narrow\">\(caption)\(chart.svg(idPrefix: "\(id)-narrow", width: 300))</figure>"
  }

  /// A large chart in the page, which narrow screens scroll.
  static func wide(_ chart: any Chart, id: String) -> String {
    "<figure class=\"wide\" tabindex=\"0\">\(caption(of: chart))\(chart.svg(idPrefix: id, width: 760))</figure>"
  }

  private static func caption(of chart: any Chart) -> String {
    "<figcaption>\(HTMLText.escaped(chart.title))</figcaption>"
  }

  /// A list of texts; nothing where there are none.
  static func list(_ items: [String], _ attributes: String = "") -> String {
    guard !items.isEmpty else { return "" }
    return "<ul\(attributes)>" + items.map { "<li>\(HTMLText.escaped($0))</li>" }.joined() + "</ul>"
  }

  static func paragraph(_ text: String, note: Bool = false) -> String {
    "<p\(note ? " class=\"note\"" : "")>\(HTMLText.escaped(text))</p>"
  }

  /// A table that is folded until somebody wants it.
  static func folded(_ summary: String, _ html: String) -> String {
    "<details><summary>\(HTMLText.escaped(summary))</summary>\(html)</details>"
  }
}
