/// A map of areas shaded by their values, in the classes of a heat map.
package struct AreaMap: Sendable {
  package struct Area: Sendable {
    package var label: String
    /// The id in the page that the area links to; nil for none.
    package var link: String?
    package var value: ShadedValue

    package init(label: String, link: String? = nil, value: ShadedValue) {
      self.label = label
      self.link = link
      self.value = value
    }
  }

  package var title: String
  package var description: String
  package var shapes: GeoShapes
  /// What is known of areas by their codes; shapes without an entry are drawn as missing.
  package var areas: [String: Area]
  package var scale: DivergingScale

  package init(
    title: String, description: String, shapes: GeoShapes, areas: [String: Area],
    scale: DivergingScale = DivergingScale()
  ) {
    self.title = title
    self.description = description
    self.shapes = shapes
    self.areas = areas
    self.scale = scale
  }

  /// The codes of areas that have no shape, in order: what the map cannot show.
  package var codesWithoutShape: [String] {
    areas.keys.filter { shapes.paths[$0] == nil }.sorted()
  }

  /// The map as SVG `width` units wide.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  package func svg(idPrefix: String, width: Double = 560) -> String {
    guard !shapes.paths.isEmpty else {
      return Frame.noData(idPrefix: idPrefix, width: width, title: title, description: description)
    }
    var frame = Frame(idPrefix: idPrefix, width: width)
    // Half the line around areas stands outside them.
    let scale = (frame.width - 2) / Double(max(shapes.width, shapes.height * 4 / 5))
    var groups: [Shade: SVGText] = [:]
    for (code, path) in shapes.paths.sorted(by: { $0.key < $1.key }) {
      let area =
        areas[code] ?? Area(label: code, value: ShadedValue(nil, mark: .missing, tooltip: code))
      groups[area.value.shade(self.scale), default: ""] += area.markup(path)
    }
    let used = Set(groups.keys)
    // The map is drawn smaller than its units; its hatching is to be as wide as that of the key.
    let inner = frame.prefix + "-map"
    frame.add(Shade.definitions(for: used, prefix: frame.prefix))
    frame.add(Shade.definitions(for: used, prefix: inner, magnified: 1 / scale))
    frame.add(
      ShadeKey(scale: self.scale, used: used, prefix: frame.prefix).drawn(width: frame.width))
    let factor = Lettering.plain(scale, decimals: 4)
    let border = Palette.light.hatch
    frame.add(
      #"""
      <g class="border" transform="translate(1 \#(frame.y + 1)) scale(\#(factor))" \#
      stroke="\#(border)" stroke-width="\#(0.6 / scale)" stroke-linejoin="round" \#
      fill-rule="evenodd">
      """#)
    for shade in Shade.allCases {
      guard let shapes = groups[shade] else { continue }
      frame.add("<g\(shade.attributes(prefix: inner))>\(shapes)</g>")
    }
    frame.add("</g>")
    frame.y += Double(shapes.height) * scale + 2
    return frame.svg(
      title: title, description: description, hasLinks: areas.values.contains { $0.link != nil })
  }
}

extension AreaMap.Area {
  /// The shape with its tooltip, within its link.
  fileprivate func markup(_ path: String) -> SVGText {
    let shape: SVGText = #"""
      <path d="\#(SVGText(stringLiteral: path))"><title>\#(value.tooltip)</title></path>
      """#
    guard let link else { return shape }
    return ##"<a href="#\##(link)" aria-label="\##(label)">\##(shape)</a>"##
  }
}
