extension Palette {
  /// CSS for a page with charts: it fits them to the page and gives them the dark palette on dark screens.
  ///
  /// Charts are light by their own attributes, so that paper needs no rules of colour. Use it as
  /// it is between `<style>` and `</style>`.
  package static let pageCSS: String = """
    svg.chart{display:block;max-width:100%;height:auto}
    svg.chart .paper{fill:none}
    svg.chart a:focus-visible path,svg.chart a:hover path{stroke-width:2}
    @media print{svg.chart{break-inside:avoid;-webkit-print-color-adjust:exact;print-color-adjust:exact}}
    @media screen and (prefers-color-scheme:dark){
    \(dark.rules)
    }

    """

  /// Rules that give every class of shapes its colour.
  private var rules: String {
    var rules = [
      ("", "fill:\(ink.hexadecimal)"),
      (" .quiet", "fill:\(quiet.hexadecimal)"),
      (" .axis", "stroke:\(axis.hexadecimal)"),
      (" .grid", "stroke:\(grid.hexadecimal)"),
      (" .band", "fill:\(band.hexadecimal)"),
      (" .suppressed", "fill:\(suppressed.hexadecimal)"),
      (" .missing", "stroke:\(hatch.hexadecimal)"),
      (" .hatch", "stroke:\(hatch.hexadecimal)"),
      (" .border", "stroke:\(hatch.hexadecimal)"),
    ]
    for step in -5...5 {
      let colour = diverging(step)
      rules.append((" .h\(step)", "fill:\(colour.hexadecimal)"))
      rules.append((" .v\(step)", "fill:\(lettering(on: colour).hexadecimal)"))
      rules.append((" .k\(step)", "stroke:\(colour.hexadecimal)"))
    }
    for role in Role.allCases {
      let colour = roles[role, default: ink].hexadecimal
      rules.append((" .\(role)", "fill:\(colour);stroke:\(colour)"))
    }
    for (index, colour) in series.enumerated() {
      rules.append((" .s\(index)", "fill:\(colour.hexadecimal);stroke:\(colour.hexadecimal)"))
      rules.append((" .v-s\(index)", "fill:\(lettering(on: colour).hexadecimal)"))
    }
    rules.append((" .open", "fill:\(paper.hexadecimal)"))
    return rules.map { "svg.chart\($0.0){\($0.1)}" }.joined(separator: "\n")
  }
}
