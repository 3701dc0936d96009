/// A place on the grid of a map, y downwards.
struct GridPoint: Hashable, Comparable {
  var x: Int32
  var y: Int32

  static func < (left: GridPoint, right: GridPoint) -> Bool {
    (left.x, left.y) < (right.x, right.y)
  }

  /// The points without those equal to the one before, and not closed by the first one again.
  static func ring(_ points: [GridPoint]) -> [GridPoint] {
    var kept: [GridPoint] = []
    for point in points where point != kept.last { kept.append(point) }
    if kept.count > 1, kept.first == kept.last { kept.removeLast() }
    return kept
  }

  /// The area that a ring encloses, in square units.
  static func extent(_ ring: [GridPoint]) -> Double {
    guard var last = ring.last else { return 0 }
    var double = 0
    for point in ring {
      double += Int(last.x) * Int(point.y) - Int(point.x) * Int(last.y)
      last = point
    }
    return Double(abs(double)) / 2
  }

  /// The square of the distance from the line between two points.
  func squareDistance(_ start: GridPoint, _ end: GridPoint) -> Double {
    let (dx, dy) = (Double(end.x - start.x), Double(end.y - start.y))
    let (px, py) = (Double(x - start.x), Double(y - start.y))
    let square = dx * dx + dy * dy
    let share = square > 0 ? max(0, min(1, (px * dx + py * dy) / square)) : 0
    let (ex, ey) = (px - share * dx, py - share * dy)
    return ex * ex + ey * ey
  }
}
