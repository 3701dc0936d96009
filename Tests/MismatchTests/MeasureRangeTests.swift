import Mismatch
import Support
import Testing

struct MeasureRangeTests {
  @Test("Values lie within the declared range", arguments: Measure.catalogue)
  func valuesLieInRange(measure: Measure) {
    var definedCount = 0
    for random in RandomGrid.all {
      for figure in measure.figures(random.grid).joined() where figure.isDefined {
        definedCount += 1
        #expect(measure.range.contains(figure.value), "\(random)")
      }
    }
    #expect(definedCount > 0)
  }

  @Test("Bounds lie within the declared range", arguments: Measure.catalogue)
  func boundsLieInRange(measure: Measure) {
    var definedCount = 0
    for random in RandomGrid.all {
      for figure in measure.figures(random.grid).joined() {
        for bound in [figure.lower, figure.upper] where !bound.isNaN {
          definedCount += 1
          #expect(measure.range.contains(bound), "\(random)")
        }
      }
    }
    #expect(definedCount > 0)
  }

  @Test("A value lies between its bounds, to the last bit", arguments: Measure.catalogue)
  func valuesLieBetweenBounds(measure: Measure) {
    var comparedCount = 0
    for random in RandomGrid.all {
      for figure in measure.figures(random.grid).joined() {
        comparedCount += figure.isDefined && !figure.lower.isNaN ? 1 : 0
        #expect(!(figure.lower > figure.value), "\(random): \(figure)")
        #expect(!(figure.upper < figure.value), "\(random): \(figure)")
        #expect(!(figure.lower > figure.upper), "\(random): \(figure)")
      }
    }
    #expect(comparedCount > 0)
  }

  @Test("What is undefined says why", arguments: Measure.catalogue)
  func undefinedValuesHaveStatus(measure: Measure) {
    var undefinedCount = 0
    for random in RandomGrid.all {
      for figure in measure.figures(random.grid).joined() where !figure.isDefined {
        undefinedCount += 1
        #expect(!figure.status.isEmpty, "\(random)")
      }
    }
    #expect(undefinedCount > 0, "no grid makes it undefined")
  }

  @Test(
    "What is made of exact counts is exact or undefined, and has no mark",
    arguments: Measure.catalogue)
  func exactCountsGiveExactFigures(measure: Measure) {
    let closeness = Closeness.either(1e-12)
    for random in RandomGrid.exact {
      for figure in measure.figures(random.grid).joined() {
        guard figure.isDefined else { continue }
        #expect(figure.status.isEmpty, "\(random)")
        // x/0 has no lower bound: 0/0 is as possible within the bounds.
        #expect(closeness.holds(figure.value, within: figure.lower, figure.upper), "\(random)")
        if !figure.lower.isNaN { #expect(closeness.holds(figure.lower, figure.value), "\(random)") }
        if !figure.upper.isNaN { #expect(closeness.holds(figure.upper, figure.value), "\(random)") }
      }
    }
  }

  @Test("A figure carries the marks of every count that it needs")
  func marksTravel() {
    var markedCount = 0
    for random in RandomGrid.all where random.shape == .withheld {
      let gaps = Measure.gap.figures(random.grid)
      for area in random.grid.areas.codes.indices {
        let pair = random.grid.pair(area: area)
        for sector in random.grid.sectors.codes.indices {
          let marks = pair.provision.cells[sector].status.union(pair.demand.cells[sector].status)
          markedCount += marks.isEmpty ? 0 : 1
          #expect(gaps[area][sector].status == marks)
          #expect(gaps[area][sector].isDefined == marks.isEmpty)
        }
        let marks = pair.provision.total.status.union(pair.demand.total.status)
        let index = Measure.dissimilarity.area(pair)
        #expect(index?.isDefined == marks.isEmpty)
        #expect(index?.status.contains(marks) == true)
      }
    }
    #expect(markedCount > 0)
  }
}

extension Measure: CustomTestStringConvertible {
  package var testDescription: String { name }
}
