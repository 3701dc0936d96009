import Dense
import Mismatch
import Support
import Synchronization
import Testing

/// Laws of commuting and accessibility, and twins of their formulas on small grids.
struct SpaceTests {
  private let work = Work(workerCount: 2)
  private static let areaCount = 7
  /// Sums of 7 products of small numbers.
  private let closeness = Closeness.relative(1e-12)

  /// Asymmetric weights, a few of them missing, each area reaching itself.
  private func weights(density: Double = 0.7) -> Matrix {
    var random = RandomSource(seed: 31)
    var weights = Matrix(rowCount: Self.areaCount, columnCount: Self.areaCount)
    for row in 0..<Self.areaCount {
      for column in 0..<Self.areaCount where row == column || random.happens(density) {
        weights[row, column] = 0.1 + random.uniform()
      }
    }
    return weights
  }

  private func sparse(_ matrix: Matrix) -> SparseMatrix {
    var entries = SparseMatrix.Entries()
    for row in 0..<matrix.rowCount {
      for column in 0..<matrix.columnCount where matrix[row, column] > 0 {
        entries.add(row: row, column: column, weight: matrix[row, column])
      }
    }
    return SparseMatrix(
      rowCount: matrix.rowCount, columnCount: matrix.columnCount, entries: entries)
  }

  /// Counts of two sectors, some of them 0.
  private func counts(seed: UInt64) -> Matrix {
    var random = RandomSource(seed: seed)
    var counts = Matrix(rowCount: Self.areaCount, columnCount: 2)
    for index in counts.elements.indices where random.happens(0.8) {
      counts.elements[index] = (100 * random.uniform()).rounded()
    }
    return counts
  }

  @Test("Accessibilities equal their formulas with asymmetric weights")
  func formulas() throws {
    let (weights, people, openings) = (weights(), counts(seed: 1), counts(seed: 2))
    let result = try Accessibility(
      provision: Table(exact: people), demand: Table(exact: openings),
      impedance: Impedance(table: sparse(weights)), work)
    let areas = 0..<Self.areaCount
    for sector in 0..<2 {
      let competitors = areas.map { j in
        areas.reduce(0) { $0 + weights[$1, j] * people[$1, sector] }
      }
      for i in areas {
        let reached = areas.reduce(0) { $0 + weights[i, $1] * openings[$1, sector] }
        let perPerson = areas.reduce(0) {
          $0 + weights[i, $1] * openings[$1, sector] / competitors[$1]
        }
        let (hansen, catchment) = (result.hansen, result.twoStepFloatingCatchment)
        #expect(closeness.holds(hansen.figure(area: i, sector: sector).value, reached))
        #expect(closeness.holds(catchment.figure(area: i, sector: sector).value, perPerson))
        #expect(
          closeness.holds(
            result.provisionWithinReach.figure(area: i, sector: sector).value, competitors[i]))
      }
      let shared = areas.map { result.spatialAvailability.figure(area: $0, sector: sector).value }
      // All openings are shared out.
      #expect(closeness.holds(shared.reduce(0, +), openings.column(sector).reduce(0, +)))
    }
  }

  @Test("Openings that nobody's weight reaches are infinitely many per person, and nobody's")
  func openingsWithoutPeople() throws {
    let result = try Accessibility(
      provision: Table(exact: Matrix(rows: [[4], [0]])),
      demand: Table(exact: Matrix(rows: [[2], [3]])),
      impedance: Impedance(table: sparse(Matrix(rows: [[1, 0], [0, 1]]))), work)
    #expect(result.twoStepFloatingCatchment.value.elements == [0.5, .infinity])
    #expect(result.spatialAvailability.value.elements == [2, 0])
  }

  @Test("Bounds hold every result of counts within the bounds, and open ones stay open")
  func bounds() throws {
    var random = RandomSource(seed: 5)
    let (weights, people, openings) = (sparse(weights()), counts(seed: 1), counts(seed: 2))
    func table(_ counts: Matrix, open: Int?) -> Table {
      var (lower, upper, value) = (counts, counts, counts)
      var status = Array(repeating: Status(), count: counts.elements.count)
      for index in counts.elements.indices {
        lower.elements[index] = max(0, counts.elements[index] - 5)
        upper.elements[index] = counts.elements[index] + 5
      }
      if let open {
        (value.elements[open], upper.elements[open]) = (.nan, .infinity)
        status[open] = .confidential
      }
      func totals(_ matrix: Matrix) -> [Double] {
        (0..<matrix.rowCount).map { matrix.row($0).reduce(0, +) }
      }
      return Table(
        value: value, lower: lower, upper: upper, status: status, totalLower: totals(lower),
        totalUpper: totals(upper))
    }
    let impedance = Impedance(table: weights)
    let result = try Accessibility(
      provision: table(people, open: nil), demand: table(openings, open: 3), impedance: impedance,
      work)
    for _ in 0..<50 {
      func drawn(_ counts: Matrix) -> Table {
        var drawn = counts
        for index in drawn.elements.indices {
          drawn.elements[index] = max(0, drawn.elements[index] + 10 * random.uniform() - 5)
        }
        return Table(exact: drawn)
      }
      let one = try Accessibility(
        provision: drawn(people), demand: drawn(openings), impedance: impedance, work)
      for (figures, exact) in [
        (result.hansen, one.hansen), (result.provisionWithinReach, one.provisionWithinReach),
        (result.twoStepFloatingCatchment, one.twoStepFloatingCatchment),
        (result.spatialAvailability, one.spatialAvailability),
      ] {
        for (index, value) in exact.value.elements.enumerated() {
          #expect(figures.lower.elements[index] <= value * (1 + 1e-12))
          #expect(figures.upper.elements[index] >= value * (1 - 1e-12))
        }
      }
    }
    // Area 1's second sector is withheld: whoever reaches it has no value, an open bound and its mark.
    for area in 0..<Self.areaCount {
      let figure = result.hansen.figure(area: area, sector: 1)
      let meets = weights.row(area).contains { $0.column == 1 }
      #expect(figure.value.isNaN == meets && (figure.upper == .infinity) == meets)
      #expect(figure.status == (meets ? .confidential : []))
    }
  }

  @Test("Commuting keeps all counts: those who stay, and those of areas without commuters")
  func commutingKeepsCounts() {
    // Nobody commutes from or to the third area; a quarter of the first works outside.
    let flows = sparse(Matrix(rows: [[2, 1, 0], [1, 3, 0], [0, 0, 0]]))
    let commuting = Commuting(
      flows: flows, originOutside: [1, 0, 0], destinationOutside: [0, 4, 0])
    let counts = Table(exact: Matrix(rows: [[8], [40], [5]]))
    let provision = commuting.atWorkplace(counts, workerCount: 1)
    #expect(provision.value.elements == [14, 32, 5])
    #expect(provision.totalUpper == [14, 32, 5])
    let demand = commuting.atResidence(counts, workerCount: 1)
    #expect(closeness.holds(demand.value.elements, [31 / 3.0, 53 / 3.0, 5]))
    #expect(commuting.areasWithoutOrigins == [2] && commuting.areasWithoutDestinations == [2])
    #expect(commuting.partWorkingOutside == [0.25, 0, 0])
    #expect(commuting.partLivingOutside == [0, 0.5, 0])
  }

  @Test("Flows that cannot be balanced are never called balanced")
  func unbalanced() throws {
    // The second area reaches only the first, whose openings do not suffice for both.
    let impedance = Impedance(table: sparse(Matrix(rows: [[1, 0], [1, 0]])))
    let flows = try DoublyConstrained(
      people: Matrix(rows: [[1], [1]]), openings: Matrix(rows: [[1], [1]]), impedance: impedance,
      work, iterationLimit: 50)
    #expect(!flows.convergence[0].isReached)
    #expect(flows.convergence[0].marginalError >= 0.5)
    #expect(flows.convergence[0].unreachedCount == 1 && flows.convergence[0].iterationCount == 50)
    let few = try DoublyConstrained(
      people: counts(seed: 3), openings: counts(seed: 4),
      impedance: Impedance(table: sparse(weights())), work, iterationLimit: 2)
    #expect(few.convergence.allSatisfy { !$0.isReached && $0.marginalError > 1e-12 })
  }

  @Test("Flows meet their margins, and go on from a state that was kept")
  func margins() throws {
    let (weights, people, openings) = (weights(density: 1), counts(seed: 3), counts(seed: 4))
    let impedance = Impedance(table: sparse(weights))
    let kept = Mutex<[[Double]]>([])
    let whole = try DoublyConstrained(
      people: people, openings: openings, impedance: impedance,
      Work(workerCount: 1) { step in
        step.isEmpty
          ? .none
          : BlockKeeper(
            recall: { _, _ in nil },
            keep: { _, state in kept.withLock { $0.append(Array(state)) } })
      })
    for sector in 0..<2 {
      let scale = whole.convergence[sector].scale
      for area in 0..<Self.areaCount {
        let out = (0..<Self.areaCount).reduce(0) {
          $0 + whole.flow(from: area, to: $1, sector: sector, weight: weights[area, $1])
        }
        let into = (0..<Self.areaCount).reduce(0) {
          $0 + whole.flow(from: $1, to: area, sector: sector, weight: weights[$1, area])
        }
        #expect(Closeness.relative(1e-11).holds(out, people[area, sector]))
        #expect(Closeness.relative(1e-11).holds(into, openings[area, sector] * scale))
      }
    }
    let states = kept.withLock { $0 }
    #expect(states.count == whole.convergence.map(\.iterationCount).max())
    let half = states[states.count / 2]
    let resumed = try DoublyConstrained(
      people: people, openings: openings, impedance: impedance,
      Work(workerCount: 1) { _ in BlockKeeper(recall: { _, _ in half }, keep: { _, _ in }) })
    #expect(areIdentical(resumed.originFactors.elements, whole.originFactors.elements))
    #expect(areIdentical(resumed.destinationFactors.elements, whole.destinationFactors.elements))
    #expect(resumed.convergence == whole.convergence)
  }
}
