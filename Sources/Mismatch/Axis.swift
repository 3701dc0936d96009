/// Which source codes the grid receives along one dimension, and how much of each.
///
/// A closed rule knows its codes beforehand, from a register, a lookup or a crosswalk; others are unmapped. An open
/// one takes every code that turns up.
package struct AxisRule: Sendable {
  /// The codes of a closed rule.
  package let codes: Codebook?
  private let share: @Sendable (String) -> AxisShare

  /// A rule for these codes, or an open one where there are none.
  package init(codes: Codebook?, share: @escaping @Sendable (String) -> AxisShare) {
    self.codes = codes
    self.share = share
  }

  /// The axis of what a side has.
  package func axis(of list: CodeList) -> Axis {
    let known = codes ?? Codebook(codes: list.metCodes)
    return Axis(
      codebook: known, shares: known.codes.map(share), places: known.codes.map(list.place),
      sourceCount: list.codes.count)
  }
}

/// Source codes of one side along one dimension, in code order, with how much of each the grid receives.
package struct Axis: Sendable {
  package let codebook: Codebook
  /// One share per code.
  package let shares: [AxisShare]
  /// Where each code stands in the tally; nil where the side does not have it.
  package let places: [Int?]
  /// The code that stands at each place of the tally; nil for one that is unknown.
  package let rows: [Int?]

  fileprivate init(codebook: Codebook, shares: [AxisShare], places: [Int?], sourceCount: Int) {
    self.codebook = codebook
    self.shares = shares
    self.places = places
    var rows = [Int?](repeating: nil, count: sourceCount)
    for (row, place) in places.enumerated() { if let place { rows[place] = row } }
    self.rows = rows
  }

  /// Whether the grid receives all of what the tally has.
  var isWhole: Bool { rows.indices.allSatisfy { share(atPlace: $0).mapped == 1 } }

  /// How much is received of the code at a place of the tally.
  package func share(atPlace place: Int) -> AxisShare { rows[place].map { shares[$0] } ?? .none }
}

/// How much of a source code the grid and the exclusions receive; both 0 for an unknown code.
package struct AxisShare: Sendable, Equatable {
  package let mapped: Double
  package let excluded: Double

  package init(mapped: Double, excluded: Double) {
    self.mapped = mapped
    self.excluded = excluded
  }

  package static let none = AxisShare(mapped: 0, excluded: 0)

  /// What neither receives.
  var lost: Double { max(0, 1 - mapped - excluded) }
}
