import Dense
import Mismatch
import Support
import Testing

@Suite("Transport")
struct TransportTests {
  private static let masses: [TransportMass] = [
    .balanced, .unbalanced(penalty: 2), .unbalanced(penalty: 0.3), .partial,
  ]

  @Test("Plans are those of brute force", arguments: masses, [0.4, 0.06])
  func twin(mass: TransportMass, regularisation: Double) {
    let close = Closeness.either(1e-9)
    for seed in UInt64(1)...3 {
      let example = TransportExample(areaCount: 5, sectorCount: 3, seed: seed)
      let plan = example.plan(mass, regularisation)
      let twin = TransportTwin(example, mass, regularisation)
      #expect(plan.state == .converged)
      #expect(close.holds(plan.mass, twin.mass))
      #expect(close.holds(plan.placeCost, twin.placeCost))
      #expect(close.holds(plan.skillCost, twin.skillCost))
      #expect(close.holds(plan.objective, twin.objective))
      for kind in MoveKind.allCases {
        #expect(close.holds(plan.share(kind) * plan.mass, twin.masses[kind] ?? 0))
      }
    }
  }

  @Test("A plan of balanced masses has both sides' masses as its margins")
  func margins() throws {
    let example = TransportExample(areaCount: 90, sectorCount: 4, seed: 11)
    let plan = example.plan(.balanced, 0.1)
    #expect(plan.state == .converged)
    for (kinds, counts) in [(plan.given, example.provision), (plan.taken, example.demand)] {
      let total = ExactSum(counts.elements).value
      let sums = counts.elements.indices.map { cell in
        kinds.values.reduce(0) { $0 + $1.elements[cell] }
      }
      #expect(Closeness.absolute(1e-12).holds(sums, counts.elements.map { $0 / total }))
    }
  }

  @Test("A small regularisation comes close to the least cost, never below it")
  func smallRegularisation() throws {
    let example = TransportExample(areaCount: 12, sectorCount: 4, seed: 5, squareSide: 12)
    let exact = try #require(exactly(example, .balanced))
    let plan = example.plan(.balanced, 0.005)
    #expect(plan.state == .converged)
    #expect(plan.totalCost >= exact.totalCost - 1e-9)
    #expect(plan.totalCost - exact.totalCost < 0.005)
  }

  @Test("The least cost is that of a programme over all pairs", arguments: [1, 2, 3])
  func allPairs(seed: UInt64) throws {
    let example = TransportExample(areaCount: 6, sectorCount: 4, seed: seed)
    let states = example.provision.elements.count
    let provision = example.provision.elements
    let demand = example.demand.elements
    let (p, d) = (provision.reduce(0, +), demand.reduce(0, +))
    var programme = LinearProgramme(
      rows: provision.map { p <= d ? $0...$0 : 0...$0 } + demand.map { d <= p ? $0...$0 : 0...$0 })
    var costs: [Double] = []
    for from in 0..<states {
      for to in 0..<states {
        costs.append(example.distances[from / 4, to / 4] + example.skill[from % 4, to % 4])
        programme.addVariable(cost: costs[costs.count - 1], (from, 1), (states + to, 1))
      }
    }
    let amounts = try #require(programme.solution())
    let least = zip(costs, amounts).reduce(0) { $0 + $1.0 * $1.1 }
    let found = try #require(exactly(example, .partial))
    #expect(found.mass == min(p, d))
    #expect(Closeness.relative(1e-10).holds(found.totalCost, least))
  }

  @Test("Equal sides cost nothing")
  func equalSides() throws {
    var example = TransportExample(areaCount: 8, sectorCount: 3, seed: 2)
    example.demand = example.provision
    for mass in [TransportMass.balanced, .partial] {
      #expect(try #require(exactly(example, mass)).totalCost == 0)
    }
  }

  @Test("Counts in another unit alter nothing but the unit")
  func unit() {
    let example = TransportExample(areaCount: 7, sectorCount: 3, seed: 3)
    var scaled = example
    scaled.provision = example.provision.scaled(by: 30)
    scaled.demand = example.demand.scaled(by: 30)
    let close = Closeness.relative(1e-9)
    for (mass, factor) in [(TransportMass.balanced, 1.0), (.partial, 30)] {
      let (a, b) = (example.plan(mass, 0.1), scaled.plan(mass, 0.1))
      #expect(close.holds(a.totalCost * factor, b.totalCost))
      #expect(close.holds(a.share(.placeOnly), b.share(.placeOnly)))
    }
  }

  @Test("A plan has the same bits for any workers, with its kernel held or not")
  func sameBits() {
    let example = TransportExample(areaCount: 200, sectorCount: 3, seed: 4)
    let plan = example.plan(.balanced, 0.3)
    for other in [
      example.plan(.balanced, 0.3, workerCount: 3),
      example.plan(.balanced, 0.3, kernelByteLimit: 0),
    ] {
      #expect(other.iterationCount == plan.iterationCount)
      #expect(areIdentical([other.totalCost, other.objective], [plan.totalCost, plan.objective]))
      for kind in MoveKind.allCases {
        #expect(
          areIdentical(other.taken[kind]?.elements ?? [], plan.taken[kind]?.elements ?? [.nan]))
      }
    }
  }

  @Test("A search that was stopped goes on from any state to the same bits", arguments: masses)
  func resumed(mass: TransportMass) {
    let example = TransportExample(areaCount: 16, sectorCount: 3, seed: 8, squareSide: 12)
    var states: [[Double]] = []
    let whole = plan(example, mass) { states.append($0.state) }
    #expect(whole.state == .converged)
    #expect(states.count == whole.iterationCount)
    for passed in stride(from: 0, to: states.count, by: 1 + states.count / 6) {
      var callCount = 0
      let other = plan(example, mass, resuming: states[passed]) { _ in callCount += 1 }
      #expect(callCount == states.count - passed)
      #expect(other.iterationCount == whole.iterationCount)
      #expect(
        areIdentical(
          [other.objective, other.marginalError], [whole.objective, whole.marginalError]))
      for kind in MoveKind.allCases {
        #expect(
          areIdentical(other.given[kind]?.elements ?? [], whole.given[kind]?.elements ?? [.nan]))
      }
    }
  }

  /// A plan of a regularisation that is reached in stages.
  private func plan(
    _ example: TransportExample, _ mass: TransportMass, resuming state: [Double]? = nil,
    beforeIteration: (PlanProgress) -> Void
  ) -> TransportPlan {
    TransportPlan(
      example.costs, provision: example.provision, demand: example.demand, mass: mass,
      regularisation: 0.05, resuming: state, beforeIteration: beforeIteration)
  }

  @Test("What has not converged does not say so")
  func honesty() {
    let example = TransportExample(areaCount: 8, sectorCount: 3, seed: 6)
    let early = TransportPlan(
      example.costs, provision: example.provision, demand: example.demand, mass: .balanced,
      regularisation: 0.05, iterationLimit: 3, beforeIteration: { _ in })
    #expect(early.state == .notConverged)
    #expect(early.iterationCount == 3)
    #expect(early.marginalError > 1e-6)
    var island = example
    for area in 1..<8 {
      (island.distances[0, area], island.distances[area, 0]) = (.infinity, .infinity)
    }
    #expect(island.plan(.balanced, 0.1).state != .converged)
    #expect(exactly(island, .balanced) == nil)
  }

  private func exactly(_ example: TransportExample, _ mass: TransportMass) -> ExactTransport? {
    ExactTransport(
      example.costs, provision: example.provision, demand: example.demand, mass: mass)
  }
}

extension Matrix {
  fileprivate func scaled(by factor: Double) -> Matrix {
    var result = self
    for index in result.elements.indices { result.elements[index] *= factor }
    return result
  }
}

/// Linear programmes whose costs are of any size.
struct LinearProgrammeTests {
  private func solution(factor: Double) throws -> [Double] {
    let example = TransportExample(areaCount: 5, sectorCount: 3, seed: 4)
    let (provision, demand) = (example.provision.elements, example.demand.elements)
    let least = min(provision.reduce(0, +), demand.reduce(0, +))
    var programme = LinearProgramme(
      rows: provision.map { 0...$0 } + demand.map { 0...$0 } + [least / 2...least / 2])
    for from in provision.indices {
      for to in demand.indices {
        let cost = example.distances[from / 3, to / 3] + example.skill[from % 3, to % 3]
        programme.addVariable(
          cost: cost * factor, (from, 1), (provision.count + to, 1), (2 * provision.count, 1))
      }
    }
    return try #require(programme.solution())
  }

  @Test("The best values do not depend on the unit of the costs")
  func unit() throws {
    let expected = try solution(factor: 1)
    #expect(expected.contains { $0 > 0 })
    for power in stride(from: -1000, through: 1000, by: 125) {
      #expect(try solution(factor: .init(sign: .plus, exponent: power, significand: 1)) == expected)
    }
  }

  @Test("Costs without an end have no solution")
  func infinite() {
    var programme = LinearProgramme(rows: [1...1])
    programme.addVariable(cost: .infinity, (0, 1))
    #expect(programme.solution() == nil)
  }
}
