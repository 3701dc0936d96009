/// A named function of a grid: a figure per area and sector, or one per area.
///
/// What it is, how it is calculated and what it obeys stand here once: help text, output columns and
/// law tests follow from it.
package struct Measure: Sendable {
  /// Column heading, and name in a job file.
  package let name: String
  /// One sentence for people.
  package let summary: String
  package let unit: String
  /// How it is calculated.
  ///
  /// T is provision and V demand of an area and sector, `T.` and `V.` their sums over the area's sectors,
  /// p = T/T. and q = V/V.; `T.s` and `T..` are sums over all areas.
  package let formula: String
  package let source: String
  /// All values that the measure can take.
  package let range: ClosedRange<Double>
  package let laws: Laws
  package let evaluation: Evaluation
  /// How its sampling intervals are worked out; nil where they have no form of their own.
  package var sampling: SamplingForm?

  /// What a measure gives one number for.
  package enum Evaluation: Sendable {
    /// One figure per sector of the area. The second pair is all areas taken together.
    case perCell(@Sendable (_ area: ProfilePair, _ allAreas: ProfilePair) -> [Figure])
    /// One figure for the area.
    case perArea(@Sendable (ProfilePair) -> Figure)
  }

  /// What holds for a measure on any grid; each is a test.
  package struct Laws: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// 0 where demand is a multiple of provision (for differences of counts: where it is equal).
    package static let zeroAtMatch = Laws(rawValue: 1 << 0)
    /// 1 where demand is a multiple of provision.
    package static let oneAtMatch = Laws(rawValue: 1 << 1)
    /// Unchanged when all of one side's counts are multiplied by a number above 0.
    package static let scaleInvariant = Laws(rawValue: 1 << 2)
    /// Adds up: the value of merged areas is the sum of their values.
    package static let additive = Laws(rawValue: 1 << 3)
    /// Values of an area sum to 0 over its sectors.
    package static let sumsToZero = Laws(rawValue: 1 << 4)
    /// Values of an area sum to 1 over its sectors.
    package static let sumsToOne = Laws(rawValue: 1 << 5)
    /// Exchanging provision and demand leaves the value as it is.
    package static let symmetric = Laws(rawValue: 1 << 6)
    /// Says something only about an area beside others, so it is not given for all areas together.
    package static let comparesAreas = Laws(rawValue: 1 << 7)
  }

  /// Whether the measure has a figure per area and sector.
  package var isPerCell: Bool {
    if case .perCell = evaluation { true } else { false }
  }

  /// The figures of one area, one per sector; empty for a measure of whole areas.
  package func cells(_ area: ProfilePair, allAreas: ProfilePair) -> [Figure] {
    if case .perCell(let evaluate) = evaluation { evaluate(area, allAreas) } else { [] }
  }

  /// The figure of one area; nil for a measure of cells.
  package func area(_ pair: ProfilePair) -> Figure? {
    if case .perArea(let evaluate) = evaluation { evaluate(pair) } else { nil }
  }
}
