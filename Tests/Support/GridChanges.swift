import Dense
import Mismatch

extension Table {
  /// The table with another order of areas and sectors: row k is the old row `areas[k]`.
  package func permuted(areas: [Int], sectors: [Int]) -> Table {
    func permuted(_ matrix: Matrix) -> Matrix {
      Matrix(rows: areas.map { area in sectors.map { matrix[area, $0] } })
    }
    let marks = figures.status
    return Table(
      value: permuted(value), lower: permuted(lower), upper: permuted(upper),
      status: areas.flatMap { area in sectors.map { marks[area * value.columnCount + $0] } },
      totalLower: areas.map { totalLower[$0] }, totalUpper: areas.map { totalUpper[$0] })
  }

  /// The table with every count and bound multiplied by a number above 0.
  package func scaled(by factor: Double) -> Table {
    func scaled(_ matrix: Matrix) -> Matrix {
      var result = matrix
      for index in result.elements.indices { result.elements[index] *= factor }
      return result
    }
    return Table(
      value: scaled(value), lower: scaled(lower), upper: scaled(upper), status: status,
      totalLower: totalLower.map { $0 * factor }, totalUpper: totalUpper.map { $0 * factor })
  }
}

extension Grid {
  /// The same grid with other tables.
  package func with(provision: Table? = nil, demand: Table? = nil) -> Grid {
    makeGrid(provision: provision ?? self.provision, demand: demand ?? self.demand)
  }
}

extension Measure {
  /// The figures of every area: one per sector, or a single one for a measure of areas.
  package func figures(_ grid: Grid) -> [[Figure]] {
    let everything = grid.pooled(grid.areas.codes.indices)
    return grid.areas.codes.indices.map { area in
      figures(grid.pair(area: area), allAreas: everything)
    }
  }

  /// The figures of one pair of profiles: one per sector, or a single one for a measure of areas.
  package func figures(_ pair: ProfilePair, allAreas: ProfilePair) -> [Figure] {
    area(pair).map { [$0] } ?? cells(pair, allAreas: allAreas)
  }

  /// Every measure that declares a law.
  package static func declaring(_ law: Laws) -> [Measure] {
    catalogue.filter { $0.laws.contains(law) }
  }
}
