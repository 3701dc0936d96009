/// Small maps of the same areas beside each other, one for each of several series of values.
package struct AreaMaps: Sendable {
  package struct Panel: Sendable {
    package var title: String
    /// By the codes of areas; shapes without one are drawn as missing.
    package var values: [String: ShadedValue]

    package init(title: String, values: [String: ShadedValue]) {
      self.title = title
      self.values = values
    }
  }

  package var title: String
  package var description: String
  package var shapes: GeoShapes
  package var panels: [Panel]
  package var scale: DivergingScale

  package init(
    title: String, description: String, shapes: GeoShapes, panels: [Panel],
    scale: DivergingScale = DivergingScale()
  ) {
    self.title = title
    self.description = description
    self.shapes = shapes
    self.panels = panels
    self.scale = scale
  }

  /// The least width of a map.
  private static let leastWidth = 145.0
  private static let gap = 12.0
  /// Room for two lines above a map.
  private static let headingHeight = 36.0

  /// The chart as SVG `width` units wide, with as many maps in a row as have room.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 720) -> String {
    guard !shapes.paths.isEmpty, !panels.isEmpty else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    let codes = shapes.paths.keys.sorted()
    let room = Int((frame.width + Self.gap) / (Self.leastWidth + Self.gap))
    let columns = max(1, min(panels.count, room))
    let panelWidth = (frame.width + Self.gap) / Double(columns) - Self.gap
    let factor = (panelWidth - 2) / Double(max(shapes.width, shapes.height * 4 / 5))
    let height = Double(shapes.height) * factor + Self.headingHeight + Self.gap
    let used = Set(panels.flatMap { panel in codes.map { panel.shade(of: $0, scale) } })
    let inner = frame.prefix + "-map"
    frame.add(Shade.definitions(for: used, prefix: frame.prefix))
    frame.add(Shade.definitions(for: used, prefix: inner, magnified: 1 / factor))
    frame.add(outlines(codes, prefix: frame.prefix))
    frame.add(ShadeKey(scale: scale, used: used, prefix: frame.prefix).drawn(width: frame.width))
    for (number, panel) in panels.enumerated() {
      let x = Double(number % columns) * (panelWidth + Self.gap)
      let y = frame.y + Double(number / columns) * height
      frame.add(#"<g transform="translate(\#(x) \#(y))">"#)
      frame.add(heading(panel.title, width: panelWidth))
      frame.add(map(panel, codes, prefix: frame.prefix, inner: inner, factor: factor))
      frame.add("</g>")
    }
    frame.y += Double((panels.count + columns - 1) / columns) * height
    return frame.svg(title: title, description: description)
  }

  /// The outline of each area, drawn once for all maps.
  private func outlines(_ codes: [String], prefix: String) -> SVGText {
    let paths = codes.enumerated().map { number, code -> SVGText in
      let path = SVGText(stringLiteral: shapes.paths[code] ?? "")
      return #"<path id="\#(prefix)-\#(number)" d="\#(path)"/>"#
    }
    return "<defs>\(SVGText(paths))</defs>"
  }

  /// The title of a map in up to two lines.
  private func heading(_ title: String, width: Double) -> SVGText {
    let (first, second) = Lettering.twoLines(title, width: width)
    return Lettering.label(first, x: 0, y: 14, width: width)
      + (second.isEmpty ? "" : Lettering.label(second, x: 0, y: 29, width: width))
  }

  private func map(
    _ panel: Panel, _ codes: [String], prefix: String, inner: String, factor: Double
  ) -> SVGText {
    var groups: [Shade: SVGText] = [:]
    for (number, code) in codes.enumerated() {
      let tooltip = panel.values[code]?.tooltip ?? ""
      let use: SVGText = ##"<use href="#\##(prefix)-\##(number)""##
      groups[panel.shade(of: code, scale), default: ""] +=
        tooltip.isEmpty ? use + "/>" : use + "><title>\(tooltip)</title></use>"
    }
    var markup: SVGText = #"""
      <g class="border" transform="translate(1 \#(Self.headingHeight)) \#
      scale(\#(Lettering.plain(factor, decimals: 4)))" stroke="\#(Palette.light.hatch)" \#
      stroke-width="\#(0.5 / factor)" stroke-linejoin="round" fill-rule="evenodd">
      """#
    for shade in Shade.allCases {
      guard let shapes = groups[shade] else { continue }
      markup += "<g\(shade.attributes(prefix: inner))>\(shapes)</g>"
    }
    return markup + "</g>"
  }
}

extension AreaMaps.Panel {
  fileprivate func shade(of code: String, _ scale: DivergingScale) -> Shade {
    (values[code] ?? ShadedValue(nil, mark: .missing, tooltip: "")).shade(scale)
  }
}

extension Lettering {
  /// A text in two lines, cut between words; the second is empty where one is enough.
  fileprivate static func twoLines(_ text: String, width: Double) -> (String, String) {
    guard Lettering.width(text) > width else { return (text, "") }
    var (first, rest) = ("", text.split(separator: " ")[...])
    while let word = rest.first, first.isEmpty || Lettering.width(first + " " + word) <= width {
      first += (first.isEmpty ? "" : " ") + word
      rest = rest.dropFirst()
    }
    return (first, rest.joined(separator: " "))
  }
}
