import Dense

/// Flows of people from origins to openings at destinations, by sector: T_ij = A_i O_i B_j D_j f(c_ij), with
/// factors such that every origin sends all its people and every destination receives all its openings.
///
/// Wilson (1971), "A family of spatial interaction models", https://doi.org/10.1068/a030001. Openings D are
/// scaled to the number of people first; origins and destinations without any are left out.
package struct DoublyConstrained: Sendable {
  /// How far the balancing of one sector came.
  package struct Convergence: Sendable, Equatable {
    package var iterationCount = 0
    /// The largest relative difference between a flow's sum and the people or openings that it must meet:
    /// measured, not estimated.
    package var marginalError = Double.infinity
    /// Whether the marginal error is at or below the tolerance.
    package var isReached = false
    /// What openings were multiplied by.
    package var scale = 1.0
    package var emptyOriginCount = 0
    package var emptyDestinationCount = 0
    /// Origins with people that reach no opening, and destinations with openings that nobody reaches: no
    /// flows can meet them.
    package var unreachedCount = 0
  }

  /// The largest marginal error of a result that counts as balanced.
  package static let tolerance = 1e-12
  /// Iterations after which balancing ends without having been reached.
  package static let iterationLimit = 5_000

  /// Areas × sectors: A_i O_i and B_j D_j.
  package let originFactors: Matrix
  package let destinationFactors: Matrix
  /// By sector.
  package let convergence: [Convergence]

  /// Balances all sectors (Furness's alternation; the factors of all sectors in one product a step).
  ///
  /// - Parameters:
  ///   - people: areas × sectors, at or above 0, no NaN.
  ///   - openings: the same.
  ///   - onIteration: called at each iteration; what it throws ends the work.
  /// - Throws: what `work` throws.
  package init(
    people: Matrix, openings: Matrix, impedance: Impedance, _ work: Work,
    tolerance: Double = Self.tolerance, iterationLimit: Int = Self.iterationLimit
  ) throws {
    var balancing = Raking(people: people, openings: openings)
    let keeper = work.blocks("balancing")
    if let state = try keeper.recall(0, balancing.state.count) { balancing.restore(state) }
    while !balancing.active.isEmpty, balancing.iterationCount < iterationLimit {
      let origins = try impedance.overDestinations(
        balancing.destinations.columns(balancing.active), work, step: "")
      balancing.balanceOrigins(origins)
      let destinations = try impedance.overOrigins(
        balancing.origins.columns(balancing.active), work, step: "")
      balancing.balanceDestinations(destinations)
      balancing.close(tolerance: tolerance)
      try balancing.state.withUnsafeBufferPointer { try keeper.keep(0, $0) }
    }
    originFactors = balancing.origins
    destinationFactors = balancing.destinations
    convergence = balancing.convergence
  }

  /// The flow between two areas in a sector, given the weight of the way.
  package func flow(from origin: Int, to destination: Int, sector: Int, weight: Double) -> Double {
    originFactors[origin, sector] * destinationFactors[destination, sector] * weight
  }
}

/// The state of the balancing of all sectors.
private struct Raking {
  /// Areas × sectors: A O and B D as they stand.
  private(set) var origins: Matrix
  private(set) var destinations: Matrix
  /// Sectors that are not balanced yet.
  private(set) var active: [Int] = []
  private(set) var convergence: [DoublyConstrained.Convergence] = []
  private(set) var iterationCount = 0
  private let people: Matrix
  private var openings: Matrix
  private var errors: [Double]
  private var unreached: [Int]

  init(people: Matrix, openings: Matrix) {
    self.people = people
    self.openings = openings
    for sector in 0..<people.columnCount {
      let (sent, offered) = (people.column(sector), openings.column(sector))
      let (total, offeredTotal) = (ExactSum(sent).value, ExactSum(offered).value)
      var state = DoublyConstrained.Convergence()
      state.emptyOriginCount = sent.count { $0 == 0 }
      state.emptyDestinationCount = offered.count { $0 == 0 }
      if total > 0, offeredTotal > 0 {
        state.scale = total / offeredTotal
        active.append(sector)
      }
      for area in offered.indices { self.openings[area, sector] *= state.scale }
      convergence.append(state)
    }
    let isActive = Set(active)
    origins = Matrix(rowCount: people.rowCount, columnCount: people.columnCount)
    destinations = self.openings
    for sector in 0..<people.columnCount where !isActive.contains(sector) {
      for area in 0..<people.rowCount { destinations[area, sector] = 0 }
    }
    errors = Array(repeating: .infinity, count: people.columnCount)
    unreached = Array(repeating: 0, count: people.columnCount)
  }

  /// A_i = 1 / Σ_j B_j D_j f_ij; the sums that A_i had before show how far origins were from balance.
  mutating func balanceOrigins(_ sums: Matrix) {
    for (column, sector) in active.enumerated() {
      (errors[sector], unreached[sector]) = (0, 0)
      for area in 0..<people.rowCount where people[area, sector] > 0 {
        let sum = sums[area, column]
        guard sum > 0 else {
          origins[area, sector] = 0
          errors[sector] = max(errors[sector], 1)
          unreached[sector] += 1
          continue
        }
        errors[sector] = max(
          errors[sector], abs(origins[area, sector] * sum / people[area, sector] - 1))
        origins[area, sector] = people[area, sector] / sum
      }
    }
  }

  /// B_j = 1 / Σ_i A_i O_i f_ij.
  mutating func balanceDestinations(_ sums: Matrix) {
    for (column, sector) in active.enumerated() {
      for area in 0..<openings.rowCount where openings[area, sector] > 0 {
        let sum = sums[area, column]
        guard sum > 0 else {
          destinations[area, sector] = 0
          errors[sector] = max(errors[sector], 1)
          unreached[sector] += 1
          continue
        }
        let error = abs(destinations[area, sector] * sum / openings[area, sector] - 1)
        errors[sector] = max(errors[sector], error)
        destinations[area, sector] = openings[area, sector] / sum
      }
    }
  }

  /// Ends the sectors that are balanced.
  mutating func close(tolerance: Double) {
    iterationCount += 1
    for sector in active {
      convergence[sector].iterationCount = iterationCount
      convergence[sector].marginalError = errors[sector]
      convergence[sector].unreachedCount = unreached[sector]
      convergence[sector].isReached = errors[sector] <= tolerance
    }
    active.removeAll { convergence[$0].isReached }
  }

  /// All that changes, as numbers.
  var state: [Double] {
    [Double(iterationCount)] + origins.elements + destinations.elements
      + convergence.flatMap { state in
        [
          Double(state.iterationCount), state.marginalError, Double(state.unreachedCount),
          state.isReached ? 1 : 0,
        ]
      }
  }

  /// Goes on from a state.
  mutating func restore(_ state: [Double]) {
    let count = origins.elements.count
    iterationCount = Int(state[0])
    origins.elements = Array(state[1...count])
    destinations.elements = Array(state[(count + 1)...(2 * count)])
    for sector in convergence.indices {
      let start = 1 + 2 * count + 4 * sector
      convergence[sector].iterationCount = Int(state[start])
      convergence[sector].marginalError = state[start + 1]
      convergence[sector].unreachedCount = Int(state[start + 2])
      convergence[sector].isReached = state[start + 3] == 1
    }
    active.removeAll { convergence[$0].isReached }
  }
}
