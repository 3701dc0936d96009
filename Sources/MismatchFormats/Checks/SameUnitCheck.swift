import Mismatch

extension Check {
  /// One thing that is counted under two codes.
  static let sameUnit = Check(
    "same-unit",
    looksFor:
      "categories with equal counts in every area, and areas with equal counts in every category",
    guidance: "Keep one of them by `where` or in the crosswalk, or it is counted twice"
  ) { outcome in
    outcome.evidence.map { evidence in
      let start = "\(evidence.side.rawValue): "
      for period in evidence.periods {
        guard let first = period.twins.first else { continue }
        let count = period.twins.reduce(0) { $0 + $1.count * Double($1.codes.count - 1) }
        let more = period.twins.count - 1
        return Finding(
          .fail,
          start + (first.dimension == .area ? "the areas " : "the categories ")
            + Failure.examples(first.codes) + " have the same counts everywhere"
            + (more > 0 ? ", and \(more) more such groups" : "")
            + ": \(Finding.amount(count)) counted again, \(period.label)",
          place: evidence.inputs.first, count: count)
      }
      return Finding(.pass, start + "no two areas or categories have the same counts everywhere")
    }
  }
}
