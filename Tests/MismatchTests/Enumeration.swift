/// All whole-number parts within ranges whose sum lies within a total: the least and most of each
/// part, of its share, and of a weighted sum.
struct Enumeration {
  private(set) var tableCount = 0
  private(set) var least: [Int]
  private(set) var most: [Int]
  private(set) var leastShare: [Double]
  private(set) var mostShare: [Double]
  private(set) var leastWeighted = Double.infinity
  private(set) var mostWeighted = -Double.infinity
  private let weights: [Double]

  init(partCount: Int, weights: [Double]? = nil) {
    least = Array(repeating: .max, count: partCount)
    most = Array(repeating: .min, count: partCount)
    leastShare = Array(repeating: .infinity, count: partCount)
    mostShare = Array(repeating: -.infinity, count: partCount)
    self.weights = weights ?? Array(repeating: 0, count: partCount)
  }

  mutating func run(ranges: [ClosedRange<Int>], total: ClosedRange<Int>) {
    var parts: [Int] = []
    extend(&parts, ranges, total)
  }

  private mutating func extend(
    _ parts: inout [Int], _ ranges: [ClosedRange<Int>], _ total: ClosedRange<Int>
  ) {
    guard parts.count < ranges.count else {
      if total.contains(parts.reduce(0, +)) { note(parts) }
      return
    }
    for part in ranges[parts.count] {
      parts.append(part)
      extend(&parts, ranges, total)
      parts.removeLast()
    }
  }

  private mutating func note(_ parts: [Int]) {
    tableCount += 1
    let sum = parts.reduce(0, +)
    var weighted = 0.0
    for (index, part) in parts.enumerated() {
      least[index] = min(least[index], part)
      most[index] = max(most[index], part)
      weighted += weights[index] * Double(part)
      guard sum > 0 else { continue }
      leastShare[index] = min(leastShare[index], Double(part) / Double(sum))
      mostShare[index] = max(mostShare[index], Double(part) / Double(sum))
    }
    leastWeighted = min(leastWeighted, weighted)
    mostWeighted = max(mostWeighted, weighted)
  }
}
