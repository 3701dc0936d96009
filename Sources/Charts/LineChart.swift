/// Series over periods with their intervals as bands, broken where a figure is missing.
package struct LineChart: Sendable {
  package struct Point: Sendable {
    package var value: Double
    /// The limits of the interval; no band is drawn where either is nil.
    package var lower: Double?
    package var upper: Double?

    package init(_ value: Double, lower: Double? = nil, upper: Double? = nil) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  package struct Series: Sendable {
    package var name: String
    /// One for each period, nil where it is missing.
    package var points: [Point?]

    package init(name: String, points: [Point?]) {
      self.name = name
      self.points = points
    }
  }

  package var title: String
  package var description: String
  /// The labels of periods in order of time.
  package var periods: [String]
  package var series: [Series]
  /// What the axis measures, with its unit.
  package var axisTitle: String

  package init(
    title: String, description: String, periods: [String], series: [Series], axisTitle: String
  ) {
    self.title = title
    self.description = description
    self.periods = periods
    self.series = series
    self.axisTitle = axisTitle
  }

  /// The chart as SVG `width` units wide; below 480 series are named in a key, else beside their ends.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 720) -> String {
    let lines = series.enumerated().map { Line($1, index: $0, periods: periods) }
    guard lines.contains(where: { !$0.runs.isEmpty }) else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    if frame.isNarrow, series.count > 1 {
      frame.add(Key(items: lines.map(\.keyItem)).drawn(width: frame.width))
    }
    frame.add(
      Lettering.paragraph(Lettering.wrapped(axisTitle, width: frame.width, lines: 3), x: 0))
    let plot = Plot(lines: lines, periods: periods, frame: frame)
    frame.add(plot.axes(periods))
    for line in lines { frame.add(plot.band(line)) }
    for line in lines { frame.add(plot.line(line, periods: periods)) }
    if !frame.isNarrow { frame.add(plot.endLabels(lines)) }
    frame.y = plot.bottom + 26
    return frame.svg(title: title, description: description)
  }
}

/// A series as what can be drawn: runs of periods that follow each other without a gap.
private struct Line {
  let name: String
  let mark: SeriesMark
  let runs: [[(period: Int, point: LineChart.Point)]]

  init(_ series: LineChart.Series, index: Int, periods: [String]) {
    name = series.name
    mark = SeriesMark(index: index)
    var runs: [[(period: Int, point: LineChart.Point)]] = []
    for (period, point) in series.points.prefix(periods.count).enumerated() {
      guard let point, point.value.isFinite else { continue }
      if runs.last?.last?.period == period - 1, period > 0 {
        runs[runs.count - 1].append((period, point))
      } else {
        runs.append([(period, point)])
      }
    }
    self.runs = runs
  }

  var keyItem: Key.Item {
    let line: SVGText = #"<path stroke-width="2"\#(mark.dashes) d="M0 6h16"/>"#
    return ("<g\(mark.attributes)>\(line)\(mark.point(x: 8, y: 6))</g>", name)
  }

  /// All values and limits.
  var values: [Double] {
    runs.joined().flatMap { [$0.point.value, $0.point.lower, $0.point.upper].compactMap(\.self) }
  }
}

/// Where periods and values of a line chart stand.
private struct Plot {
  let scale: LinearScale
  let top: Double
  let bottom: Double
  private let left: Double
  private let right: Double
  private let spacing: Double

  init(lines: [Line], periods: [String], frame: Frame) {
    top = frame.y + 12
    bottom = top + (frame.isNarrow ? 180 : max(220, Double(lines.count) * 15))
    let scale = LinearScale(covering: lines.flatMap(\.values), from: bottom, to: top)
    self.scale = scale
    let ticks = scale.ticks.map { Lettering.plain($0, decimals: scale.decimals) }
    let half = Lettering.column(periods, limit: 90) / 2
    left = max(Lettering.column(ticks, limit: 90) + 12, half)
    let names = frame.isNarrow ? 0 : Lettering.column(lines.map(\.name), limit: 200) + 16
    right = frame.width - max(names, half)
    spacing = periods.count > 1 ? (right - left) / Double(periods.count - 1) : 0
  }

  /// Grid lines with their values, the zero line and the labels of periods.
  func axes(_ periods: [String]) -> SVGText {
    var markup: SVGText = ""
    for tick in scale.ticks {
      markup += Lettering.label(
        Lettering.plain(tick, decimals: scale.decimals), x: left - 8, y: scale.position(tick) + 4,
        anchor: .end, attributes: Frame.quiet)
    }
    let lines = SVGText(
      scale.ticks.filter { $0 != 0 }.map { "M\(left) \(scale.position($0))H\(right)" })
    let palette = Palette.light
    markup += #"<path class="grid" stroke="\#(palette.grid)" fill="none" d="\#(lines)"/>"#
    if scale.domain.contains(0) {
      markup += #"""
        <path class="axis" stroke="\#(palette.axis)" d="M\#(left) \#(scale.position(0))H\#(right)"/>
        """#
    }
    return markup + labels(periods)
  }

  /// The labels of periods, as many as have room, the last one among them.
  private func labels(_ periods: [String]) -> SVGText {
    let needed = Lettering.column(periods, limit: 90) + 10
    let least = spacing > 0 ? needed / spacing : 1
    // Steps that months and quarters make whole years of.
    let every = [1, 2, 3, 4, 6, 12, 24, 60, 120].first { Double($0) >= least } ?? periods.count
    let shown = stride(from: periods.count - 1, through: 0, by: -every).reversed()
    let labels = shown.map { index in
      Lettering.label(
        periods[index], x: x(index), y: bottom + 18, width: 90, anchor: .middle)
    }
    return "<g\(Frame.quiet)>\(SVGText(labels))</g>"
  }

  private func x(_ period: Int) -> Double { left + Double(period) * spacing }

  /// The intervals of a series as one area for each run of them.
  func band(_ line: Line) -> SVGText {
    var path: SVGText = ""
    for run in line.runs {
      let limits = run.map { item -> (x: Double, lower: Double, upper: Double)? in
        guard let lower = item.point.lower, let upper = item.point.upper, lower.isFinite,
          upper.isFinite
        else { return nil }
        return (x(item.period), scale.position(lower), scale.position(upper))
      }
      for part in limits.split(whereSeparator: { $0 == nil }).map({ $0.compactMap(\.self) }) {
        let there = part.map { "\($0.x) \($0.upper)" as SVGText }
        let back = part.reversed().map { "\($0.x) \($0.lower)" as SVGText }
        // A period alone has an upright line.
        path += "M\(SVGText(there + back, by: "L"))z"
      }
    }
    guard !path.text.isEmpty else { return "" }
    return
      #"<g\#(line.mark.attributes)><path stroke-opacity=".2" fill-opacity=".15" d="\#(path)"/></g>"#
  }

  /// The line of a series and its points.
  func line(_ line: Line, periods: [String]) -> SVGText {
    var path: SVGText = ""
    var points: SVGText = ""
    for run in line.runs {
      let places = run.map { "\(x($0.period)) \(scale.position($0.point.value))" as SVGText }
      path += "M\(SVGText(places, by: "L"))"
      // Points that would hide the line stand at the ends of runs alone.
      let shown = spacing >= 12 || run.count < 3 ? run : [run[0], run[run.count - 1]]
      for (period, point) in shown {
        points += line.mark.point(
          x: x(period), y: scale.position(point.value),
          tooltip: tooltip(line, periods[period], point))
      }
    }
    return #"""
      <g\#(line.mark.attributes)><path stroke-width="2" stroke-linejoin="round" fill="none"\#
      \#(line.mark.dashes) d="\#(path)"/>\#(points)</g>
      """#
  }

  private func tooltip(_ line: Line, _ period: String, _ point: LineChart.Point) -> String {
    func text(_ value: Double) -> String { Lettering.plain(value, decimals: scale.decimals + 1) }
    let start = "\(SVGText.cleaned(line.name, limit: 150)), \(SVGText.cleaned(period, limit: 60)): "
    guard let lower = point.lower, let upper = point.upper else { return start + text(point.value) }
    return start + "\(text(point.value)) (\(text(lower)) to \(text(upper)))"
  }

  /// The names of series beside their last points, moved apart where they would run into each other.
  func endLabels(_ lines: [Line]) -> SVGText {
    let ends = lines.compactMap { line in
      line.runs.last?.last.map { (line, x: x($0.period), y: scale.position($0.point.value)) }
    }.enumerated().sorted { ($0.element.y, $0.offset) < ($1.element.y, $1.offset) }.map(\.element)
    var places = ends.map(\.y)
    for index in places.indices.dropFirst() {
      places[index] = max(places[index], places[index - 1] + 15)
    }
    if let last = places.indices.last, places[last] > bottom {
      places[last] = bottom
      for index in places.indices.dropLast().reversed() {
        places[index] = min(places[index], places[index + 1] - 15)
      }
    }
    return SVGText(
      zip(ends, places).map { end, y in
        let text = Lettering.label(end.0.name, x: right + 14, y: y + 4, width: 200)
        guard abs(y - end.y) > 4 || end.x < right - 1 else { return text }
        let path: SVGText = "M\(end.x + 6) \(end.y)L\(right + 11) \(y)"
        return #"<path\#(end.0.mark.attributes) stroke-width=".7" d="\#(path)"/>"# + text
      })
  }
}
