import ArgumentParser
import Mismatch

struct MeasuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measures", abstract: "Print the catalogue of measures, with formula and source.")

  func run() throws {
    try Messages.reportingFailures {
      var lines = [
        "T provision and V demand of an area and sector; T. and V. sums over the area's sectors;",
        "p = T/T., q = V/V.; T.s, V.s, T.., V.. the same over all areas.",
      ]
      for measure in Measure.catalogue {
        let cells = measure.isPerCell ? "per area and sector" : "per area"
        lines += [
          "", "\(measure.name)  [\(measure.unit), \(cells)]", "  \(measure.summary)",
          "  \(measure.formula)",
          "  range \(measure.range.lowerBound) to \(measure.range.upperBound)",
          "  \(measure.source)",
        ]
      }
      try Terminal.print(lines)
    }
  }
}
