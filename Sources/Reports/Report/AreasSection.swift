import Charts
import Dense
import Mismatch
import Runs

extension PageSection {
  /// One area at a time: the answer in sentences, its sectors as a chart and as a table.
  static func areas(_ data: ReportData) -> PageSection {
    let cells = data.cells
    let shown = cells.isFull ? Array(0..<cells.areas.count) : [data.focus]
    var html = HTMLText()
    if shown.count > 1 { html.add(picker(data, shown)) }
    let pages = mapBlocks(of: shown.count, size: 1, workerCount: data.workerCount) { block in
      AreaPage(data, shown[block.lowerBound]).html
    }
    for page in pages { html.add(page) }
    let focus = AreaPage(data, data.focus)
    if !cells.isFull { html.add(leftOut(data)) }
    let name = cells.areas.names[data.focus]
    return PageSection(
      "areas", shown.count > 1 ? "One area at a time" : name, html: html.text,
      figures: [("area", focus.chart), ("area-shares", focus.shares)])
  }

  private static func picker(_ data: ReportData, _ areas: [Int]) -> String {
    var html = HTMLText()
    html.add("<div class=\"picker\"><label for=\"pick-area\">Area</label><select id=\"pick-area\">")
    for area in areas.sorted(by: { data.cells.areas.names[$0] < data.cells.areas.names[$1] }) {
      let isFocus = area == data.focus ? " selected" : ""
      html.element(
        "option", " value=\"\(data.cells.areas.anchor(area))\"\(isFocus)",
        data.cells.areas.names[area])
    }
    html.add("</select></div>")
    return html.text
  }

  /// What is not in the file, and the cells that matter most instead.
  private static func leftOut(_ data: ReportData) -> String {
    let cells = data.cells
    let all = data.grid.areas * data.grid.sectors
    let calls = AreaPage.calls(cells.largest)
    var html = paragraph(
      "The grid has \(SectionNumber.counted(data.grid.areas, "area")) and "
        + "\(SectionNumber.counted(data.grid.sectors, "sector")). This file shows the area above, the calls of each sector, and "
        + "the \(SectionNumber.counted(cells.largest.count, "cell")) with the largest gaps among those called over and under. "
        + "The other cells of \(SectionNumber.count(Double(all))) are in cells.csv; "
        + "`mismatch show` prints any area.")
    html +=
      HTMLTable(
        caption: "The largest gaps of all areas",
        columns: [.init(heading: "Area"), .init(heading: "Sector")] + AreaPage.numbers + calls,
        rows: cells.largest.map { cell in
          [cells.areas.names[cell.area], cells.sectors.names[cell.sector]] + AreaPage.fields(cell)
            + AreaPage.callFields(cell, calls)
        }, classes: cells.largest.map { $0.call?.rawValue ?? "" }
      ).html
    return html
  }
}

extension CodeNames {
  /// What links to an area lead to.
  func anchor(_ number: Int) -> String {
    let code = codes[number]
    let isPlain =
      code.utf8.count <= 40
      && code.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
      }
    return isPlain ? "area-\(code)" : "area_\(number + 1)"
  }
}

/// What a report shows of one area.
struct AreaPage {
  private let data: ReportData
  private let area: Int
  private let cells: ArraySlice<ReportCell>

  init(_ data: ReportData, _ area: Int) {
    self.data = data
    self.area = area
    cells = data.cells.cells(ofArea: area, period: data.cells.period)
  }

  static let numbers: [HTMLTable.Column] = [
    .init(heading: "Provision, %", isNumber: true), .init(heading: "Demand, %", isNumber: true),
    .init(heading: "Gap, points", isNumber: true), .init(heading: "Interval", isNumber: true),
  ]

  /// The fields of a cell below ``numbers``.
  static func fields(_ cell: ReportCell) -> [String] {
    [
      marked(cell.provisionShare, cell.provision), marked(cell.demandShare, cell.demand),
      SectionNumber.signed(cell.gap.value),
      cell.interval?.text ?? SectionNumber.undefined,
    ]
  }

  /// A share, with the publisher's mark where the count behind it is mostly suppressed.
  private static func marked(_ share: Double?, _ count: WrittenFigure) -> String {
    SectionNumber.percent(share) + (count.symbol.map { " [\($0)]" } ?? "")
  }

  /// Columns of the call, and whether it is the same under all other crosswalks where some were tried.
  static func calls(_ cells: some Collection<ReportCell>) -> [HTMLTable.Column] {
    let call = HTMLTable.Column(heading: "Call")
    return cells.contains { $0.survives != nil }
      ? [.init(heading: "Same under all crosswalks"), call] : [call]
  }

  /// The fields of a cell below ``calls(_:)``.
  static func callFields(_ cell: ReportCell, _ columns: [HTMLTable.Column]) -> [String] {
    (columns.count > 1 ? [cell.survives.map { $0 ? "yes" : "no" } ?? SectionNumber.undefined] : [])
      + [cell.callText]
  }

  var html: String {
    var html = HTMLText()
    let (name, id) = (data.cells.areas.names[area], data.cells.areas.anchor(area))
    let attributes = area == data.focus ? "area chosen" : "area"
    html.add("<article class=\"\(attributes)\" id=\"\(id)\" aria-labelledby=\"\(id)-name\">")
    html.element("h3", " id=\"\(id)-name\"", name)
    html.add(PageSection.list(sentences, " class=\"answer\""))
    if data.drawsAreas || area == data.focus {
      html.add(PageSection.figure(chart, id: "\(id)-chart"))
      if area == data.focus { html.add(PageSection.figure(shares, id: "\(id)-shares")) }
    }
    html.add(table)
    html.add("</article>")
    return html.text
  }

  /// The sectors with the largest gaps among those called over, and among those called under.
  private var sentences: [String] {
    let largest: [ReportCell] = [Call.over, .under].flatMap { call in
      Array(
        cells.filter { $0.call == call }.sorted { $0.size > $1.size }.prefix(
          data.drawsAreas ? 3 : 2))
    }
    let unclear = cells.count { $0.call == .unclear }
    var sentences = largest.map { data.sentence($0) }
    if largest.isEmpty { sentences.append("No sector is called over- or under-provided.") }
    if unclear > 0 {
      sentences.append(
        unclear == 1
          ? "One sector is unclear: its interval reaches across the tolerance."
          : "\(unclear) of \(cells.count) sectors are unclear: their intervals reach across the tolerance."
      )
    }
    return sentences
  }

  var chart: IntervalDots { data.dots(Array(cells), title: data.cells.areas.names[area]) }

  /// Both shares of each sector.
  var shares: PairBars {
    PairBars(
      title: "\(data.cells.areas.names[area]): shares of each sector",
      description:
        "Share of each sector in \(data.provision) and in \(data.demand), \(data.period). "
        + "The table below has the numbers.",
      firstName: "Provision (\(data.provision))", secondName: "Demand (\(data.demand))",
      rows: cells.map { cell in
        PairBars.Row(
          label: data.cells.sectors.names[cell.sector],
          first: cell.provisionShare.map { 100 * $0 }, second: cell.demandShare.map { 100 * $0 })
      }, axisTitle: "Share, %")
  }

  private var table: String {
    let calls = AreaPage.calls(cells)
    return HTMLTable(
      caption:
        "\(data.cells.areas.names[area]), \(data.period): shares of \(data.provision) and of \(data.demand)",
      columns: [.init(heading: "Sector")] + AreaPage.numbers + calls,
      rows: cells.map { cell in
        [data.cells.sectors.names[cell.sector]] + AreaPage.fields(cell)
          + AreaPage.callFields(cell, calls)
      },
      classes: cells.map { $0.call?.rawValue ?? "" }
    ).html
  }
}

extension ReportCell {
  /// The call in words; the publisher's mark where there is no gap.
  var callText: String {
    call?.rawValue ?? (gap.status.isEmpty ? SectionNumber.undefined : "[\(gap.status)]")
  }
}
