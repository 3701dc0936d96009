/// What a mark in a value column stands for: its status and the bounds of the count behind it.
package struct Marker: Sendable, Hashable {
  package let status: Status
  /// Smallest count behind the mark.
  package let lower: Double
  /// Largest count behind the mark; infinite where the source gives none.
  package let upper: Double
  /// The count's point where it does not follow from the job's rule.
  package let point: Double?

  package init(status: Status, lower: Double, upper: Double, point: Double? = nil) {
    self.status = status
    self.lower = lower
    self.upper = upper
    self.point = point
  }

  /// What may stand above a published number that the source calls "more than": no count that is known,
  /// and none that is ruled out.
  static let unboundedExcess = Marker(status: [], lower: 0, upper: .infinity, point: 0)

  /// What a source says of a number beside it: a status and nothing to add.
  static func note(_ status: Status) -> Marker {
    Marker(status: status, lower: 0, upper: 0, point: 0)
  }

  /// Whether it says something of a number beside it and adds nothing.
  var isNote: Bool { !status.isEmpty && point == 0 && lower == 0 && upper == 0 }

  /// Whether it stands in the place of a number.
  package var isMark: Bool { !isNote && self != .unboundedExcess }

  /// Whether the mark stands in the place of a count that its source keeps to itself.
  package var isWithheld: Bool { !status.isEmpty && upper > lower }

  /// The marks of the convention as a source with this rounding uses them, bare and in brackets.
  ///
  /// `low` (also `k`) is above 0 and rounds to 0, which has an upper bound only where the rounding is
  /// stated; `c` and `x` hide any count; `z` is no count.
  package static func conventional(rounding: Rounding) -> [Spelling: Marker] {
    var markers = [
      "c": Marker(status: .confidential, lower: 0, upper: .infinity),
      "x": Marker(status: .unavailable, lower: 0, upper: .infinity),
      "z": Marker(status: .notApplicable, lower: 0, upper: 0),
      "w": Marker(status: .noneRecorded, lower: 0, upper: .infinity),
    ]
    if let largest = rounding.largestLow {
      let low = Marker(status: .low, lower: 1, upper: largest)
      markers["low"] = low
      markers["k"] = low
    }
    return markers.reduce(into: [:]) { all, bare in
      for text in [bare.key, "[\(bare.key)]"] { all[Spelling(text)] = bare.value }
    }
  }
}

/// Which point between its bounds a withheld count is given in the values.
package enum ImputationRule: Sendable, Equatable {
  /// The lower bound.
  case lower
  /// Half way between the bounds; lone figures of an area whose total is published all go so much less or
  /// more of the way that their sum comes into the total's bounds.
  case middle
  /// This number, moved into the bounds where it lies outside.
  case number(Double)

  /// The point, or NaN where `middle` meets an infinite bound.
  package func point(lower: Double, upper: Double) -> Double {
    switch self {
    case .lower: lower
    case .middle: upper.isFinite ? (lower + upper) / 2 : .nan
    case .number(let number): min(max(number, lower), upper)
    }
  }
}
