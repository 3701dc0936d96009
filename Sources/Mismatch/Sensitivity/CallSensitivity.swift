/// How far the share gaps and calls of a grid's cells hold under alternatives to its crosswalks.
package struct CallSensitivity: Sendable {
  /// What an alternative is.
  package enum Kind: Sendable, CaseIterable {
    /// Another crosswalk.
    case crosswalk
    /// The job's own crosswalks with drawn weights.
    case draw
  }

  /// A number of alternatives of each kind.
  package struct Counts: Sendable {
    private var crosswalks = 0
    private var draws = 0

    package init() {}

    package subscript(kind: Kind) -> Int {
      get { kind == .crosswalk ? crosswalks : draws }
      set { if kind == .crosswalk { crosswalks = newValue } else { draws = newValue } }
    }

    /// Those of some kinds together.
    func sum(_ kinds: [Kind]) -> Int { kinds.reduce(0) { $0 + self[$1] } }
  }

  /// One cell, over the job's own crosswalks and all alternatives.
  package struct Cell: Sendable {
    /// With the job's own crosswalks.
    package let own: CalledGap
    /// The lowest and the highest gap, to 1e-9 percentage points, and the alternative that has it first; nil where it
    /// is the job's own.
    package fileprivate(set) var lowest: (gap: Double, alternative: Int?)
    package fileprivate(set) var highest: (gap: Double, alternative: Int?)
    /// Alternatives of each kind with the same call.
    fileprivate var sameCalls = Counts()
  }

  /// By area and sector, row after row.
  package private(set) var cells: [Cell]
  /// How many alternatives of each kind there are.
  package private(set) var counts = Counts()

  /// - Parameter own: by area and sector with the job's own crosswalks, row after row.
  package init(own: [CalledGap]) {
    cells = own.map { Cell(own: $0, lowest: ($0.gap, nil), highest: ($0.gap, nil)) }
  }

  /// Takes up the next alternative.
  ///
  /// - Parameter calls: by area and sector, row after row.
  package mutating func add(_ calls: [CalledGap], _ kind: Kind) {
    let number = alternativeCount
    counts[kind] += 1
    for (place, found) in calls.enumerated() {
      if found.call == cells[place].own.call { cells[place].sameCalls[kind] += 1 }
      // Comparisons with an undefined gap are false; smaller differences come of rounding.
      let least = 1e-9
      if found.gap < cells[place].lowest.gap - least { cells[place].lowest = (found.gap, number) }
      if found.gap > cells[place].highest.gap + least { cells[place].highest = (found.gap, number) }
    }
  }

  package var alternativeCount: Int { counts.sum(Kind.allCases) }

  /// The share of the alternatives of some kinds in which a cell's call stands; nil without a call or any of them.
  package func callShare(_ place: Int, _ kinds: [Kind] = Kind.allCases) -> Double? {
    let count = counts.sum(kinds)
    guard cells[place].own.call != nil, count > 0 else { return nil }
    return Double(cells[place].sameCalls.sum(kinds)) / Double(count)
  }

  /// Whether a cell's call is the same under all alternatives; nil without a call.
  package func survives(_ place: Int) -> Bool? { callShare(place).map { $0 == 1 } }
}
