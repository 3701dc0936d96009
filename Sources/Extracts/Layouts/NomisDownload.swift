import Mismatch

extension Reader {
  /// Tables from the query pages of Nomis, as comma-separated text or in a sheet.
  static let nomisDownload = Reader(
    name: "nomis-download",
    summary: "tables from the query pages of Nomis, several to a file, with areas down or across",
    recognises: { records in
      let isMarked = records.contains { record in
        record.filled.count == 1 && record.text(record.filled[0]).hasPrefix(NomisNames.copyright)
      }
      return isMarked || hasFlagColumns(records)
    },
    open: { records, _ in try NomisStack<NomisDownload>(records) })

  /// Whether the first record is the heading row of a download whose preamble was cut off.
  private static func hasFlagColumns(_ records: [RawRecord]) -> Bool {
    guard let first = records.first(where: { !$0.isBlank }), !first.text(0).isEmpty else {
      return false
    }
    let headings = first.cells.indices.dropFirst().map { NomisNames.heading(first.text($0)) }
    return headings.filter { $0 == .flag }.count > 1
      || headings.filter { $0 == .confidence }.count > 1
  }
}

/// Where areas, categories and periods stand in one table, and which columns hold its figures.
struct NomisDownload: NomisLayout {
  private enum Role { case area, category, period }

  private struct Column {
    let index: Int
    let heading: String
    let measure: String
    var flag: Int?
    var confidence: Int?
  }

  let header: [String]
  private let width: Int
  private let rowHeading: String
  private var columns: [Column] = []
  private var labels: [Int] = []
  private var isNamed: [Bool]
  private var roles = (rows: Role.area, columns: Role.category)
  private let hasMeasures: Bool
  private let blockPeriod: String
  private let blockArea: String

  init(_ block: NomisBlock, in window: RecordWindow) throws {
    let first = block.headings[0]
    let second = block.headings.count > 1 ? block.headings[1] : nil
    guard !first.text(0).isEmpty else {
      throw Failure(
        .badData, at: window.place(first, 0), "there are headings above the heading of the rows",
        expected: "one row of headings, or a second one below it",
        advice: "A matrix of flows is read by `reader: origin-destination`, others by "
          + "`reader: titled-table` with `header: [\(first.line), \(second?.line ?? first.line)]`")
    }
    rowHeading = first.text(0)
    width = max(first.cells.count, second?.cells.count ?? 0)
    isNamed = Array(repeating: false, count: width)
    hasMeasures = second != nil
    blockPeriod = block.text(NomisNames.namesPeriods) ?? ""
    blockArea = block.text(NomisNames.namesOneArea) ?? ""
    var labelNames: [String] = []
    for cell in 1..<max(1, width)
    where NomisNames.heading(first.text(cell)) == .label { labelNames.append(first.text(cell)) }
    header =
      ["area_type", "area", "category", "period", "value", "flag", "confidence"] + labelNames
      + (hasMeasures ? ["measure"] : [])
    isNamed[0] = true
    for cell in 1..<max(1, width) {
      addColumn(cell, first.text(cell), second?.text(cell) ?? "")
    }
    roles = try Self.roles(
      rowHeading, columns.map(\.heading), firstLabel: try window.peek()?.text(0) ?? "",
      hasArea: !blockArea.isEmpty, at: window.place(first))
  }

  /// Takes a column up by its heading and the one below it.
  private mutating func addColumn(_ cell: Int, _ first: String, _ second: String) {
    let below = NomisNames.heading(second)
    let last = columns.count - 1
    switch NomisNames.heading(first) {
    case .label:
      labels.append(cell)
    case .name(let heading):
      columns.append(Column(index: cell, heading: heading, measure: second))
    case .confidence where last >= 0 && columns[last].confidence == nil,
      .blank where below == .confidence && last >= 0 && columns[last].confidence == nil:
      columns[last].confidence = cell
    case .blank where hasText(below) && last >= 0:
      columns.append(Column(index: cell, heading: columns[last].heading, measure: second))
    case .flag where last >= 0 && columns[last].flag == nil,
      .blank where last >= 0 && columns[last].flag == nil:
      columns[last].flag = cell
    default:
      return
    }
    isNamed[cell] = true
  }

  private func hasText(_ heading: NomisNames.Heading) -> Bool {
    if case .name = heading { true } else { false }
  }

  /// What rows and columns are, by the heading of the rows, the headings and the first label.
  private static func roles(
    _ rowHeading: String, _ headings: [String], firstLabel: String, hasArea: Bool, at place: Place
  ) throws -> (rows: Role, columns: Role) {
    let periodsAcross = headings.allSatisfy(NomisNames.isPeriod)
    let areasAcross = headings.allSatisfy { NomisNames.area($0) != nil }
    let periodsDown = NomisNames.namesPeriods(rowHeading)
    if NomisNames.namesAreas(rowHeading) { return (.area, periodsAcross ? .period : .category) }
    if areasAcross { return (periodsDown ? .period : .category, .area) }
    if !periodsDown, NomisNames.area(firstLabel) != nil {
      return (.area, periodsAcross ? .period : .category)
    }
    if hasArea, periodsDown { return (.period, .category) }
    if hasArea, periodsAcross { return (.category, .period) }
    throw Failure(
      .badData, at: place, "it is not stated whether areas are in rows or in columns",
      expected: "a heading such as Area above the rows, or headings such as lep:Black Country",
      advice: "Read it with `reader: titled-table` and `header: \(place.line ?? 1)`")
  }

  func rows(of record: RawRecord, at place: (Int?) -> Place) throws -> [LaidOutRow] {
    try check(record, at: place)
    let tail = labels.map { record.text($0) }
    return columns.map { column in
      let (type, area, category, period) = keys(record.cells[0], column.heading)
      return LaidOutRow(
        line: record.line, column: column.index + 1,
        fields: [
          type, area, category, period, record.cells[column.index],
          column.flag.map { record.text($0) } ?? "",
          column.confidence.map { record.text($0) } ?? "",
        ] + tail + (hasMeasures ? [column.measure] : []))
    }
  }

  private func keys(_ label: String, _ heading: String) -> (String, String, String, String) {
    var (type, area, category, period) = ("", blockArea, "", blockPeriod)
    for (role, text, words) in [(roles.rows, label, rowHeading), (roles.columns, heading, "")] {
      switch role {
      case .area: (type, area) = NomisNames.area(text) ?? (words, text)
      case .category: category = text
      case .period: period = text
      }
    }
    return (type, area, category, period)
  }

  /// A row must reach its last figure, and nothing may stand outside the columns.
  private func check(_ record: RawRecord, at place: (Int?) -> Place) throws {
    let needed = (columns.map(\.index).max() ?? 0) + 1
    guard record.cells.count >= needed else {
      throw Failure(
        .badData, at: place(record.cells.count),
        "the row has \(record.cells.count) cells", expected: "\(needed) or more",
        advice: "Look for a missing or an unquoted delimiter, or for a truncated file")
    }
    for cell in record.cells.indices
    where (cell >= width || !isNamed[cell]) && !record.text(cell).isEmpty {
      throw Failure(
        .badData, at: place(cell), "\"\(record.text(cell))\" has no heading",
        expected: "\(width) cells at most, each with a heading",
        advice: "Look for an unquoted delimiter in the row or in the headings")
    }
  }
}
