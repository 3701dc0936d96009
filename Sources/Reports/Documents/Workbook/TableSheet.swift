import Extracts
import Mismatch
import Runs

/// A sheet with one table of a run.
struct TableSheet {
  /// Larger tables make a workbook that no spreadsheet opens with ease.
  static let largestCellCount = 2_000_000
  /// What a sheet can have.
  private static let largestRowCount = 1_000_000
  private static let largestColumnCount = 16_384

  let table: WrittenTable
  let rowCount: Int

  /// Nil where the table has too many cells.
  init?(_ table: WrittenTable) throws {
    self.table = table
    let width = max(1, table.columns.count)
    guard width <= TableSheet.largestColumnCount else { return nil }
    let limit = min(TableSheet.largestRowCount, TableSheet.largestCellCount / width)
    guard let count = try table.rowCount(upTo: limit) else { return nil }
    rowCount = count
  }

  var title: String { TextFile.stem(of: table.name) }

  private static let widthOfText = 26.0
  private static let widthOfNumber = 15.0

  /// Rows above the headings.
  private static let introductionCount = 4

  func write(to file: WorkbookFile, sheet name: String) throws {
    let widths = table.columns.map {
      $0.kind == .text ? TableSheet.widthOfText : TableSheet.widthOfNumber
    }
    try file.add(name, widths: widths, frozenRowCount: TableSheet.introductionCount + 1) { sheet in
      try sheet.add([.text("\(title): \(table.description)", .title)])
      try sheet.add([
        .text(
          "This sheet holds one table. Its first column has the heading \(table.columns.first?.name ?? "")."
        )
      ])
      let symbols = MissingNumber.meanings.map { "[\($0.symbol)] \($0.meaning)" }
      try sheet.add([
        .text(
          "Shorthand in the place of numbers: \(symbols.joined(separator: "; ")). "
            + "An empty status means an ordinary number.")
      ])
      try sheet.add([.link("Back to the contents", sheet: "Contents")])
      try writeRows(to: sheet, tableName: "data_" + name)
    }
  }

  private func writeRows(to sheet: SheetWriter, tableName: String) throws {
    var headings: [String] = []
    for column in table.columns {
      headings.append(WorkbookFile.heading(column.name, besides: headings))
    }
    try sheet.add(headings.map { .text($0, .heading) })
    let firstRow = sheet.row
    let names = table.columns.map(\.name)
    let reasons = names.indices.map { MissingNumber.statusColumn(of: $0, in: names) }
    let styles = table.columns.map {
      $0.kind == .integer ? .whole : CellStyle.number(in: $0.unit)
    }
    let gaps = gapColumns
    var limit = 0.0
    try table.eachWholeRow { texts in
      try sheet.add(
        texts.indices.map { cell(texts, $0, styles[$0], status: reasons[$0].map { texts[$0] }) })
      for gap in gaps { for column in gap { limit = max(limit, abs(Double(texts[column]) ?? 0)) } }
    }
    guard sheet.row > firstRow else {
      return try sheet.add([.text("The table has no rows.")])
    }
    sheet.endTable(
      String(tableName.map { $0.isLetter || $0.isNumber ? $0 : "_" }), headings, from: firstRow)
    if limit > 0 { sheet.scales = gaps.map { SheetWriter.Scale(columns: $0, limit: limit) } }
  }

  /// The columns that hold gaps of shares.
  private var gapColumns: [ClosedRange<Int>] {
    let name = Measure.shareGap.name
    if table.name.hasPrefix("matrix_\(name)") {
      let first = table.columns.firstIndex { $0.kind == .number }
      return first.map { [$0...(table.columns.count - 1)] } ?? []
    }
    return table.columns.firstIndex { $0.name == name }.map { [$0...$0] } ?? []
  }

  private func cell(_ texts: [String], _ column: Int, _ style: CellStyle, status: String?)
    -> SheetCell
  {
    let text = texts[column]
    switch table.columns[column].kind {
    case .status: return text.isEmpty ? .empty : .text(text)
    case .text: return text.isEmpty ? .text("[\(Status.notApplicable.text)]") : .text(text)
    case .number, .integer:
      guard text.isEmpty else { return .number(text, style) }
      return .text("[\(MissingNumber.symbol(status: status ?? ""))]", .shorthand)
    }
  }
}
