/// Two values a row beside each other, such as a share of provision and one of demand.
package struct PairBars: Sendable {
  package struct Row: Sendable {
    package var label: String
    /// Values; no bar is drawn where one is nil.
    package var first: Double?
    package var second: Double?

    package init(label: String, first: Double?, second: Double?) {
      self.label = label
      self.first = first
      self.second = second
    }
  }

  package var title: String
  package var description: String
  /// What the first and the second values are.
  package var firstName: String
  package var secondName: String
  package var rows: [Row]
  /// What the axis measures, with its unit.
  package var axisTitle: String

  package init(
    title: String, description: String, firstName: String, secondName: String, rows: [Row],
    axisTitle: String
  ) {
    self.title = title
    self.description = description
    self.firstName = firstName
    self.secondName = secondName
    self.rows = rows
    self.axisTitle = axisTitle
  }

  /// The chart as SVG `width` units wide; below 480 labels stand above their bars.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 720) -> String {
    let values = rows.flatMap { [$0.first, $0.second] }.compactMap(\.self).filter(\.isFinite)
    guard !values.isEmpty else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    let layout = RowLayout(
      labels: rows.map(\.label), values: [], width: frame.width, isNarrow: frame.isNarrow,
      markHeight: 28)
    // Numbers stand behind the ends of bars.
    let room = Lettering.column(values.map(Self.text), limit: 80)
    let scale = LinearScale(
      covering: values + [0], from: layout.plotLeft, to: layout.plotRight - room + 8)
    let axis = Axis(scale: scale, title: axisTitle, isSigned: false)
    frame.add(key.drawn(width: frame.width))
    frame.add(rows: layout, on: axis) { top in
      SVGText(
        [rows.map(\.first), rows.map(\.second)].enumerated().map { index, values in
          bars(values, index: index, layout: layout, scale: scale, top: top)
        })
    }
    return frame.svg(title: title, description: description)
  }

  private static func text(_ value: Double) -> String { Lettering.plain(value, decimals: 1) }

  private var key: Key {
    Key(
      items: [firstName, secondName].enumerated().map { index, name in
        (Self.group(index, #"<path\#(Self.fill(index)) d="M.5 1.5h15v9h-15z"/>"#), name)
      })
  }

  private static func group(_ index: Int, _ content: SVGText) -> SVGText {
    "<g\(SeriesMark(index: index).attributes)>\(content)</g>"
  }

  /// Bars of first values are filled, those of second ones open.
  private static func fill(_ index: Int) -> SVGText {
    index == 0 ? "" : #" class="open" fill="\#(Palette.light.paper)""#
  }

  private func bars(
    _ values: [Double?], index: Int, layout: RowLayout, scale: LinearScale, top: Double
  ) -> SVGText {
    var (path, texts): (SVGText, SVGText) = ("", "")
    for (row, value) in values.enumerated() {
      let y = layout.centre(row, top: top) + (index == 0 ? -13 : 1)
      let isShown = value?.isFinite == true
      let (start, end) = (scale.position(0), scale.position(value ?? 0))
      if isShown { path += "M\(start) \(y)H\(end)v11H\(start)z" }
      texts += Lettering.label(
        isShown ? Self.text(value ?? 0) : "no figure", x: max(start, end) + 5, y: y + 10)
    }
    return Self.group(index, #"<path\#(Self.fill(index)) d="\#(path)"/>"#) + texts
  }
}
