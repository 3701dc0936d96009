import Dense

/// The least cost of moving one side to the other, and how it parts into place and skill.
///
/// The total is what the best plans have in common. Its parts are too, unless several plans are best;
/// which units move is not, so there is nothing here on shares of moves.
package struct ExactTransport: Sendable, Equatable {
  /// What is moved: 1 where the masses are balanced.
  package let mass: Double
  package let placeCost: Double
  package let skillCost: Double

  package var totalCost: Double { placeCost + skillCost }

  /// The sum that masses are brought to, so that the tolerances of the linear programme are small beside
  /// them.
  private static let scaledTotal = 1e6

  /// How many moves the linear programme has to weigh: of place A²S, of skill AS².
  package static func moveCount(areaCount: Int, sectorCount: Int) -> Int {
    areaCount * sectorCount * (areaCount + sectorCount)
  }

  /// The least cost, by a linear programme in which every unit first changes its place and then its skill.
  ///
  /// Since a move costs the sum of both, that has the cost of the programme over all pairs of states, with
  /// A²S + AS² variables in the place of A²S². Nil where some mass can reach nothing.
  ///
  /// - Parameters:
  ///   - provision: counts, areas × sectors; the total must be above 0. So `demand`.
  ///   - mass: balanced or partial; penalised masses are no linear programme.
  package init?(
    _ costs: TransportCosts, provision: Matrix, demand: Matrix, mass: TransportMass
  ) {
    let totals = (ExactSum(provision.elements).value, ExactSum(demand.elements).value)
    let isBalanced = mass == .balanced
    self.mass = isBalanced ? 1 : min(totals.0, totals.1)
    let scales = (
      Self.scaledTotal / (isBalanced ? totals.0 : self.mass),
      Self.scaledTotal / (isBalanced ? totals.1 : self.mass)
    )
    let rules = MarginalRule.rules(mass, provision: totals.0, demand: totals.1)
    let states = provision.elements.count
    var programme = LinearProgramme(
      rows: provision.elements.map { rules.provision.bounds($0 * scales.0) }
        + Array(repeating: 0...0, count: states)
        + demand.elements.map { rules.demand.bounds($0 * scales.1) })
    let (areas, sectors) = (costs.areaCount, costs.sectorCount)
    let demandAreas = (0..<areas).filter { demand.row($0).contains { $0 > 0 } }
    var distances = [Double](repeating: 0, count: areas)
    var moves: [(cost: Double, isOfPlace: Bool)] = []
    for origin in 0..<areas {
      distances.withUnsafeMutableBufferPointer { row in
        if let start = row.baseAddress { costs.place.fill(origin..<origin + 1, 0..<areas, start) }
      }
      for sector in 0..<sectors where provision[origin, sector] > 0 {
        for area in demandAreas where distances[area].isFinite {
          programme.addVariable(
            cost: distances[area], (origin * sectors + sector, 1),
            (states + area * sectors + sector, 1))
          moves.append((distances[area], true))
        }
      }
    }
    for area in demandAreas {
      for sector in 0..<sectors where demand[area, sector] > 0 {
        for origin in 0..<sectors where costs.skill[origin, sector].isFinite {
          let cost = costs.skill[origin, sector]
          programme.addVariable(
            cost: cost, (states + area * sectors + origin, -1),
            (2 * states + area * sectors + sector, 1))
          moves.append((cost, false))
        }
      }
    }
    guard let amounts = programme.solution() else { return nil }
    var (place, skill) = (ExactSum(), ExactSum())
    for (move, amount) in zip(moves, amounts) where amount != 0 {
      if move.isOfPlace { place.add(move.cost * amount) } else { skill.add(move.cost * amount) }
    }
    placeCost = place.value / Self.scaledTotal * self.mass
    skillCost = skill.value / Self.scaledTotal * self.mass
  }
}

extension MarginalRule {
  /// The sums that the rule allows where there is this mass.
  fileprivate func bounds(_ mass: Double) -> ClosedRange<Double> {
    self == .atMost ? 0...mass : mass...mass
  }
}
