import Extracts
import Mismatch

/// A cell of a workbook.
enum SheetCell {
  case text(String, CellStyle = .text)
  /// A number by the text that a table has for it, so that no digit is lost.
  case number(String, CellStyle)
  case link(String, sheet: String)
  case empty
}

/// The rows of a sheet while they are written, and what is said of them at its end.
final class SheetWriter {
  /// A range whose colours go from one end through white at 0 to the other.
  struct Scale {
    let columns: ClosedRange<Int>
    /// The number, on both sides of 0, from which on the colour is full.
    let limit: Double
  }

  /// A table of the sheet: its headings, and the number of the row that they stand in.
  struct Table {
    let name: String
    let headings: [String]
    let firstRow: Int
    let lastRow: Int

    var range: String {
      "A\(firstRow):\(SheetXML.letters(of: headings.count - 1))\(lastRow)"
    }
  }

  private let output: ArchiveOutput
  private var buffer: [UInt8] = []
  private var letters: [String] = []
  /// Of the columns, in characters.
  private var widths: [Double] = []
  private var links: [(cell: String, sheet: String)] = []
  /// The number of the last row.
  private(set) var row = 0
  var scales: [Scale] = []
  private(set) var table: Table?

  init(_ output: ArchiveOutput) { self.output = output }

  /// Adds a row.
  func add(_ cells: [SheetCell]) throws {
    row += 1
    while letters.count < cells.count { letters.append(SheetXML.letters(of: letters.count)) }
    add("<row r=\"\(row)\"\(height(of: cells))>")
    for (column, cell) in cells.enumerated() {
      let place = "\(letters[column])\(row)"
      switch cell {
      case .text(let text, let style): add(text, style, at: place)
      case .number(let text, let style):
        add("<c r=\"\(place)\" s=\"\(style.rawValue)\"><v>\(text)</v></c>")
      case .link(let text, let sheet):
        links.append((place, sheet))
        add(text, .link, at: place)
      case .empty: break
      }
    }
    add("</row>")
    if buffer.count > 1 << 18 { try flush() }
  }

  /// The height of a row, stated where its texts are large or wrapped: programs do not all find it by themselves.
  private func height(of cells: [SheetCell]) -> String {
    let lines = zip(cells, widths).map { cell, width -> Double in
      guard case .text(let text, let style) = cell else { return 1 }
      return style == .title ? 1.5 : style.isWrapped ? lineCount(text, width: width) : 1
    }
    guard let most = lines.max(), most > 1 else { return "" }
    return " ht=\"\(SheetWriter.lineHeight * most)\" customHeight=\"1\""
  }

  private static let lineHeight = 15.75

  /// About how many lines a text takes: words keep together, so rather more than its letters do.
  private func lineCount(_ text: String, width: Double) -> Double {
    min(26, (Double(text.count) * 1.12 / width).rounded(.up))
  }

  private func add(_ text: String, _ style: CellStyle, at place: String) {
    let isLikeFormula = style == .text && text.utf8.first.map { "=+-@".utf8.contains($0) } == true
    add(
      "<c r=\"\(place)\" s=\"\((isLikeFormula ? .likeFormula : style).rawValue)\" t=\"inlineStr\">"
        + "<is><t xml:space=\"preserve\">\(SheetXML.escaped(SheetXML.cut(text)))</t></is></c>")
  }

  private func add(_ xml: String) { buffer.append(contentsOf: xml.utf8) }

  private func flush() throws {
    try output.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Makes a table of the rows from that of the headings to the last one.
  func endTable(_ name: String, _ headings: [String], from firstRow: Int) {
    guard row > firstRow else { return }
    table = Table(name: name, headings: headings, firstRow: firstRow, lastRow: row)
  }

  /// Adds what stands before the rows.
  ///
  /// - Parameters:
  ///   - widths: of columns, in characters.
  ///   - frozenRowCount: rows that stay in view.
  func begin(widths: [Double], frozenRowCount: Int, isFirst: Bool) {
    self.widths = widths
    add("<worksheet xmlns=\"\(WorkbookNames.main)\" xmlns:r=\"\(WorkbookNames.document)\">")
    add("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>")
    add("<sheetViews><sheetView\(isFirst ? " tabSelected=\"1\"" : "") workbookViewId=\"0\">")
    if frozenRowCount > 0 {
      add(
        "<pane ySplit=\"\(frozenRowCount)\" topLeftCell=\"A\(frozenRowCount + 1)\" "
          + "activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>")
    }
    add("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>")
    for (number, width) in widths.enumerated() {
      add("<col min=\"\(number + 1)\" max=\"\(number + 1)\" width=\"\(width)\" customWidth=\"1\"/>")
    }
    add("</cols><sheetData>")
  }

  /// Adds what stands after the rows.
  func end() throws {
    add("</sheetData>")
    if let table {
      for (number, scale) in scales.enumerated() {
        let (first, last) = (scale.columns.lowerBound, scale.columns.upperBound)
        add(
          "<conditionalFormatting sqref=\"\(SheetXML.letters(of: first))\(table.firstRow + 1):"
            + "\(SheetXML.letters(of: last))\(table.lastRow)\"><cfRule type=\"colorScale\" priority=\"\(number + 1)\">"
            + "<colorScale><cfvo type=\"num\" val=\"-\(scale.limit)\"/><cfvo type=\"num\" val=\"0\"/>"
            + "<cfvo type=\"num\" val=\"\(scale.limit)\"/><color rgb=\"FFB2ABD2\"/><color rgb=\"FFFFFFFF\"/>"
            + "<color rgb=\"FFFDB863\"/></colorScale></cfRule></conditionalFormatting>")
      }
    }
    if !links.isEmpty {
      add("<hyperlinks>")
      for link in links {
        let target = SheetXML.escaped("'\(link.sheet.replacing("'", with: "''"))'!A1")
        add("<hyperlink ref=\"\(link.cell)\" location=\"\(target)\"/>")
      }
      add("</hyperlinks>")
    }
    add(
      "<pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>"
    )
    add("<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"/>")
    if table != nil { add("<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>") }
    add("</worksheet>")
    try flush()
  }
}
