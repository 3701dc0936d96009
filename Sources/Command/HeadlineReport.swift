import Mismatch

extension Report {
  /// How large mismatch is, and what it is made of, seen by areas and seen by sectors.
  func headlineLines(_ decomposition: Decomposition) -> [String] {
    let index = decomposition.entropyIndex
    let skill = decomposition.areas.withinShare
    let place = decomposition.sectors.withinShare
    guard index.isDefined, skill.isDefined, place.isDefined else {
      return ["  Wrong skill and wrong place: undefined (\(skill.status.text))"]
    }
    return [
      "  Mismatch as a whole (entropy index): \(percent(index.value)) (\(between(index)))",
      "    by areas: \(percent(skill.value)) wrong skill within areas (\(between(skill))), the rest "
        + "between areas",
      "    by sectors: \(percent(place.value)) wrong place within sectors (\(between(place))), the rest "
        + "between sectors",
    ]
  }

  /// The numbers of the decomposition for a program, by the names of the summary file.
  func decompositionRecords() -> [DecompositionRecord] {
    zip(outcome.grids, outcome.decompositions).map { grid, decomposition in
      let values = decomposition.headlines.filter { $0.figure.value.isFinite }
      return DecompositionRecord(
        period: grid.period,
        values: Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.figure.value) }))
    }
  }

  private func between(_ share: Figure) -> String {
    "\(percent(share.lower)) to \(percent(share.upper))"
  }
}

struct DecompositionRecord: Encodable {
  let period: String
  let values: [String: Double]
}
