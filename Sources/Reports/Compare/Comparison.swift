import Mismatch

/// Two finished runs side by side: what differs in what they were made of, and in their cells.
///
/// A gap **moved** where neither run's interval holds the other run's gap. That describes the two runs and is no
/// test: where both have the same data, any difference is due to what differs in the job.
package struct Comparison: Encodable, Sendable {
  package struct Run: Encodable, Sendable {
    package let folder: String
    package let name: String
    package let areas: Int
    package let sectors: Int
    package let periods: [String]
    /// What its sides count.
    package let provision: String
    package let demand: String

    init(_ run: FinishedRun, _ codes: RunCodes) {
      (folder, name) = (run.folder, run.jobName)
      (areas, sectors) = (codes.areas.codes.count, codes.sectors.codes.count)
      periods = codes.periods.codes
      (provision, demand) = (run.kinds.provision, run.kinds.demand)
    }
  }

  /// A period of A and the one of B that it is compared with.
  package struct Periods: Encodable, Sendable, Equatable {
    package let a: String
    package let b: String
  }

  /// How many cells there are of each kind.
  package struct Counts: Encodable, Sendable, Equatable {
    package var both = 0
    package var onlyInA = 0
    package var onlyInB = 0
    /// Both gaps have an interval; all counts of gaps are among these.
    package var compared = 0
    /// The gap is the same to the last digit.
    package var same = 0
    /// B's gap lies outside A's interval, A's outside B's, and both.
    package var outsideA = 0
    package var outsideB = 0
    package var moved = 0
    /// The intervals do not meet.
    package var apart = 0
    /// The call is another one; from over to under or back.
    package var flipped = 0
    package var reversed = 0

    static func += (total: inout Counts, part: Counts) {
      for path in [
        \.both, \.onlyInA, \.onlyInB, \.compared, \.same, \.outsideA, \.outsideB, \.moved, \.apart,
        \.flipped, \.reversed,
      ] as [WritableKeyPath<Counts, Int>] {
        total[keyPath: path] += part[keyPath: path]
      }
    }
  }

  /// How many cells are called so in A and so in B; `""` where nothing is called.
  package struct Flip: Encodable, Sendable, Equatable {
    package let a: String
    package let b: String
    package let count: Int
  }

  /// Codes that one run alone has.
  package struct Unshared: Encodable, Sendable {
    package let areas: [String]
    package let sectors: [String]
    package let periods: [String]
  }

  package let a: Run
  package let b: Run
  package let differences: RunDifferences
  package let periods: [Periods]
  package let onlyInA: Unshared
  package let onlyInB: Unshared
  package let counts: Counts
  /// Of every pair of calls that occurs, those that are the same too; in the order over, under, balanced,
  /// unclear, none.
  package let calls: [Flip]
  /// The cells whose gap moved most, largest difference first; equal ones in the order of B.
  package let moved: [ComparedCell]
}

/// A cell of two runs.
package struct ComparedCell: Encodable, Sendable {
  package let periodA: String
  package let periodB: String
  package let areaCode: String
  package let areaName: String
  package let sectorCode: String
  package let sectorName: String
  package let a: ComparedGap
  package let b: ComparedGap
  /// B's gap minus A's.
  package var difference: Double { b.gap - a.gap }

  private enum Key: String, CodingKey {
    case periodA, periodB, areaCode, areaName, sectorCode, sectorName, a, b, difference
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(periodA, forKey: .periodA)
    try container.encode(periodB, forKey: .periodB)
    try container.encode(areaCode, forKey: .areaCode)
    try container.encode(areaName, forKey: .areaName)
    try container.encode(sectorCode, forKey: .sectorCode)
    try container.encode(sectorName, forKey: .sectorName)
    try container.encode(a, forKey: .a)
    try container.encode(b, forKey: .b)
    try container.encode(difference, forKey: .difference)
  }
}

/// The share gap of a cell in one run, in percentage points; NaN where it is undefined.
package struct ComparedGap: Encodable, Sendable {
  package let gap: Double
  package let lower: Double
  package let upper: Double
  package let call: Call?

  /// Whether there are a gap and an interval.
  var isDefined: Bool { !gap.isNaN && !lower.isNaN && !upper.isNaN }

  func holds(_ value: Double) -> Bool { lower <= value && value <= upper }

  private enum Key: String, CodingKey { case gap, lower, upper, call }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (key, value) in [(Key.gap, gap), (.lower, lower), (.upper, upper)] {
      try container.encode(value.isNaN ? nil : value, forKey: key)
    }
    try container.encode(call?.rawValue ?? "", forKey: .call)
  }
}

/// What two gaps of one cell say of each other.
struct GapChange {
  let isOutsideA: Bool
  let isOutsideB: Bool
  /// The intervals do not meet.
  let isApart: Bool

  /// Neither interval holds the other run's gap.
  var isMoved: Bool { isOutsideA && isOutsideB }

  /// Nil where a gap or an interval is missing.
  init?(_ a: ComparedGap, _ b: ComparedGap) {
    guard a.isDefined, b.isDefined else { return nil }
    isOutsideA = !a.holds(b.gap)
    isOutsideB = !b.holds(a.gap)
    isApart = a.upper < b.lower || b.upper < a.lower
  }
}
