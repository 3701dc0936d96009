import Mismatch
import Support
import Testing

/// Laws compare two ways of adding up a few dozen terms; shares and ratios of them lose a few digits
/// more, percentage points two.
private let closeness = Closeness.either(1e-10)

struct MeasureLawTests {
  @Test("0 where demand is a multiple of provision", arguments: Measure.declaring(.zeroAtMatch))
  func zeroAtMatch(measure: Measure) {
    // Differences of counts are 0 only where the counts are equal.
    let factors = measure.unit == "count" ? [1.0] : [1.0, 2.5, 0.125]
    expectAtMatch(measure, factors: factors, value: 0)
  }

  @Test("1 where demand is a multiple of provision", arguments: Measure.declaring(.oneAtMatch))
  func oneAtMatch(measure: Measure) {
    expectAtMatch(measure, factors: [1, 2.5, 0.125], value: 1)
  }

  private func expectAtMatch(_ measure: Measure, factors: [Double], value: Double) {
    var definedCount = 0
    for random in RandomGrid.exact {
      for factor in factors {
        let grid = random.grid.with(demand: random.grid.provision.scaled(by: factor))
        for figure in measure.figures(grid).joined() where figure.isDefined {
          definedCount += 1
          #expect(closeness.holds(figure.value, value), "\(random), times \(factor)")
          #expect(closeness.holds(figure.lower, value), "\(random), times \(factor)")
          #expect(closeness.holds(figure.upper, value), "\(random), times \(factor)")
        }
      }
    }
    #expect(definedCount > 0)
  }

  @Test("Unchanged when one side is multiplied", arguments: Measure.declaring(.scaleInvariant))
  func scaleInvariant(measure: Measure) {
    for random in RandomGrid.all {
      let figures = measure.figures(random.grid)
      for factor in [7.5, 1.0 / 3] {
        let more = random.grid.provision.scaled(by: factor)
        let wanted = random.grid.demand.scaled(by: factor)
        expectSame(figures, measure.figures(random.grid.with(provision: more)), "\(random)")
        expectSame(figures, measure.figures(random.grid.with(demand: wanted)), "\(random)")
      }
    }
  }

  @Test("Measures that do not declare it do change with scale")
  func scaleChangesTheOthers() throws {
    let random = RandomGrid(.exact, seed: 1)
    let scaled = random.grid.with(provision: random.grid.provision.scaled(by: 2))
    let others = Measure.catalogue.filter { !$0.laws.contains(.scaleInvariant) }
    // Counts, a ratio of both sides' counts, and information, in which a side weighs by its total.
    #expect(
      others.map(\.name) == [
        "gap", "provision_per_vacancy", "mutual_information", "entropy_index", "trainees_to_move",
        "matched", "surplus_provision", "surplus_demand",
      ])
    for measure in others {
      let before = measure.figures(random.grid).joined().map(\.value)
      #expect(!closeness.holds(before, measure.figures(scaled).joined().map(\.value)))
    }
  }

  @Test("Adds up when areas are merged", arguments: Measure.declaring(.additive))
  func additive(measure: Measure) {
    for random in RandomGrid.all where random.grid.areas.count > 1 {
      let everything = random.grid.pooled(random.grid.areas.codes.indices)
      let merged = measure.figures(random.grid.pooled([0, 1]), allAreas: everything)
      let figures = measure.figures(random.grid)
      let sums = zip(figures[0], figures[1]).map { first, second in
        Figure(
          first.value + second.value, lower: first.lower + second.lower,
          upper: first.upper + second.upper, status: first.status.union(second.status))
      }
      expectSame([merged], [sums], "\(random)")
    }
  }

  @Test("Sums to 0 over an area's sectors", arguments: Measure.declaring(.sumsToZero))
  func sumsToZero(measure: Measure) {
    expectSums(of: measure, to: 0)
  }

  @Test("Sums to 1 over an area's sectors", arguments: Measure.declaring(.sumsToOne))
  func sumsToOne(measure: Measure) {
    expectSums(of: measure, to: 1)
  }

  private func expectSums(of measure: Measure, to sum: Double) {
    var definedCount = 0
    for random in RandomGrid.all {
      for area in measure.figures(random.grid) {
        let values = area.map(\.value)
        guard !values.contains(where: \.isNaN) else {
          #expect(random.shape == .withheld || values.allSatisfy(\.isNaN), "\(random)")
          continue
        }
        definedCount += 1
        #expect(closeness.holds(values.reduce(0, +), sum), "\(random)")
      }
    }
    #expect(definedCount > 0)
  }

  @Test("Exchanging the sides changes nothing", arguments: Measure.declaring(.symmetric))
  func symmetric(measure: Measure) {
    for random in RandomGrid.all {
      let swapped = random.grid.with(
        provision: random.grid.demand, demand: random.grid.provision)
      let exchanged = measure.figures(swapped).map { $0.map(exchangedReasons) }
      expectSame(measure.figures(random.grid), exchanged, "\(random)")
    }
  }

  /// The figure with the reasons of an empty side exchanged too.
  private func exchangedReasons(_ figure: Figure) -> Figure {
    let reasons: Status = [.noProvision, .noDemand]
    var exchanged = figure
    exchanged.status.subtract(reasons)
    if figure.status.contains(.noProvision) { exchanged.status.insert(.noDemand) }
    if figure.status.contains(.noDemand) { exchanged.status.insert(.noProvision) }
    return exchanged
  }

  @Test("Measures that do not declare it do change with the sides")
  func sidesMatterToTheOthers() {
    let random = RandomGrid(.exact, seed: 2)
    let swapped = random.grid.with(provision: random.grid.demand, demand: random.grid.provision)
    for measure in Measure.catalogue where !measure.laws.contains(.symmetric) {
      let before = measure.figures(random.grid).joined().map(\.value)
      let after = measure.figures(swapped).joined().map(\.value)
      #expect(!closeness.holds(before, after), "\(measure.name)")
    }
  }

  @Test("Another order of areas and sectors only moves the figures", arguments: Measure.catalogue)
  func orderInvariant(measure: Measure) {
    for random in RandomGrid.all {
      var choice = RandomSource(seed: random.seed, stream: 100)
      let areas = Array(random.grid.areas.codes.indices).shuffled(using: &choice)
      let sectors = Array(random.grid.sectors.codes.indices).shuffled(using: &choice)
      let grid = random.grid.with(
        provision: random.grid.provision.permuted(areas: areas, sectors: sectors),
        demand: random.grid.demand.permuted(areas: areas, sectors: sectors))
      let figures = measure.figures(random.grid)
      let expected = areas.map { area in
        measure.isPerCell ? sectors.map { figures[area][$0] } : figures[area]
      }
      expectSame(measure.figures(grid), expected, "\(random)")
    }
  }

  @Test(
    "Merging two identical areas changes no scale-invariant measure",
    arguments: Measure.declaring(.scaleInvariant))
  func mergingTwins(measure: Measure) {
    for random in RandomGrid.all {
      let areas = Array(random.grid.areas.codes.indices)
      let sectors = Array(random.grid.sectors.codes.indices)
      let grid = random.grid.with(
        provision: random.grid.provision.permuted(areas: areas + [0], sectors: sectors),
        demand: random.grid.demand.permuted(areas: areas + [0], sectors: sectors))
      let everything = grid.pooled(grid.areas.codes.indices)
      let alone = measure.figures(grid.pair(area: 0), allAreas: everything)
      let merged = measure.figures(grid.pooled([0, areas.count]), allAreas: everything)
      // Beside all areas an area's bounds also depend on how much of the whole varies with it.
      let withBounds = !measure.laws.contains(.comparesAreas)
      expectSame([merged], [alone], "\(random)", withBounds: withBounds || random.hasExactCounts)
    }
  }

  private func expectSame(
    _ actual: [[Figure]], _ expected: [[Figure]], _ comment: Comment, withBounds: Bool = true,
    at location: SourceLocation = #_sourceLocation
  ) {
    let (actual, expected) = (Array(actual.joined()), Array(expected.joined()))
    for part in withBounds ? [\Figure.value, \.lower, \.upper] : [\.value] {
      let (left, right) = (actual.map { $0[keyPath: part] }, expected.map { $0[keyPath: part] })
      let isSame = closeness.holds(left, right)
      #expect(isSame, comment, sourceLocation: location)
    }
    #expect(actual.map(\.status) == expected.map(\.status), comment, sourceLocation: location)
  }
}
