/// Rows with a label, a plot and the value as text: beside each other, or the label and value above.
struct RowLayout {
  let labelTexts: [String]
  let valueTexts: [String]
  let width: Double
  let isNarrow: Bool
  let plotLeft: Double
  let plotRight: Double
  let rowHeight: Double

  /// A layout of so many rows; `values` are written at the right edge.
  init(labels: [String], values: [String], width: Double, isNarrow: Bool, markHeight: Double = 14) {
    labelTexts = labels
    valueTexts = values
    self.width = width
    self.isNarrow = isNarrow
    let valueColumn = Lettering.column(values, limit: 80)
    plotLeft = isNarrow ? 14 : Lettering.column(labels, limit: width * 0.4) + 20
    plotRight = isNarrow ? width - 14 : width - valueColumn - 20
    rowHeight = markHeight + (isNarrow ? 26 : 8)
  }

  /// The middle of a row's marks.
  func centre(_ row: Int, top: Double) -> Double {
    let height = isNarrow ? rowHeight - 18 : rowHeight
    return top + Double(row + 1) * rowHeight - height / 2
  }

  /// The heights that marks take up: all of the plot, or what is between labels that stand above marks.
  func spans(top: Double) -> [ClosedRange<Double>] {
    guard isNarrow else { return [top...top + Double(labelTexts.count) * rowHeight] }
    return labelTexts.indices.map { row in
      let start = top + Double(row) * rowHeight
      return start + 19...start + rowHeight
    }
  }

  /// The labels of all rows and their values.
  func labels(top: Double) -> SVGText {
    var (labels, values): (SVGText, SVGText) = ("", "")
    for row in labelTexts.indices {
      let baseline =
        isNarrow ? top + Double(row) * rowHeight + 14 : centre(row, top: top) + 4.3
      let value = valueTexts.indices.contains(row) ? valueTexts[row] : ""
      let room = isNarrow ? width - Lettering.width(value) - 12 : plotLeft - 20
      labels += Lettering.label(labelTexts[row], x: 0, y: baseline, width: room)
      values += Lettering.label(value, x: width, y: baseline, width: 80)
    }
    return #"<g class="label">\#(labels)</g><g text-anchor="end">\#(values)</g>"#
  }
}

extension Frame {
  /// Adds rows with their marks on an axis that stands below them, and above them as well where they are many.
  ///
  /// - Parameter marks: draws the marks of all rows where the first row begins at a height.
  mutating func add(
    rows layout: RowLayout, on axis: Axis, marks: (_ top: Double) -> SVGText
  ) {
    if layout.labelTexts.count > 20 {
      add(axis.labels(y: y + 10))
      y += 16
    }
    add(axis.grid(layout.spans(top: y)))
    add(layout.labels(top: y))
    add(marks(y))
    y += Double(layout.labelTexts.count) * layout.rowHeight
    add(axis.labels(y: y + 14))
    y += 20
    add(axis.heading(width: width))
    y += 4
  }
}
