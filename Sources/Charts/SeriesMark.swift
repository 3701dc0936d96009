/// How the series and segments of a chart look: a colour and a shape each, in order.
struct SeriesMark {
  let index: Int

  private var place: Int { index % Palette.light.series.count }

  /// The attributes of a group of lines, points or bars.
  var attributes: SVGText {
    let colour = Palette.light.series[place]
    return #" class="s\#(place)" fill="\#(colour)" stroke="\#(colour)""#
  }

  /// The attributes of text on such a fill.
  var lettering: SVGText {
    let colour = Palette.light.lettering(on: Palette.light.series[place])
    return #" class="v-s\#(place)" fill="\#(colour)""#
  }

  /// The dashes of a line once all colours have been used.
  var dashes: SVGText {
    switch index / Palette.light.series.count {
    case 0: ""
    case 1: #" stroke-dasharray="6 3""#
    default: #" stroke-dasharray="2 3""#
    }
  }

  /// The drawing of a point: a disc, square, diamond, triangle, and so on.
  func point(x: Double, y: Double, tooltip: String = "") -> SVGText {
    let path: SVGText =
      switch place {
      case 0: "M\(x - 3) \(y)a3 3 0 1 1 6 0a3 3 0 1 1-6 0z"
      case 1: "M\(x - 3) \(y - 3)h6v6h-6z"
      case 2: "M\(x) \(y - 4)l4 4-4 4-4-4z"
      case 3: "M\(x) \(y - 4)l4 7h-8z"
      case 4: "M\(x) \(y + 4)l4-7h-8z"
      default: "M\(x - 4) \(y - 1.5)h8v3h-8z"
      }
    return tooltip.isEmpty
      ? #"<path d="\#(path)"/>"# : #"<path d="\#(path)"><title>\#(tooltip)</title></path>"#
  }
}
