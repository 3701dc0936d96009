/// A table of values as shaded cells, each with its sign and whole number where there is room.
package struct HeatMap: Sendable {
  package struct Row: Sendable {
    package var label: String
    /// One for each column; what is left out at the end is missing.
    package var cells: [ShadedValue]

    package init(label: String, cells: [ShadedValue]) {
      self.label = label
      self.cells = cells
    }

    fileprivate func cell(_ column: Int) -> ShadedValue {
      cells.indices.contains(column)
        ? cells[column] : ShadedValue(nil, mark: .missing, tooltip: label)
    }
  }

  package struct Group: Sendable {
    /// The heading above the rows; empty for none.
    package var heading: String
    package var rows: [Row]

    package init(heading: String = "", rows: [Row]) {
      self.heading = heading
      self.rows = rows
    }
  }

  package var title: String
  package var description: String
  package var columns: [String]
  package var groups: [Group]
  package var scale: DivergingScale

  package init(
    title: String, description: String, columns: [String], groups: [Group],
    scale: DivergingScale = DivergingScale()
  ) {
    self.title = title
    self.description = description
    self.columns = columns
    self.groups = groups
    self.scale = scale
  }

  /// The chart as SVG `width` units wide, or wider where cells need it.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 720) -> String {
    let rows = groups.flatMap(\.rows)
    guard !rows.isEmpty, !columns.isEmpty else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    let layout = Layout(self, frame: frame)
    let used = Set(rows.flatMap { row in columns.indices.map { row.cell($0).shade(scale) } })
    frame.add(Shade.definitions(for: used, prefix: frame.prefix))
    frame.add(ShadeKey(scale: scale, used: used, prefix: frame.prefix).drawn(width: frame.width))
    frame.add(headings(layout, width: frame.width))
    let cells = Cells(self, layout: layout, prefix: frame.prefix, top: frame.y)
    frame.add(cells.markup)
    frame.y = cells.bottom + 4
    return frame.svg(title: title, description: description, fullWidth: layout.right)
  }

  /// The labels of columns: upright above them, or in a key and numbered where those would run into each other.
  private func headings(_ layout: Layout, width: Double) -> (markup: SVGText, height: Double) {
    guard layout.isNumbered else { return uprightHeadings(layout) }
    let key = Key(
      items: columns.enumerated().map { index, column in
        (Lettering.label("\(index + 1)", x: 16, y: 10.5, anchor: .end), column)
      }, isTabular: true
    ).drawn(width: width)
    var markup = key.markup
    let every = Int((20 / layout.cellWidth).rounded(.up))
    for index in stride(from: 0, to: columns.count, by: max(1, every)) {
      markup += Lettering.label(
        "\(index + 1)", x: layout.x(index) + layout.cellWidth / 2, y: key.height + 12,
        anchor: .middle,
        attributes: Frame.quiet)
    }
    return (markup, key.height + 18)
  }

  /// Labels of one line, or two where cells are wide enough.
  private func uprightHeadings(_ layout: Layout) -> (markup: SVGText, height: Double) {
    let size = 170.0
    let wraps = layout.cellWidth >= 2 * 13
    let wrapped = columns.map { Lettering.wrapped($0, width: size, lines: wraps ? 2 : 1) }
    let height = Lettering.column(wrapped.flatMap(\.self), limit: size) + 10
    let labels = zip(columns, wrapped).enumerated().map { index, label -> SVGText in
      let (column, lines) = label
      let middle = layout.x(index) + (layout.cellWidth - 1) / 2 + 4
      let texts = lines.enumerated().map { line, text -> SVGText in
        let x = middle + 13 * (Double(line) - Double(lines.count - 1) / 2)
        let turn: SVGText = #" transform="rotate(-90 \#(x) \#(height - 6))""#
        return Lettering.label(text, x: x, y: height - 6, attributes: turn)
      }
      return "<g>\(SVGText(texts))<title>\(column)</title></g>"
    }
    return (SVGText(labels), height)
  }
}

extension HeatMap {
  /// Where columns stand and what is written in cells.
  fileprivate struct Layout {
    let isNarrow: Bool
    let left: Double
    let cellWidth: Double
    let cellHeight = 20.0
    let right: Double
    let isNumbered: Bool
    /// Whether there is room for a whole number in a cell; else for its sign alone, or nothing.
    let showsNumbers: Bool
    var showsSigns: Bool { cellWidth >= 9 }

    init(_ map: HeatMap, frame: Frame) {
      let rows = map.groups.flatMap(\.rows)
      isNarrow = frame.isNarrow
      left = isNarrow ? 0 : Lettering.column(rows.map(\.label), limit: frame.width * 0.38) + 8
      let share = ((frame.width - left) / Double(map.columns.count) * 2).rounded(.down) / 2
      cellWidth = max(4, min(48, share))
      right = left + cellWidth * Double(map.columns.count) + 1
      isNumbered = isNarrow || cellWidth < Lettering.lineHeight
      let texts = Set(rows.flatMap { $0.cells.map(HeatMap.number) })
      showsNumbers = (texts.map { Lettering.width($0, size: 11) }.max() ?? 0) <= cellWidth - 1
    }

    func x(_ column: Int) -> Double { left + Double(column) * cellWidth }
  }

  /// The sign and whole number of a value; empty for none and for one that is suppressed.
  fileprivate static func number(_ cell: ShadedValue) -> String {
    if case .suppressed = cell.mark { return "" }
    return cell.value.map { Lettering.signed($0, decimals: 0) } ?? ""
  }

  /// Cells and labels of rows, those painted alike in one group.
  fileprivate struct Cells {
    let markup: SVGText
    let bottom: Double

    init(_ map: HeatMap, layout: Layout, prefix: String, top: Double) {
      var shapes: [Shade: SVGText] = [:]
      var texts: [Shade: SVGText] = [:]
      var labels: SVGText = ""
      var y = top
      for group in map.groups {
        if !group.heading.isEmpty {
          labels += Lettering.label(
            group.heading, x: 0, y: y + 18, width: layout.right,
            attributes: #" font-weight="bold""#)
          y += 24
        }
        for row in group.rows {
          labels += Lettering.label(
            row.label, x: 0, y: y + 14, width: layout.isNarrow ? layout.right : layout.left - 8)
          if layout.isNarrow { y += 18 }
          for index in map.columns.indices {
            let cell = row.cell(index)
            let shade = cell.shade(map.scale)
            let x = layout.x(index)
            shapes[shade, default: ""] += Self.shape(cell, shade: shade, x: x, y: y, layout)
            texts[shade, default: ""] += Self.text(cell, shade: shade, x: x, y: y, layout)
          }
          y += layout.cellHeight + (layout.isNarrow ? 6 : 0)
        }
      }
      var markup: SVGText = #"<g class="label">\#(labels)</g>"#
      for shade in Shade.allCases {
        guard let shapes = shapes[shade] else { continue }
        markup += "<g\(shade.attributes(prefix: prefix))>\(shapes)</g>"
      }
      markup += #"<g text-anchor="middle" font-size="11" pointer-events="none">"#
      for shade in Shade.allCases {
        guard let texts = texts[shade], !texts.text.isEmpty else { continue }
        markup += shade.lettered(texts, prefix: prefix)
      }
      markup += "</g>"
      self.markup = markup
      bottom = y
    }

    private static func shape(
      _ cell: ShadedValue, shade: Shade, x: Double, y: Double, _ layout: Layout
    ) -> SVGText {
      // One unit between cells; the dashed line of a missing one stands half a unit inside.
      let inset = shade == .missing ? 0.5 : 0
      let (width, height) = (layout.cellWidth - 1 - 2 * inset, layout.cellHeight - 1 - 2 * inset)
      let path: SVGText =
        "M\(x + inset) \(y + inset)h\(width)v\(height)h\(-width)z"
      return cell.tooltip.isEmpty
        ? #"<path d="\#(path)"/>"# : #"<path d="\#(path)"><title>\#(cell.tooltip)</title></path>"#
    }

    private static func text(
      _ cell: ShadedValue, shade: Shade, x: Double, y: Double, _ layout: Layout
    ) -> SVGText {
      let number = HeatMap.number(cell)
      let text: String
      switch (shade, cell.mark) {
      case (.suppressed, .suppressed(let symbol)):
        text = layout.showsSigns ? Lettering.fitted(symbol, width: layout.cellWidth) : ""
      case (.missing, _): text = ""
      default:
        text =
          layout.showsNumbers
          ? number : layout.showsSigns && number != "0" ? String(number.prefix(1)) : ""
      }
      guard !text.isEmpty else { return "" }
      return #"<text x="\#(x + (layout.cellWidth - 1) / 2)" y="\#(y + 13.5)">\#(text)</text>"#
    }
  }
}
