import Dense
import Testing

struct PointsTests {
  /// Points in a small square, so that some are near to one another, by brute force.
  @Test("Points nearer than a distance are found wherever they lie", arguments: 0..<40)
  func nearPairs(seed: Int) {
    let draws = Philox(seed: UInt64(seed))
    func coordinates(_ cell: UInt64, _ size: Double) -> [Double] {
      (0..<30).map { (draws.uniform(cell: cell, draw: UInt64($0)) - 0.5) * size }
    }
    let plane = Points(eastings: coordinates(1, 40), northings: coordinates(2, 40), scale: 0.5)
    let earth = Points(
      latitudes: coordinates(3, 0.001), longitudes: coordinates(4, 0.001).map { $0 + 180 })
    for (points, limit) in [(plane, 0.4), (plane, 0.05), (earth, 1e-3), (earth, 1e-4)] {
      let distances = points.distances(own: .infinity)
      let nearest = distances.elements(rows: 0..<30, columns: 0..<30).min() ?? 0
      let pair = points.pair(nearerThan: limit)
      #expect((pair != nil) == (nearest < limit), "\(nearest)")
      if let (first, second) = pair {
        #expect(
          distances.elements(rows: first..<first + 1, columns: second..<second + 1)[0] < limit)
      }
    }
  }
}
