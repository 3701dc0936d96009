/// What colours and marks mean: items one behind another, in lines as wide as the chart.
struct Key {
  /// A mark drawn about the middle of a box 16 wide and 12 high, and what it means.
  typealias Item = (mark: SVGText, text: String)

  var items: [Item]
  /// Whether items stand below each other in columns of one width.
  var isTabular = false

  /// The key drawn from y = 0, and its height: 0 for no items.
  func drawn(width: Double) -> (markup: SVGText, height: Double) {
    guard !items.isEmpty else { return ("", 0) }
    var markup: SVGText = ""
    var (x, y) = (0.0, 0.0)
    let column = 22 + Lettering.column(items.map(\.text), limit: width - 22)
    for item in items {
      let text = Lettering.fitted(item.text, width: width - 22)
      let extent = isTabular ? column : 22 + Lettering.width(text)
      if x > 0, x + extent > width { (x, y) = (0, y + 20) }
      markup += #"""
        <g transform="translate(\#(x) \#(y))">\#(item.mark)\#
        \#(Lettering.label(item.text, x: 22, y: 10.5, width: width - 22))</g>
        """#
      x += extent + 16
    }
    return (markup, y + 24)
  }
}
