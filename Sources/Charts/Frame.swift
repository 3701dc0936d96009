/// A drawing that is laid out from top to bottom, and the element that holds it.
struct Frame {
  let prefix: String
  let width: Double
  /// Where the next part begins.
  var y = 0.0
  var body: SVGText = ""

  /// A frame whose ids begin with what the caller gives; a width that no text fits in is widened.
  init(idPrefix: String, width: Double) {
    prefix = SVGText.identifier(idPrefix)
    self.width = width.isFinite ? max(160, min(4000, width)) : 720
  }

  /// Whether labels stand above marks because there is no room beside them.
  var isNarrow: Bool { width < 480 }

  mutating func add(_ part: SVGText) { body += part }

  /// Adds a part of known height that was drawn from y = 0.
  mutating func add(_ part: (markup: SVGText, height: Double)) {
    guard part.height > 0 else { return }
    body += #"<g transform="translate(0 \#(y))">\#(part.markup)</g>"#
    y += part.height
  }

  /// The whole SVG; `fullWidth` is what was drawn where that is more than was asked for.
  ///
  /// An image is one thing to assistive technology; a drawing with links in it is a group.
  func svg(
    title: String, description: String, fullWidth: Double = 0, hasLinks: Bool = false
  ) -> String {
    let palette = Palette.light
    let (width, height) = (max(self.width, fullWidth), max(y, 1))
    let root: SVGText = #"""
      <svg xmlns="http://www.w3.org/2000/svg" class="chart" role="\#(hasLinks ? "group" : "img")" \#
      aria-labelledby="\#(prefix)-title \#(prefix)-desc" viewBox="0 0 \#(width) \#(height)" \#
      width="\#(width)" height="\#(height)" font-family="Arial,Helvetica,sans-serif" font-size="12" \#
      fill="\#(palette.ink)"><title id="\#(prefix)-title">\#(title)</title>\#
      <desc id="\#(prefix)-desc">\#(SVGText(data: description, limit: 2000))</desc>\#
      <rect class="paper" width="\#(width)" height="\#(height)" fill="\#(palette.paper)"/>\#
      \#(body)</svg>

      """#
    return root.text
  }

  /// An SVG that says that there is nothing to draw.
  static func noData(idPrefix: String, width: Double, title: String, description: String) -> String
  {
    var frame = Frame(idPrefix: idPrefix, width: width)
    frame.add(Lettering.label("No data", x: 0, y: 20, attributes: Self.quiet))
    frame.y = 32
    return frame.svg(title: title, description: description)
  }

  /// The attributes of axis titles and notes.
  static let quiet: SVGText = #" class="quiet" fill="\#(Palette.light.quiet)""#
}
