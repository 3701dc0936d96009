import Dense
import Mismatch

/// Masses and costs of a transport, small enough to be looked at pair by pair.
package struct TransportExample: Sendable {
  package var areas: Codebook
  package var sectors: Codebook
  package var distances: Matrix
  package var skill: Matrix
  package var provision: Matrix
  package var demand: Matrix

  package init(
    areas: Codebook, sectors: Codebook, distances: Matrix, skill: Matrix, provision: Matrix,
    demand: Matrix
  ) {
    self.areas = areas
    self.sectors = sectors
    self.distances = distances
    self.skill = skill
    self.provision = provision
    self.demand = demand
  }

  /// A random example: areas in a square, about every fourth count 0, distances that differ by direction.
  package init(areaCount: Int, sectorCount: Int, seed: UInt64, squareSide: Double = 3) {
    let random = Philox(seed: seed)
    func matrix(_ rows: Int, _ columns: Int, _ cell: UInt64, _ value: (Double) -> Double) -> Matrix
    {
      var matrix = Matrix(rowCount: rows, columnCount: columns)
      for index in matrix.elements.indices {
        matrix.elements[index] = value(random.uniform(cell: cell, draw: UInt64(index)))
      }
      return matrix
    }
    func count(_ draw: Double) -> Double { draw < 0.25 ? 0 : (draw * 200).rounded() }
    let places = matrix(areaCount, 2, 1) { $0 * squareSide }
    let detours = matrix(areaCount, areaCount, 2) { 1 + $0 / 4 }
    distances = Matrix(rowCount: areaCount, columnCount: areaCount)
    for from in 0..<areaCount {
      for to in 0..<areaCount {
        let (dx, dy) = (places[from, 0] - places[to, 0], places[from, 1] - places[to, 1])
        distances[from, to] = (dx * dx + dy * dy).squareRoot() * detours[from, to]
      }
    }
    skill = matrix(sectorCount, sectorCount, 3) { 0.5 + $0 * 0.7 }
    for sector in 0..<sectorCount { skill[sector, sector] = 0 }
    provision = matrix(areaCount, sectorCount, 4, count)
    demand = matrix(areaCount, sectorCount, 5, count)
    areas = Codebook(codes: (0..<areaCount).map { "A\($0)" })
    sectors = Codebook(codes: (0..<sectorCount).map { "S\($0)" })
  }

  package var costs: TransportCosts {
    let distances = distances
    let place = TiledMatrix(rowCount: distances.rowCount, columnCount: distances.columnCount) {
      rows, columns, tile in
      for row in rows {
        for column in columns {
          tile[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] =
            distances[row, column]
        }
      }
    }
    return TransportCosts(place: place, skill: skill)
  }

  package func plan(
    _ mass: TransportMass, _ regularisation: Double, kernelByteLimit: Int = 1 << 30,
    workerCount: Int = 1
  ) -> TransportPlan {
    TransportPlan(
      costs, provision: provision, demand: demand, mass: mass, regularisation: regularisation,
      kernelByteLimit: kernelByteLimit, workerCount: workerCount, beforeIteration: { _ in })
  }
}
