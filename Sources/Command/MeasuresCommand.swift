import ArgumentParser
import Mismatch

struct MeasuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measures", abstract: "Print the catalogue of measures, with formula and source.")

  func run() throws {
    print("T provision and V demand of an area and sector; T. and V. sums over the area's sectors;")
    print("p = T/T., q = V/V.; T.s, V.s, T.., V.. the same over all areas.")
    for measure in Measure.catalogue {
      print(
        """

        \(measure.name)  [\(measure.unit), \(measure.isPerCell ? "per area and sector" : "per area")]
          \(measure.summary)
          \(measure.formula)
          range \(measure.range.lowerBound) to \(measure.range.upperBound)
          \(measure.source)
        """)
    }
  }
}
