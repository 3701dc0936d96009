/// Estimates with their intervals, one row each, on a common axis.
package struct IntervalDots: Sendable {
  package struct Row: Sendable {
    package var label: String
    /// A row without a value says so.
    package var value: Double?
    /// The limits of the interval; nothing is drawn where either is nil.
    package var lower: Double?
    package var upper: Double?
    package var role: Role
    package var tooltip: String

    package init(
      label: String, value: Double?, lower: Double? = nil, upper: Double? = nil, role: Role,
      tooltip: String = ""
    ) {
      self.label = label
      self.value = value
      self.lower = lower
      self.upper = upper
      self.role = role
      self.tooltip = tooltip
    }
  }

  package var title: String
  package var description: String
  package var rows: [Row]
  /// What the axis measures, with its unit.
  package var axisTitle: String
  /// The values that count as balanced.
  package var tolerance: ClosedRange<Double>?
  /// Whether values above 0 are written with a plus sign, as differences are.
  package var isSigned: Bool
  /// What each role is called in the key.
  package var roleLabels: [Role: String]

  package init(
    title: String, description: String, rows: [Row], axisTitle: String,
    tolerance: ClosedRange<Double>? = nil, isSigned: Bool = true,
    roleLabels: [Role: String] = [
      .over: "Over-provided", .under: "Under-provided", .balanced: "Balanced",
      .unclear: "Not clear",
    ]
  ) {
    self.title = title
    self.description = description
    self.rows = rows
    self.axisTitle = axisTitle
    self.tolerance = tolerance
    self.isSigned = isSigned
    self.roleLabels = roleLabels
  }

  /// The chart as SVG `width` units wide; below 480 labels stand above their marks.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 720) -> String {
    guard rows.contains(where: { $0.isShown }) else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    let layout = RowLayout(
      labels: rows.map(\.label), values: rows.map { $0.text(isSigned: isSigned) },
      width: frame.width,
      isNarrow: frame.isNarrow)
    let axis = axis(layout)
    frame.add(key.drawn(width: frame.width))
    frame.add(rows: layout, on: axis) { marks(layout: layout, scale: axis.scale, top: $0) }
    return frame.svg(title: title, description: description)
  }

  private func axis(_ layout: RowLayout) -> Axis {
    var values = rows.flatMap { [$0.value, $0.lower, $0.upper].compactMap(\.self) }
    values.append(0)
    if let tolerance { values += [tolerance.lowerBound, tolerance.upperBound] }
    let scale = LinearScale(
      covering: values, from: layout.plotLeft, to: layout.plotRight,
      count: Int((layout.plotRight - layout.plotLeft) / 60))
    return Axis(scale: scale, title: axisTitle, tolerance: tolerance, isSigned: isSigned)
  }

  /// The marks of rows, those of a role in one group.
  private func marks(layout: RowLayout, scale: LinearScale, top: Double) -> SVGText {
    var groups: [Role: SVGText] = [:]
    for (index, row) in rows.enumerated() {
      let y = layout.centre(index, top: top)
      groups[row.role, default: ""] += row.mark(y: y, scale: scale)
    }
    let marks = Role.allCases.map { role -> SVGText in
      guard let group = groups[role], !group.text.isEmpty else { return "" }
      return "<g\(role.attributes)>\(group)</g>"
    }
    return SVGText(marks)
  }

  private var key: Key {
    let present = Set(rows.filter(\.isShown).map(\.role))
    var items: [Key.Item] = Role.allCases.filter(present.contains).map { role in
      (
        "<g\(role.attributes)>\(role.shape(x: 8, y: 6))</g>", roleLabels[role] ?? role.rawValue
      )
    }
    if let tolerance {
      let band = Palette.light.band
      let limits = [tolerance.lowerBound, tolerance.upperBound].map {
        Lettering.signed($0, decimals: $0 == $0.rounded() ? 0 : 1)
      }
      items.append(
        (
          #"<rect class="band" fill="\#(band)" width="16" height="12"/>"#,
          "Tolerance (\(limits[0]) to \(limits[1]))"
        ))
    }
    return Key(items: items)
  }
}

extension IntervalDots.Row {
  fileprivate var isShown: Bool { value?.isFinite == true }

  fileprivate func text(isSigned: Bool) -> String {
    guard let value, value.isFinite else { return "no figure" }
    return isSigned
      ? Lettering.signed(value, decimals: 1)
      : Lettering.plain(value, decimals: abs(value) < 10 ? 2 : abs(value) < 1000 ? 1 : 0)
  }

  /// The interval and the mark of the value, with the tooltip.
  fileprivate func mark(y: Double, scale: LinearScale) -> SVGText {
    var markup: SVGText = ""
    if let lower, let upper, lower.isFinite, upper.isFinite {
      let (left, right) = (scale.position(lower), scale.position(upper))
      markup += #"<path stroke-width="2" d="M\#(left) \#(y)H\#(right)"/>"#
    }
    if let value, value.isFinite { markup += role.shape(x: scale.position(value), y: y) }
    guard !markup.text.isEmpty, !tooltip.isEmpty else { return markup }
    return "<g>\(markup)<title>\(tooltip)</title></g>"
  }
}

extension Role {
  /// The attributes of a group of marks.
  var attributes: SVGText {
    let colour = Palette.light.roles[self, default: Palette.light.ink]
    return #" class="\#(rawValue)" fill="\#(colour)" stroke="\#(colour)""#
  }

  /// Its mark about a point: a disc, a diamond, a square or an open circle.
  func shape(x: Double, y: Double) -> SVGText {
    switch self {
    case .over: #"<circle cx="\#(x)" cy="\#(y)" r="4.5"/>"#
    case .under: #"<path d="M\#(x - 5.5) \#(y)l5.5-5.5 5.5 5.5-5.5 5.5z"/>"#
    case .balanced: #"<path d="M\#(x - 4) \#(y - 4)h8v8h-8z"/>"#
    case .unclear:
      #"""
      <circle class="open" fill="\#(Palette.light.paper)" stroke-width="1.5" cx="\#(x)" cy="\#(y)" \#
      r="4.2"/>
      """#
    }
  }
}
