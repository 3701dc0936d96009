import Dense
import Mismatch

/// A random grid of one shape, fixed by its seed.
package struct RandomGrid: Sendable, CustomStringConvertible {
  /// What is special about a grid.
  package enum Shape: String, Sendable, CaseIterable {
    /// Counts above 0, known exactly.
    case exact
    /// About every third count is 0.
    case zeros
    /// Counts with parts, as crosswalks make them.
    case fractions
    /// Whole-number bounds wider than the values.
    case bounded
    /// As `bounded`, and each area's total is known more closely than its cells.
    case boundedTotals
    /// As `bounded`, and some cells are withheld: no value, no upper bound.
    case withheld
    case singleArea
    case singleSector
    /// One area has no provision, another no demand.
    case emptySides
    /// The first sector has neither side in any area.
    case emptySector
  }

  package let shape: Shape
  package let seed: UInt64
  package let grid: Grid

  package var description: String { "\(shape.rawValue) grid, seed \(seed)" }

  package var hasExactCounts: Bool {
    switch shape {
    case .bounded, .boundedTotals, .withheld: false
    default: true
    }
  }

  /// Several grids of every shape.
  package static let all: [RandomGrid] = Shape.allCases.flatMap { shape in
    (1...4).map { RandomGrid(shape, seed: $0) }
  }

  /// The grids of ``all`` whose counts are known exactly.
  package static let exact: [RandomGrid] = all.filter(\.hasExactCounts)
  /// The grids of ``all`` whose counts are known within bounds.
  package static let bounded: [RandomGrid] = all.filter { !$0.hasExactCounts }

  package init(_ shape: Shape, seed: UInt64) {
    self.shape = shape
    self.seed = seed
    let index = Shape.allCases.firstIndex(of: shape) ?? 0
    var random = RandomSource(seed: seed, stream: UInt64(index))
    let areaCount = shape == .singleArea ? 1 : random.whole(3...5)
    let sectorCount = shape == .singleSector ? 1 : random.whole(2...5)
    func side(emptyArea: Int) -> Table {
      var counts = Matrix(rowCount: areaCount, columnCount: sectorCount)
      for area in 0..<areaCount {
        for sector in 0..<sectorCount {
          let isZero =
            shape == .zeros && random.happens(0.35) || shape == .emptySector && sector == 0
            || shape == .emptySides && area == emptyArea
          let isSmall = random.happens(0.3)
          let count = Double(random.whole(isSmall ? 1...4 : 1...300))
          counts[area, sector] =
            isZero ? 0 : shape == .fractions ? count * (0.05 + random.uniform()) : count
        }
      }
      switch shape {
      case .bounded, .boundedTotals, .withheld:
        return Self.bounded(counts, shape: shape, random: &random)
      default:
        return Table(exact: counts)
      }
    }
    let provision = side(emptyArea: 0)
    let demand = side(emptyArea: 1)
    grid = makeGrid(provision: provision, demand: demand)
  }

  /// Bounds around counts; the counts themselves always fit them.
  private static func bounded(_ counts: Matrix, shape: Shape, random: inout RandomSource) -> Table {
    var (value, lower, upper) = (counts, counts, counts)
    var status = [Status](repeating: [], count: counts.elements.count)
    for index in counts.elements.indices {
      if shape == .withheld && random.happens(0.2) {
        value.elements[index] = .nan
        lower.elements[index] = 0
        upper.elements[index] = .infinity
        status[index] = .confidential
      } else if random.happens(0.75) {
        if random.happens(0.15) { value.elements[index] = 0 }
        let count = value.elements[index]
        lower.elements[index] = max(0, count - Double(random.whole(0...5)))
        upper.elements[index] = count + Double(random.whole(0...5))
      }
    }
    var totalLower: [Double] = []
    var totalUpper: [Double] = []
    for area in 0..<counts.rowCount {
      let (least, most) = (lower.row(area).reduce(0, +), upper.row(area).reduce(0, +))
      let middle = value.row(area).reduce(0, +)
      let isTight = shape == .boundedTotals
      totalLower.append(isTight ? max(least, middle - Double(random.whole(0...2))) : least)
      totalUpper.append(isTight ? min(most, middle + Double(random.whole(0...2))) : most)
    }
    return Table(
      value: value, lower: lower, upper: upper, status: status, totalLower: totalLower,
      totalUpper: totalUpper)
  }

  /// An exact grid whose counts and totals fit the bounds, in part whole numbers and in part not.
  package func drawInside(_ random: inout RandomSource) -> Grid {
    makeGrid(
      provision: Self.drawInside(grid.provision, &random),
      demand: Self.drawInside(grid.demand, &random))
  }

  private static func drawInside(_ table: Table, _ random: inout RandomSource) -> Table {
    var counts = table.value
    for area in 0..<counts.rowCount {
      var pull = 1.0
      repeat {
        for sector in 0..<counts.columnCount {
          counts[area, sector] = drawCell(table, area, sector, pull: pull, &random)
        }
        pull = pull < 0.02 ? 0 : pull * 0.8
      } while !fits(counts.row(area).reduce(0, +), table, area)
    }
    return Table(exact: counts)
  }

  /// A count within a cell's bounds, pulled towards the cell's value as `pull` falls to 0.
  private static func drawCell(
    _ table: Table, _ area: Int, _ sector: Int, pull: Double, _ random: inout RandomSource
  ) -> Double {
    let lower = table.lower[area, sector]
    let upper = table.upper[area, sector]
    let value = table.value[area, sector]
    if pull == 0 { return value.isNaN ? lower : value }
    if !upper.isFinite { return random.happens(0.3) ? lower : lower + random.uniform() * 2000 }
    let drawn =
      switch random.whole(0...3) {
      case 0: lower
      case 1: upper
      case 2: (lower + random.uniform() * (upper - lower)).rounded()
      default: lower + random.uniform() * (upper - lower)
      }
    return min(upper, max(lower, value + pull * (drawn - value)))
  }

  private static func fits(_ total: Double, _ table: Table, _ area: Int) -> Bool {
    total >= table.totalLower[area] && total <= table.totalUpper[area]
  }
}

/// A grid of two tables, with areas `A00`, `A01`, … and sectors `S00`, `S01`, ….
package func makeGrid(provision: Table, demand: Table) -> Grid {
  func codes(_ letter: String, _ count: Int) -> Codebook {
    Codebook(codes: (0..<count).map { "\(letter)\($0 / 10)\($0 % 10)" })
  }
  return Grid(
    period: "2021", areas: codes("A", provision.value.rowCount),
    sectors: codes("S", provision.value.columnCount), provision: provision, demand: demand)
}

/// A grid of exact counts, a row per area.
package func makeGrid(provision: [[Double]], demand: [[Double]]) -> Grid {
  makeGrid(
    provision: Table(exact: Matrix(rows: provision)), demand: Table(exact: Matrix(rows: demand)))
}
