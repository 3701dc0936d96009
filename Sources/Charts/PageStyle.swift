/// The rules that a page adds to its style sheet.
package enum Charts {
  /// CSS that fits charts to the page and gives them the dark palette on dark screens.
  ///
  /// Charts are light by their own attributes, so that paper needs no rules of colour. Use it as
  /// it is between `<style>` and `</style>`.
  package static let pageCSS: String = """
    svg.chart{display:block;max-width:100%;height:auto}
    svg.chart .paper{fill:none}
    svg.chart a:focus-visible path,svg.chart a:hover path{stroke-width:2}
    @media print{svg.chart{break-inside:avoid;-webkit-print-color-adjust:exact;print-color-adjust:exact}}
    @media screen and (prefers-color-scheme:dark){
    \(colours(.dark))
    }

    """

  /// Rules that give every class of shapes the colours of a palette.
  private static func colours(_ palette: Palette) -> String {
    var rules = [
      ("", "fill:\(palette.ink.hexadecimal)"),
      (" .quiet", "fill:\(palette.quiet.hexadecimal)"),
      (" .axis", "stroke:\(palette.axis.hexadecimal)"),
      (" .grid", "stroke:\(palette.grid.hexadecimal)"),
      (" .band", "fill:\(palette.band.hexadecimal)"),
      (" .suppressed", "fill:\(palette.suppressed.hexadecimal)"),
      (" .missing", "stroke:\(palette.hatch.hexadecimal)"),
      (" .hatch", "stroke:\(palette.hatch.hexadecimal)"),
      (" .border", "stroke:\(palette.hatch.hexadecimal)"),
    ]
    for step in -5...5 {
      let colour = palette.diverging(step)
      rules.append((" .h\(step)", "fill:\(colour.hexadecimal)"))
      rules.append((" .v\(step)", "fill:\(palette.lettering(on: colour).hexadecimal)"))
      rules.append((" .k\(step)", "stroke:\(colour.hexadecimal)"))
    }
    for role in Role.allCases {
      let colour = palette.roles[role, default: palette.ink].hexadecimal
      rules.append((" .\(role)", "fill:\(colour);stroke:\(colour)"))
    }
    for (index, colour) in palette.series.enumerated() {
      rules.append((" .s\(index)", "fill:\(colour.hexadecimal);stroke:\(colour.hexadecimal)"))
      rules.append((" .v-s\(index)", "fill:\(palette.lettering(on: colour).hexadecimal)"))
    }
    rules.append((" .open", "fill:\(palette.paper.hexadecimal)"))
    return rules.map { "svg.chart\($0.0){\($0.1)}" }.joined(separator: "\n")
  }
}
