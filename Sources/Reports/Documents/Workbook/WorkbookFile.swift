import Extracts
import Mismatch

/// A workbook while it is written: one sheet after another, then the parts that hold them together.
///
/// It is written by hand and not by libxlsxwriter, which writes numbers to 16 digits: of every four numbers of a
/// table one would read back as another.
final class WorkbookFile {
  private let output: ArchiveOutput
  private var sheets: [(name: String, table: String?)] = []
  private var tableCount = 0

  init(_ output: ArchiveOutput) { self.output = output }

  /// A name for a sheet that spreadsheets take and none of the others has.
  static func sheetName(_ wanted: String, besides others: [String]) -> String {
    let plain = String(wanted.map { "[]:*?/\\'".contains($0) ? "_" : $0 })
    return name(plain, length: 31, besides: others)
  }

  /// The longest heading of a table, in UTF-16 units.
  static let longestHeading = 255

  /// A name for a column of a table, on one line, that none of the others has.
  static func heading(_ wanted: String, besides others: [String]) -> String {
    let line = String(wanted.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return name(line.isEmpty ? "column" : line, length: longestHeading, besides: others)
  }

  /// A name of at most so many UTF-16 units that differs from others in more than its case.
  private static func name(_ wanted: String, length: Int, besides others: [String]) -> String {
    let known = Set(others.map { $0.lowercased() })
    var (name, number) = (wanted.prefix(utf16: length), 1)
    while known.contains(name.lowercased()) {
      number += 1
      name = wanted.prefix(utf16: length - "_\(number)".count) + "_\(number)"
    }
    return name
  }

  /// Adds a sheet.
  func add(
    _ name: String, widths: [Double], frozenRowCount: Int = 0,
    _ rows: (SheetWriter) throws -> Void
  ) throws {
    let number = sheets.count + 1
    try output.begin("xl/worksheets/sheet\(number).xml")
    try output.write(Array(WorkbookFile.declaration.utf8))
    let sheet = SheetWriter(output)
    sheet.begin(widths: widths, frozenRowCount: frozenRowCount, isFirst: number == 1)
    try rows(sheet)
    try sheet.end()
    guard let table = sheet.table else { return sheets.append((name, nil)) }
    tableCount += 1
    let part = "table\(tableCount).xml"
    try add(table, number: tableCount)
    try add(
      "xl/worksheets/_rels/sheet\(number).xml.rels",
      WorkbookFile.relations([(.document, "table", "../tables/\(part)")]))
    sheets.append((name, part))
  }

  private func add(_ table: SheetWriter.Table, number: Int) throws {
    let columns = table.headings.enumerated().map {
      "<tableColumn id=\"\($0 + 1)\" name=\"\(SheetXML.escaped($1))\"/>"
    }
    let name = SheetXML.escaped(table.name)
    try add(
      "xl/tables/table\(number).xml",
      "<table xmlns=\"\(WorkbookNames.main)\" id=\"\(number)\" name=\"\(name)\" displayName=\"\(name)\" "
        + "ref=\"\(table.range)\" totalsRowShown=\"0\"><autoFilter ref=\"\(table.range)\"/>"
        + "<tableColumns count=\"\(columns.count)\">\(columns.joined())</tableColumns>"
        + "<tableStyleInfo name=\"TableStyleLight1\" showFirstColumn=\"0\" showLastColumn=\"0\" "
        + "showRowStripes=\"0\" showColumnStripes=\"0\"/></table>")
  }

  // MARK: What holds the sheets together

  private static let declaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  private func add(_ name: String, _ xml: String) throws {
    try output.begin(name)
    try output.write(Array((WorkbookFile.declaration + xml).utf8))
  }

  private enum RelationKind { case document, package }

  private static func relations(_ all: [(RelationKind, type: String, target: String)]) -> String {
    let entries = all.enumerated().map { number, relation in
      let base =
        relation.0 == .document
        ? WorkbookNames.document : WorkbookNames.package + "/relationships/metadata"
      return "<Relationship Id=\"rId\(number + 1)\" Type=\"\(base)/\(relation.type)\" "
        + "Target=\"\(relation.target)\"/>"
    }
    return "<Relationships xmlns=\"\(WorkbookNames.relations)\">\(entries.joined())</Relationships>"
  }

  /// Ends the workbook; nothing in it says when.
  func close(title: String) throws {
    let entries = sheets.enumerated().map { number, sheet in
      "<sheet name=\"\(SheetXML.escaped(sheet.name))\" sheetId=\"\(number + 1)\" r:id=\"rId\(number + 1)\"/>"
    }
    try add(
      "xl/workbook.xml",
      "<workbook xmlns=\"\(WorkbookNames.main)\" xmlns:r=\"\(WorkbookNames.document)\">"
        + "<bookViews><workbookView/></bookViews><sheets>\(entries.joined())</sheets></workbook>")
    try add(
      "xl/_rels/workbook.xml.rels",
      WorkbookFile.relations(
        sheets.indices.map { (.document, "worksheet", "worksheets/sheet\($0 + 1).xml") }
          + [(.document, "styles", "styles.xml")]))
    try add("xl/styles.xml", CellStyle.part)
    try add(
      "docProps/core.xml",
      "<cp:coreProperties xmlns:cp=\"\(WorkbookNames.package)/metadata/core-properties\" "
        + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>\(SheetXML.escaped(title))</dc:title>"
        + "<dc:creator>mismatch</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>")
    try add(
      "_rels/.rels",
      WorkbookFile.relations([
        (.document, "officeDocument", "xl/workbook.xml"),
        (.package, "core-properties", "docProps/core.xml"),
      ]))
    try add("[Content_Types].xml", contentTypes)
    try output.close()
  }

  private var contentTypes: String {
    let parts =
      [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
      + sheets.indices.map { ("/xl/worksheets/sheet\($0 + 1).xml", "worksheet") }
      + sheets.compactMap(\.table).map { ("/xl/tables/\($0)", "table") }
    let overrides = parts.map {
      "<Override PartName=\"\($0)\" ContentType=\"\(WorkbookNames.spreadsheet).\($1)+xml\"/>"
    }
    return "<Types xmlns=\"\(WorkbookNames.package)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\(overrides.joined())"
      + "<Override PartName=\"/docProps/core.xml\" "
      + "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
  }
}

extension String {
  /// As many characters as fit so many UTF-16 units.
  fileprivate func prefix(utf16 length: Int) -> String {
    var result = ""
    for character in self {
      guard result.utf16.count + character.utf16.count <= length else { break }
      result.append(character)
    }
    return result
  }
}
