import Mismatch
import Support
import Testing

/// An exact result may miss a bound by the rounding of the arithmetic that made both.
private let closeness = Closeness.either(1e-10)
private let drawsPerGrid = 150

struct MeasureContainmentTests {
  @Test(
    "Whatever counts lie within the bounds, the result lies within the measure's bounds",
    arguments: Measure.catalogue)
  func boundsHold(measure: Measure) {
    var comparedCount = 0
    for random in RandomGrid.bounded {
      let bounds = Array(measure.figures(random.grid).joined())
      var source = RandomSource(seed: random.seed, stream: 200)
      for draw in 0..<drawsPerGrid {
        let drawn = random.drawInside(&source)
        for (figure, exact) in zip(bounds, measure.figures(drawn).joined()) where exact.isDefined {
          comparedCount += figure.lower.isNaN ? 0 : 1
          let isInside = closeness.holds(exact.value, within: figure.lower, figure.upper)
          #expect(isInside, "\(random), draw \(draw): \(exact.value) of \(figure)")
        }
      }
    }
    #expect(comparedCount > 1000)
  }

  @Test(
    "Grids inside the bounds have figures inside, and wide bounds are wide",
    arguments: Measure.catalogue)
  func boundsWidenWithCounts(measure: Measure) {
    var wideCount = 0
    for random in RandomGrid.bounded where random.shape == .bounded {
      var source = RandomSource(seed: random.seed, stream: 201)
      let inner = random.drawInside(&source)
      let narrow = measure.figures(inner).joined()
      for (wide, narrow) in zip(measure.figures(random.grid).joined(), narrow) {
        guard narrow.isDefined, !wide.lower.isNaN, !wide.upper.isNaN else { continue }
        #expect(closeness.holds(narrow.value, within: wide.lower, wide.upper), "\(random)")
        wideCount += wide.upper > wide.lower ? 1 : 0
      }
    }
    #expect(wideCount > 0)
  }

  @Test("A share's bounds are reached by counts within the bounds")
  func shareBoundsAreReached() {
    var reached = (lower: 0, upper: 0)
    for random in RandomGrid.bounded where random.shape == .bounded {
      let shares = Measure.provisionShare.figures(random.grid)
      for area in random.grid.areas.codes.indices {
        let cells = random.grid.provision.profile(area: area).cells
        for sector in cells.indices where cells[sector].lower > 0 {
          let least = cells.enumerated().map { $0 == sector ? $1.lower : $1.upper }
          let most = cells.enumerated().map { $0 == sector ? $1.upper : $1.lower }
          let share = shares[area][sector]
          #expect(closeness.holds(share.lower, least[sector] / least.reduce(0, +)))
          #expect(closeness.holds(share.upper, most[sector] / most.reduce(0, +)))
          reached.lower += share.lower < share.value ? 1 : 0
          reached.upper += share.upper > share.value ? 1 : 0
        }
      }
    }
    #expect(reached.lower > 0 && reached.upper > 0)
  }

  @Test(
    "A single withheld cell leaves the figures of other areas as they are",
    arguments: Measure.catalogue)
  func withheldCellStaysLocal(measure: Measure) {
    let grid = RandomGrid(.exact, seed: 3).grid
    var value = grid.provision.value
    var upper = grid.provision.upper
    var status = grid.provision.figures.status
    var totalUpper = grid.provision.totalUpper
    var lower = grid.provision.lower
    (value[0, 0], lower[0, 0], upper[0, 0], totalUpper[0]) = (.nan, 0, .infinity, .infinity)
    status[0] = .confidential
    var totalLower = grid.provision.totalLower
    totalLower[0] -= grid.provision.value[0, 0]
    let table = Table(
      value: value, lower: lower, upper: upper, status: status, totalLower: totalLower,
      totalUpper: totalUpper)
    let before = measure.figures(grid)
    let after = measure.figures(grid.with(provision: table))
    // A measure that compares areas sees the withheld cell in every area's comparison with all.
    let isLocal = !measure.laws.contains(.comparesAreas)
    for area in grid.areas.codes.indices where area > 0 && isLocal {
      #expect(after[area] == before[area])
    }
    let seesProvision = ![Measure.demandShare.name, Measure.locationQuotientDemand.name]
      .contains(measure.name)
    #expect(after[0].contains { !$0.isDefined } == seesProvision)
  }
}
