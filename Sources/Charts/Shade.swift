/// A value that is shown by a shade, in a cell or an area.
package struct ShadedValue: Sendable {
  package enum Mark: Hashable, Sendable {
    /// The shade is that of the value's class.
    case clear
    /// Hatched: the shade says only on which side of zero the value is.
    case unclear
    /// Withheld; the symbol, such as "c" or "x", stands in its place.
    case suppressed(String)
    case missing
  }

  package var value: Double?
  package var mark: Mark
  package var tooltip: String

  /// A value; one that is nil or not finite is missing unless it is suppressed.
  package init(_ value: Double?, mark: Mark = .clear, tooltip: String) {
    self.value = value
    self.mark = mark
    self.tooltip = tooltip
  }

  /// How the value is painted.
  func shade(_ scale: DivergingScale) -> Shade {
    if case .suppressed = mark { return .suppressed }
    guard let value, value.isFinite, mark != .missing else { return .missing }
    let step = scale.shade(value)
    return mark == .unclear ? .unclear(step.signum()) : .step(step)
  }
}

/// How a cell or an area is painted; those that are painted alike stand in one group.
enum Shade: Hashable, CaseIterable {
  case step(Int), unclear(Int), suppressed, missing

  static let allCases: [Shade] =
    (-5...5).map(Shade.step) + (-1...1).map(Shade.unclear) + [.suppressed, .missing]

  /// The attributes of a group of shapes.
  func attributes(prefix: String) -> SVGText {
    let palette = Palette.light
    return switch self {
    case .step(let step): #" class="h\#(step)" fill="\#(palette.diverging(step))""#
    case .unclear(let side):
      #" fill="url(#\#(prefix)-u\#(side)) \#(palette.diverging(side))""#
    case .suppressed: #" class="suppressed" fill="\#(palette.suppressed)""#
    case .missing:
      #" class="missing" fill="none" stroke="\#(palette.hatch)" stroke-dasharray="2 2""#
    }
  }

  /// Texts that stand on such shapes, in a group; on hatching they get an edge that keeps lines off them.
  func lettered(_ texts: SVGText, prefix: String) -> SVGText {
    switch self {
    case .suppressed, .missing: return "<g>\(texts)</g>"
    case .step(let step):
      return "<g\(Self.lettering(step))>\(texts)</g>"
    case .unclear(let side):
      let edge = Palette.light.diverging(side)
      return #"""
        <use href="#\#(prefix)-t\#(side)" class="k\#(side)" stroke="\#(edge)" stroke-width="4" \#
        stroke-linejoin="round"/><g id="\#(prefix)-t\#(side)"\#(Self.lettering(side))>\#(texts)</g>
        """#
    }
  }

  private static func lettering(_ step: Int) -> SVGText {
    let colour = Palette.light.lettering(on: Palette.light.diverging(step))
    return #" class="v\#(step)" fill="\#(colour)""#
  }

  /// The patterns that hatched shades need, magnified for shapes that a scale makes smaller.
  static func definitions(
    for used: Set<Shade>, prefix: String, magnified: Double = 1
  ) -> SVGText {
    let palette = Palette.light
    let transform: SVGText =
      magnified == 1 ? "" : #" patternTransform="scale(\#(magnified))""#
    let patterns = (-1...1).filter { used.contains(.unclear($0)) }.map { side -> SVGText in
      #"""
      <pattern id="\#(prefix)-u\#(side)" width="8" height="8" patternUnits="userSpaceOnUse"\#
      \#(transform)>\#
      <rect class="h\#(side)" width="8" height="8" fill="\#(palette.diverging(side))"/>\#
      <path class="hatch" stroke="\#(palette.hatch)" d="M-1 1l2-2M0 8l8-8M7 9l2-2"/></pattern>
      """#
    }
    return patterns.isEmpty ? "" : "<defs>\(SVGText(patterns))</defs>"
  }
}

/// The key of shades: the classes with their limits, and marks as far as they occur.
struct ShadeKey {
  let scale: DivergingScale
  let used: Set<Shade>
  let prefix: String

  /// The key drawn from y = 0, and its height.
  func drawn(width: Double) -> (markup: SVGText, height: Double) {
    let count = 2 * scale.limits.count + 1
    let swatch = min(34, (width / Double(count)).rounded(.down))
    let full = min(width, max(Double(count) * swatch, 320))
    let left = Lettering.fitted("← " + scale.low, width: full / 2 - 4)
    var markup = Lettering.label(left, x: 0, y: 11)
    markup += Lettering.label(
      scale.high + " →", x: full, y: 11, width: full / 2 - 4, anchor: .end)
    let origin = (full - Double(count) * swatch) / 2
    for (index, place) in (-scale.limits.count...scale.limits.count).enumerated() {
      let step = place.signum() * scale.shade(ofClass: abs(place))
      let shade = Shade.step(step).attributes(prefix: prefix)
      markup += #"""
        <rect\#(shade) x="\#(origin + Double(index) * swatch)" y="17" width="\#(swatch)" height="12"/>
        """#
    }
    markup += limits(origin: origin, swatch: swatch)
    markup += Lettering.label(
      scale.unit, x: full / 2, y: 55, width: full, anchor: .middle, attributes: Frame.quiet)
    let marks = Key(items: markItems).drawn(width: width)
    markup += #"<g transform="translate(0 66)">\#(marks.markup)</g>"#
    return (markup, 66 + marks.height)
  }

  /// The limits under the lines between classes.
  private func limits(origin: Double, swatch: Double) -> SVGText {
    let decimals = scale.limits.contains { $0 != $0.rounded() } ? 1 : 0
    let values = scale.limits.reversed().map { -$0 } + scale.limits
    let labels = values.enumerated().map { index, value in
      Lettering.label(
        Lettering.signed(value, decimals: decimals), x: origin + Double(index + 1) * swatch, y: 41,
        anchor: .middle)
    }
    return "<g\(Frame.quiet)>\(SVGText(labels))</g>"
  }

  private var markItems: [Key.Item] {
    var items: [Key.Item] = []
    func box(_ shade: Shade) -> SVGText {
      #"<rect\#(shade.attributes(prefix: prefix)) x=".5" y=".5" width="15" height="11"/>"#
    }
    if let side = [-1, 1, 0].first(where: { used.contains(.unclear($0)) }) {
      items.append((box(.unclear(side)), "Not clear: the shade shows the direction only"))
    }
    if used.contains(.suppressed) { items.append((box(.suppressed), "Suppressed")) }
    if used.contains(.missing) { items.append((box(.missing), "No figure")) }
    return items
  }
}
