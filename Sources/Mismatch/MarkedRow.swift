/// The marked figures of one area, in order of their columns.
struct MarkedRow {
  var figures: [MarkedFigure] = []
  /// Each column that has any, and which of ``figures`` they are.
  var cells: [(column: Int, figures: Range<Int>)] = []

  init(_ figures: [(column: Int, figure: MarkedFigure)]) {
    let ordered = figures.sorted { left, right in
      let (one, other) = (left.figure.marker, right.figure.marker)
      return (left.column, one.status.rawValue, one.lower, one.upper)
        < (right.column, other.status.rawValue, other.lower, other.upper)
    }
    for (column, figure) in ordered {
      self.figures.append(figure)
      if let last = cells.last, last.column == column {
        cells[cells.count - 1].figures = last.figures.lowerBound..<self.figures.count
      } else {
        cells.append((column, self.figures.count - 1..<self.figures.count))
      }
    }
  }
}

/// A marked figure and the ends that it has its point between.
struct ImputationEnds {
  let figure: MarkedFigure
  let lower: Double
  let upper: Double
  /// Whether its point follows the sum of its area.
  let isFree: Bool
}

extension ImputationRule {
  /// How far from their lower to their upper ends the middle of figures moves so that the sum of their area
  /// comes into its bounds: half way where it lies there, and never beyond an end.
  func way(of figures: [ImputationEnds], beside numbers: Double, to sum: TotalBounds)
    -> Double
  {
    guard self == .middle else { return 0.5 }
    let free = figures.filter(\.isFree)
    let least =
      numbers + free.reduce(0) { $0 + $1.lower }
      + figures.reduce(0) {
        $1.isFree ? $0 : $0 + point(of: $1, way: 0.5) * Double($1.figure.count)
      }
    let room = free.reduce(0) { $0 + $1.upper - $1.lower }
    let middle = least + room / 2
    let wanted = max(sum.lower, min(sum.upper, middle))
    guard wanted != middle, room > 0, (wanted - least).isFinite, room.isFinite else { return 0.5 }
    return max(0, min(1, (wanted - least) / room))
  }

  func point(of ends: ImputationEnds, way: Double) -> Double {
    if let own = ends.figure.marker.point { return own }
    guard self == .middle, ends.isFree, ends.upper.isFinite else {
      return point(lower: ends.lower, upper: ends.upper)
    }
    return (1 - way) * ends.lower + way * ends.upper
  }
}
