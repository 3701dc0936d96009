/// Where borders of areas meet, so that what two areas share is simplified alike for both.
struct Borders {
  /// Points that more than two lines go out from; no simplification removes them.
  private let junctions: Set<GridPoint>

  /// The borders of all rings of a map.
  init(_ rings: [[GridPoint]]) {
    var neighbours: [GridPoint: (GridPoint, GridPoint)] = [:]
    var junctions: Set<GridPoint> = []
    for ring in rings where ring.count > 1 {
      var before = ring[ring.count - 1]
      for (index, point) in ring.enumerated() {
        let after = ring[index + 1 == ring.count ? 0 : index + 1]
        if let known = neighbours[point] {
          let isSame = known == (before, after) || known == (after, before)
          if !isSame { junctions.insert(point) }
        } else {
          neighbours[point] = (before, after)
        }
        before = point
      }
    }
    self.junctions = junctions
  }

  /// A ring with as few points as leave every line within the tolerance, in the same order.
  func simplified(_ ring: [GridPoint], tolerance: Double) -> [GridPoint] {
    guard ring.count > 3 else { return ring }
    let start =
      ring.firstIndex(where: junctions.contains)
      ?? ring.indices.min { ring[$0] < ring[$1] } ?? 0
    let closed = Array(ring[start...] + ring[...start])
    var result: [GridPoint] = []
    var first = 0
    for index in closed.indices.dropFirst() {
      guard index == closed.count - 1 || junctions.contains(closed[index]) else { continue }
      result += Self.simplified(Array(closed[first...index]), tolerance: tolerance).dropLast()
      first = index
    }
    return GridPoint.ring(result)
  }

  /// A line with its ends kept, the same whichever way it is given.
  private static func simplified(_ line: [GridPoint], tolerance: Double) -> [GridPoint] {
    guard line.count > 2 else { return line }
    let isReversed = (line[line.count - 1], line[line.count - 2]) < (line[0], line[1])
    let forward = isReversed ? line.reversed() : line
    let kept = forward.indices.filter(keptByDouglasPeucker(forward, tolerance: tolerance).contains)
    let simple = kept.map { forward[$0] }
    return isReversed ? simple.reversed() : simple
  }

  /// The indices that stay: the ends, and of every part the point farthest from its chord if that is too far.
  private static func keptByDouglasPeucker(
    _ line: [GridPoint], tolerance: Double
  ) -> Set<Int> {
    var kept: Set = [0, line.count - 1]
    var parts = [(0, line.count - 1)]
    while let (first, last) = parts.popLast() {
      var (farthest, distance) = (first, tolerance * tolerance)
      for index in first + 1..<max(last, first + 1) {
        let square = line[index].squareDistance(line[first], line[last])
        if square > distance { (farthest, distance) = (index, square) }
      }
      guard farthest > first else { continue }
      kept.insert(farthest)
      parts += [(first, farthest), (farthest, last)]
    }
    return kept
  }
}
