import Extracts
import Jobs
import Mismatch
import Runs

/// How many calls survive other crosswalks and weights.
struct SensitivityReport {
  /// For a person: of one area, or of all where none is shown.
  func line(_ sensitivity: CallSensitivity, _ grid: Grid, focus: String?) -> String {
    let width = grid.sectors.count
    let area = focus.flatMap { grid.areas.position(of: $0) }
    let places = area.map { $0 * width..<($0 + 1) * width } ?? 0..<sensitivity.cells.count
    let called = places.filter { place in
      sensitivity.cells[place].own.call.map { $0 != .unclear } ?? false
    }
    let survivors = called.count { sensitivity.survives($0) == true }
    return "  Sensitivity: \(survivors) of \(called.count) calls of "
      + "\(area.map { grid.areas.names[$0] } ?? "all cells") (unclear ones aside) survive all "
      + "\(sensitivity.alternativeCount) alternatives: \(alternatives(sensitivity, called))."
  }

  /// How many of some calls survive the alternatives of each kind.
  private func alternatives(_ sensitivity: CallSensitivity, _ called: [Int]) -> String {
    let kinds: [(kind: CallSensitivity.Kind, one: String, several: String)] = [
      (.crosswalk, "other crosswalk", "other crosswalks"),
      (.draw, "draw of weights", "draws of weights"),
    ]
    return kinds.compactMap { kind, one, several in
      let count = sensitivity.counts[kind]
      guard count > 0 else { return nil }
      let survivors = called.count { sensitivity.callShare($0, [kind]) == 1 }
      return "\(survivors) survive \(count) \(count == 1 ? one : several)"
    }.joined(separator: ", ")
  }
}
