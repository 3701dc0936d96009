/// The parts of a whole, one bar a row, as shares of the row's sum.
package struct StackedBars: Sendable {
  package struct Row: Sendable {
    package var label: String
    /// One for each segment, in any unit; a row with one that is missing or negative is not drawn.
    package var parts: [Double?]

    package init(label: String, parts: [Double?]) {
      self.label = label
      self.parts = parts
    }
  }

  package var title: String
  package var description: String
  package var segments: [String]
  package var rows: [Row]
  /// What shares are of, such as "Share of all mismatch, %".
  package var axisTitle: String

  package init(
    title: String, description: String, segments: [String], rows: [Row], axisTitle: String
  ) {
    self.title = title
    self.description = description
    self.segments = segments
    self.rows = rows
    self.axisTitle = axisTitle
  }

  /// The chart as SVG `width` units wide; below 480 labels stand above their bars.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 720) -> String {
    let shares = rows.map { $0.shares(of: segments.count) }
    guard shares.contains(where: { $0 != nil }) else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    let layout = RowLayout(
      labels: rows.map(\.label), values: shares.map { $0 == nil ? "no figure" : "" },
      width: frame.width, isNarrow: frame.isNarrow)
    let scale = LinearScale(covering: [0, 100], from: layout.plotLeft, to: layout.plotRight)
    let axis = Axis(scale: scale, title: axisTitle, isSigned: false)
    frame.add(key.drawn(width: frame.width))
    frame.add(rows: layout, on: axis) { bars(shares, layout: layout, scale: scale, top: $0) }
    return frame.svg(title: title, description: description)
  }

  private var key: Key {
    Key(
      items: segments.enumerated().map { index, name in
        let mark = SeriesMark(index: index).attributes
        return (#"<g\#(mark)><rect stroke="none" width="16" height="12"/></g>"#, name)
      })
  }

  /// The bars and the percentages in them, segment by segment.
  private func bars(
    _ shares: [[Double]?], layout: RowLayout, scale: LinearScale, top: Double
  ) -> SVGText {
    var markup: SVGText = ""
    for (index, segment) in segments.enumerated() {
      var (shapes, texts): (SVGText, SVGText) = ("", "")
      for (row, shares) in shares.enumerated() {
        guard let shares, shares[index] > 0 else { continue }
        let before = shares[..<index].reduce(0, +)
        let (left, right) = (scale.position(before), scale.position(before + shares[index]))
        let y = layout.centre(row, top: top)
        let label = SVGText.cleaned(rows[row].label, limit: 140)
        let name = SVGText.cleaned(segment, limit: 140)
        let percent = Lettering.plain(shares[index], decimals: 1)
        shapes += #"""
          <path d="M\#(left) \#(y - 8)H\#(max(left, right - 1))v16H\#(left)z">\#
          <title>\#("\(label), \(name): \(percent)%")</title></path>
          """#
        let text = Lettering.plain(shares[index], decimals: 0) + "%"
        guard Lettering.width(text) + 6 <= right - left else { continue }
        texts += #"<text x="\#((left + right - 1) / 2)" y="\#(y + 4.3)">\#(text)</text>"#
      }
      let mark = SeriesMark(index: index)
      markup += #"""
        <g\#(mark.attributes)><g stroke="none">\#(shapes)</g></g>\#
        <g\#(mark.lettering) text-anchor="middle" pointer-events="none">\#(texts)</g>
        """#
    }
    return markup
  }
}

extension StackedBars.Row {
  /// The parts as percentages of their sum; nil where any is missing or negative, or all are 0.
  fileprivate func shares(of count: Int) -> [Double]? {
    let known = parts.prefix(count).compactMap(\.self).filter { $0 >= 0 && $0 < 1e300 }
    let sum = known.reduce(0, +)
    guard known.count == count, sum > 0, sum.isFinite else { return nil }
    return known.map { $0 / sum * 100 }
  }
}
