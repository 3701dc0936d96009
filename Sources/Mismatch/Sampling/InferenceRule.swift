/// The kinds of doubt that an interval may hold.
package struct IntervalKinds: OptionSet, Sendable, Hashable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Rounding and withheld figures: what the counts may have been.
  package static let bounds = IntervalKinds(rawValue: 1 << 0)
  /// Sampling variability: the other counts that the same area and year could have had.
  package static let sampling = IntervalKinds(rawValue: 1 << 1)
  /// Weights of lookups and crosswalks that were estimated from counts, or judged with a stated confidence.
  package static let crosswalk = IntervalKinds(rawValue: 1 << 2)

  /// Every kind and its name, in the order of columns.
  package static let names: [(kind: IntervalKinds, name: String)] = [
    (.bounds, "bounds"), (.sampling, "sampling"), (.crosswalk, "crosswalk"),
  ]

  package static let all: IntervalKinds = [.bounds, .sampling, .crosswalk]

  /// The names of all kinds that are set, in order.
  package var texts: [String] {
    IntervalKinds.names.filter { contains($0.kind) }.map(\.name)
  }
}

/// What a cell is called over or under against.
package enum NullHypothesis: String, Sendable, CaseIterable {
  /// The share gap is at most the tolerance.
  case tolerance
  /// There is no share gap at all.
  case zero
}

/// How intervals are made and cells are called: the job's rule, shown in the manifest.
package struct InferenceRule: Sendable {
  package var kinds = IntervalKinds.all
  /// Of every interval, within 0..<1.
  package var level = 0.95
  /// Draws of a bootstrap, where there is no form.
  package var draws = 1000
  package var null = NullHypothesis.tolerance
  /// The largest share of wrong calls among all calls, on average.
  package var errorRate = 0.05
  package var control = ErrorControl.benjaminiHochberg
  /// Percentage points.
  package var tolerance = 1.0

  package init() {}

  /// What intervals hold and what they do not, in one sentence.
  ///
  /// - Parameter weights: what is known of those of each lookup and crosswalk.
  package func caveat(weights: [WeightedMap.Basis]) -> String {
    let hasCounts = weights.contains(.counts)
    let hasConfidence = weights.contains { $0 != .counts && $0 != .stated }
    let uncertain = [
      hasCounts ? "counted weights" : nil,
      hasConfidence ? "judged weights, as far as the job states its confidence" : nil,
    ].compactMap { $0 }
    let parts: [(isHeld: Bool, text: String)] = [
      (kinds.contains(.bounds), "rounding and suppression"),
      (kinds.contains(.sampling), "sampling variability, with counts taken as random draws"),
      (
        kinds.contains(.crosswalk) && !uncertain.isEmpty,
        "uncertainty in \(uncertain.joined(separator: " and "))"
      ),
    ]
    let held = parts.filter(\.isHeld).map(\.text)
    let left =
      parts.dropLast(uncertain.isEmpty ? 1 : 0).filter { !$0.isHeld }.map(\.text)
      + [hasConfidence ? "judgement on the targets of each code" : "judgement in the weights"]
    return held.isEmpty
      ? "Intervals allow for nothing: the job excludes every kind."
      : "Intervals allow for \(held.joined(separator: "; ")). They do not allow for "
        + "\(left.joined(separator: ", or "))."
  }
}
