import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sums over a plan that is known by its scalings: P = scaling of provision × kernel × scaling of demand.
struct PlanSums {
  private let transport: EntropicTransport
  private let skillKernel: Matrix

  init(_ transport: EntropicTransport) {
    self.transport = transport
    skillKernel = transport.skillKernel
  }

  /// Mass by what a unit changes, areas × sectors: by where it leaves and by where it arrives.
  func byKind() -> (given: [MoveKind: Matrix], taken: [MoveKind: Matrix]) {
    let matched = stays(skillKernel.diagonal)
    let skillOnly = stays(skillKernel.withoutDiagonal)
    let away = kernel { rows, columns, tile in
      for row in rows where columns.contains(row) {
        tile[(row - rows.lowerBound) * columns.count + row - columns.lowerBound] = 0
      }
    }
    let placeOnly = sums(away, skillKernel.diagonal)
    let both = sums(away, skillKernel.withoutDiagonal)
    let kinds: [(MoveKind, (given: Matrix, taken: Matrix))] = [
      (.matched, matched), (.skillOnly, skillOnly), (.placeOnly, placeOnly), (.both, both),
    ]
    return (
      Dictionary(uniqueKeysWithValues: kinds.map { ($0, $1.given.transposed) }),
      Dictionary(uniqueKeysWithValues: kinds.map { ($0, $1.taken.transposed) })
    )
  }

  /// Σ P × distance.
  func placeCost() -> Double {
    let place = transport.costs.place
    let costed = kernel { rows, columns, tile in
      let count = rows.count * columns.count
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { distances in
        guard let distances = distances.baseAddress else { return }
        place.fill(rows, columns, distances)
        for index in 0..<count where tile[index] > 0 { tile[index] *= distances[index] }
      }
    }
    return ExactSum(sums(costed, skillKernel).given.elements).value
  }

  /// Σ P × skill distance.
  func skillCost() -> Double {
    var costed = skillKernel
    for index in costed.elements.indices where costed.elements[index] > 0 {
      costed.elements[index] *= transport.costs.skill.elements[index]
    }
    return ExactSum(sums(transport.placeKernel, costed).given.elements).value
  }

  /// The mass of the plan, and what was made small: the logarithm of an element of the plan is the sum of
  /// its scalings' less its cost / ε.
  func massAndObjective() -> (mass: Double, objective: Double) {
    let sums = sums(transport.placeKernel, skillKernel)
    let mass = ExactSum(sums.given.elements).value
    let logarithms =
      weightedLogarithms(transport.provision, sums.given)
      + weightedLogarithms(transport.demand, sums.taken)
    return (
      mass,
      transport.regularisation * (logarithms - mass) + penalty(transport.provision, sums.given)
        + penalty(transport.demand, sums.taken)
    )
  }

  private func weightedLogarithms(_ side: PlanSide, _ masses: Matrix) -> Double {
    var sum = ExactSum()
    for sector in 0..<masses.rowCount {
      for area in 0..<masses.columnCount where masses[sector, area] > 0 {
        sum.add(masses[sector, area] * (side.shifts[area] + log(side.remainders[sector, area])))
      }
    }
    return sum.value
  }

  private func penalty(_ side: PlanSide, _ masses: Matrix) -> Double {
    guard case .penalised(let penalty) = side.rule else { return 0 }
    var sum = ExactSum()
    for (mass, wanted) in zip(masses.elements, side.masses.elements) where wanted > 0 {
      sum.add((mass > 0 ? mass * log(mass / wanted) : 0) - mass + wanted)
    }
    return penalty * sum.value
  }

  // MARK: Products

  /// What stays in its area, sectors × areas, with a part of the skill kernel.
  private func stays(_ mixing: Matrix) -> (given: Matrix, taken: Matrix) {
    let (provision, demand) = (transport.provision.remainders, transport.demand.remainders)
    var given = Matrix(rowCount: mixing.rowCount, columnCount: provision.columnCount)
    var taken = given
    for area in 0..<provision.columnCount {
      var own = 0.0
      transport.placeKernelFill(area..<area + 1, area..<area + 1, &own)
      guard own > 0 else { continue }
      for from in 0..<mixing.rowCount where provision[from, area] > 0 {
        for to in 0..<mixing.rowCount where mixing[from, to] > 0 {
          let mass = provision[from, area] * own * mixing[from, to] * demand[to, area]
          given[from, area] += mass
          taken[to, area] += mass
        }
      }
    }
    return (given, taken)
  }

  /// The place kernel after a change to its tiles.
  private func kernel(_ change: @escaping TiledMatrix.Fill) -> StripedMatrix {
    let fill = transport.placeKernelFill
    let areaCount = transport.costs.areaCount
    return StripedMatrix(rowCount: areaCount, columnCount: areaCount) { rows, columns, tile in
      fill(rows, columns, tile)
      change(rows, columns, tile)
    }
  }

  /// The sums of a plan with these kernels, sectors × areas.
  private func sums(
    _ kernel: StripedMatrix, _ mixing: Matrix
  ) -> (given: Matrix, taken: Matrix) {
    let (provision, demand) = (transport.provision.remainders, transport.demand.remainders)
    let width = provision.columnCount
    var given = provision
    var (_, taken) = given.elements.withUnsafeMutableBufferPointer { given in
      let given = Shared(given)
      return kernel.pass(demand, mixing: mixing, workerCount: transport.workerCount) {
        areas, products in
        for sector in 0..<mixing.rowCount {
          let row = products + sector * areas.count
          for index in 0..<areas.count {
            let state = sector * width + areas.lowerBound + index
            given.value[state] = provision.elements[state] * row[index]
            row[index] = provision.elements[state]
          }
        }
      }
    }
    for index in taken.elements.indices { taken.elements[index] *= demand.elements[index] }
    return (given, taken)
  }
}

extension Matrix {
  /// The matrix with zeros beside its diagonal.
  fileprivate var diagonal: Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: columnCount)
    for index in 0..<rowCount { result[index, index] = self[index, index] }
    return result
  }

  /// The matrix with zeros on its diagonal.
  fileprivate var withoutDiagonal: Matrix {
    var result = self
    for index in 0..<rowCount { result[index, index] = 0 }
    return result
  }

  fileprivate var transposed: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { result[column, row] = self[row, column] }
    }
    return result
  }
}
