import Dense

/// A stream of seeded random choices for tests: the same seed gives the same stream anywhere.
package struct RandomSource: RandomNumberGenerator {
  private let philox: Philox
  private let stream: UInt64
  private var drawn: UInt64 = 0

  package init(seed: UInt64, stream: UInt64 = 0) {
    philox = Philox(seed: seed)
    self.stream = stream
  }

  /// A number in [0, 1).
  package mutating func uniform() -> Double {
    drawn += 1
    return philox.uniform(cell: stream, draw: drawn)
  }

  /// A whole number within a range.
  package mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Double(range.count))
  }

  /// Whether an event of this probability happens.
  package mutating func happens(_ probability: Double) -> Bool { uniform() < probability }

  package mutating func next() -> UInt64 {
    UInt64(uniform() * 0x1p32) << 32 | UInt64(uniform() * 0x1p32)
  }
}
