/// What can be said of a cell when the whole interval of its share gap is looked at.
package enum Call: String, Sendable, CaseIterable {
  /// The whole interval lies above the tolerance.
  case over
  /// The whole interval lies below minus the tolerance.
  case under
  /// The whole interval lies within the tolerance.
  case balanced
  /// The interval reaches across a limit.
  case unclear

  /// The call for a share gap, or nil where a bound of it is undefined.
  ///
  /// - Parameter tolerance: percentage points, at or above 0.
  package init?(shareGap: Figure, tolerance: Double) {
    guard shareGap.isDefined, !shareGap.lower.isNaN, !shareGap.upper.isNaN else { return nil }
    if shareGap.lower > tolerance {
      self = .over
    } else if shareGap.upper < -tolerance {
      self = .under
    } else if shareGap.lower >= -tolerance && shareGap.upper <= tolerance {
      self = .balanced
    } else {
      self = .unclear
    }
  }
}
