/// The horizontal axis of values: grid lines, a zero line, tick labels and a title.
struct Axis {
  let scale: LinearScale
  let title: String
  /// The values that count as about zero, drawn as a band.
  var tolerance: ClosedRange<Double>?
  /// Whether ticks have a plus sign above zero.
  var isSigned = true

  /// Grid, band and zero line to stand behind marks, at each of the heights that marks take up.
  func grid(_ spans: [ClosedRange<Double>]) -> SVGText {
    let palette = Palette.light
    var markup: SVGText = ""
    func upright(_ values: [Double]) -> SVGText {
      SVGText(
        values.map(scale.position).flatMap { x in
          spans.map { "M\(x) \($0.lowerBound)V\($0.upperBound)" as SVGText }
        })
    }
    if let tolerance, tolerance.lowerBound.isFinite, tolerance.upperBound.isFinite {
      let left = scale.position(tolerance.lowerBound)
      let right = scale.position(tolerance.upperBound)
      let boxes = spans.map {
        "M\(left) \($0.lowerBound)H\(right)V\($0.upperBound)H\(left)z" as SVGText
      }
      markup += #"<path class="band" fill="\#(palette.band)" d="\#(SVGText(boxes))"/>"#
    }
    let lines = upright(scale.ticks.filter { $0 != 0 })
    markup += #"<path class="grid" stroke="\#(palette.grid)" fill="none" d="\#(lines)"/>"#
    if scale.domain.contains(0) {
      markup += #"<path class="axis" stroke="\#(palette.axis)" fill="none" d="\#(upright([0]))"/>"#
    }
    return markup
  }

  /// Tick labels at a baseline; a label that has no room beside the one before it is left out.
  func labels(y: Double) -> SVGText {
    var markup: SVGText = ""
    var occupied = -Double.infinity
    for tick in scale.ticks {
      let text =
        isSigned
        ? Lettering.signed(tick, decimals: scale.decimals)
        : Lettering.plain(tick, decimals: scale.decimals)
      let half = Lettering.width(text) / 2
      let x = scale.position(tick)
      guard x - half > occupied else { continue }
      occupied = x + half + 6
      markup += Lettering.label(text, x: x, y: y, anchor: .middle)
    }
    return #"<g\#(Frame.quiet)>\#(markup)</g>"#
  }

  /// The title drawn from y = 0, centred under the axis as far as the drawing lets it, and its height.
  func heading(width: Double) -> (markup: SVGText, height: Double) {
    let lines = Lettering.wrapped(title, width: width, lines: 3)
    let half = Lettering.column(lines, limit: width) / 2
    let centre = max(half, min(width - half, (scale.start + scale.end) / 2))
    return Lettering.paragraph(lines, x: centre, anchor: .middle)
  }
}
