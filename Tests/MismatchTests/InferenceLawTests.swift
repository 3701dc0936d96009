import Dense
import Mismatch
import Support
import Testing

/// Limits come from iterations that end at some 1e-15 of their own size.
private let closeness = Closeness.either(1e-9)

/// Laws of intervals and calls on grids of every shape, for every measure that has a sampling form.
struct InferenceLawTests {
  private static let formed = Measure.counts + Measure.catalogue.filter { $0.sampling != nil }

  private func inference(
    _ grid: Grid, _ change: (inout InferenceRule) -> Void = { _ in }, workerCount: Int = 1
  ) -> Inference {
    var rule = InferenceRule()
    change(&rule)
    return Inference(grid, measures: Measure.catalogue, rule: rule, workerCount: workerCount)
  }

  @Test("Intervals hold the value and what they are made of, within the measure's range")
  func nested() {
    var comparedCount = 0
    for random in RandomGrid.all {
      let inference = inference(random.grid)
      #expect(inference.measures.map(\.name) == Self.formed.map(\.name))
      for intervals in inference.byMeasure {
        let place = Comment(rawValue: "\(intervals.measure.name), \(random)")
        for cell in intervals.cells {
          guard !cell.value.isNaN else {
            #expect(cell.combined.lower.isNaN && cell.sampling.lower.isNaN, place)
            continue
          }
          comparedCount += 1
          let whole = cell.combined
          for part in [cell.sampling, cell.bounds] {
            #expect(closeness.holds(cell.value, within: part.lower, part.upper), place)
            let isHeld = { (end: Double) in
              end.isNaN || closeness.holds(end, within: whole.lower, whole.upper)
            }
            #expect(isHeld(part.lower) && isHeld(part.upper), place)
          }
          #expect(whole.lower.isNaN || intervals.measure.range.contains(whole.lower), place)
          #expect(whole.upper.isNaN || intervals.measure.range.contains(whole.upper), place)
        }
      }
    }
    #expect(comparedCount > 1000)
  }

  @Test("Findings do not depend on whether all intervals are wanted")
  func withoutIntervals() {
    for random in RandomGrid.all {
      let whole = inference(random.grid)
      let part = Inference(
        random.grid, measures: Measure.catalogue, rule: InferenceRule(), includesIntervals: false,
        workerCount: 1)
      #expect(part.measures.isEmpty)
      #expect("\(part.findings)" == "\(whole.findings)", "\(random)")
    }
  }

  @Test("A higher level makes every sampling interval wider")
  func level() {
    for random in RandomGrid.exact {
      let narrow = inference(random.grid) { $0.level = 0.5 }
      let wide = inference(random.grid) { $0.level = 0.99 }
      for (narrow, wide) in zip(narrow.byMeasure, wide.byMeasure) {
        for (inner, outer) in zip(narrow.cells, wide.cells) where !inner.value.isNaN {
          #expect(!(outer.sampling.lower > inner.sampling.lower), "\(narrow.measure.name)")
          #expect(!(outer.sampling.upper < inner.sampling.upper), "\(narrow.measure.name)")
        }
      }
    }
  }

  @Test(
    "Whatever counts lie within the bounds, their sampling interval lies within the combined one")
  func containment() {
    for random in RandomGrid.bounded where random.shape != .withheld {
      let wide = inference(random.grid)
      var source = RandomSource(seed: random.seed, stream: 300)
      for _ in 0..<20 {
        let drawn = inference(random.drawInside(&source)) { $0.kinds = .sampling }
        for (wide, drawn) in zip(wide.byMeasure, drawn.byMeasure) {
          for (outer, inner) in zip(wide.cells, drawn.cells) where !inner.value.isNaN {
            let place = Comment(rawValue: "\(wide.measure.name), \(random)")
            let (lower, upper) = (outer.combined.lower, outer.combined.upper)
            #expect(closeness.holds(inner.sampling.lower, within: lower, .infinity), place)
            #expect(closeness.holds(inner.sampling.upper, within: -.infinity, upper), place)
          }
        }
      }
    }
  }

  @Test(
    "No counts within the bounds are called the other way, nor less surely",
    arguments: NullHypothesis.allCases)
  func worstCase(null: NullHypothesis) {
    var calledCount = 0
    for random in RandomGrid.bounded {
      let bounded = inference(random.grid) { $0.null = null }
      var source = RandomSource(seed: random.seed, stream: 301)
      for _ in 0..<20 {
        let drawn = inference(random.drawInside(&source)) { $0.null = null }
        for (worst, finding) in zip(bounded.findings, drawn.findings) {
          guard let limit = worst.pValue, limit <= 0.05, let pValue = finding.pValue else {
            continue
          }
          calledCount += 1
          // Two-sided sums against no gap do not rise step by step: `ShareTestTests` holds their tails.
          #expect(null == .zero || pValue <= max(limit * (1 + 1e-6), 1e-9), "\(random)")
          #expect((worst.gap > 0) == (finding.gap > 0), "\(random)")
        }
      }
    }
    #expect(calledCount > 100)
  }

  @Test("Threads and the order of areas and sectors only move the findings")
  func order() {
    for random in RandomGrid.all {
      let areas = Array(random.grid.areas.codes.indices.reversed())
      let sectors = Array(random.grid.sectors.codes.indices.reversed())
      let moved = random.grid.with(
        provision: random.grid.provision.permuted(areas: areas, sectors: sectors),
        demand: random.grid.demand.permuted(areas: areas, sectors: sectors))
      let own = inference(random.grid)
      let parallel = inference(random.grid, workerCount: 3)
      let reversed = inference(moved)
      let others = [
        (parallel.findings, parallel.ranks),
        (Array(reversed.findings.reversed()), Array(reversed.ranks.reversed())),
      ]
      for (findings, ranks) in others {
        #expect(ranks == own.ranks)
        for (finding, other) in zip(own.findings, findings) {
          #expect(finding.call == other.call)
          #expect(closeness.holds(finding.adjusted ?? .nan, other.adjusted ?? .nan))
        }
      }
    }
  }

  @Test("No gap is not tested where nothing is counted")
  func familyOfZero() {
    let counts = [[0.0, 5, 3], [2, 1, 9]]
    let findings = inference(makeGrid(provision: counts, demand: [[0, 2, 6], [0, 8, 1]])) {
      $0.null = .zero
    }.findings
    #expect(findings.map { $0.pValue == nil } == [true, false, false, false, false, false])
    #expect(findings[0].call == nil)
  }

  @Test("The family is the cells whose share gap is defined in sectors that occur")
  func family() {
    for random in RandomGrid.all {
      for (place, finding) in inference(random.grid).findings.enumerated() {
        let isEmpty =
          random.shape == .emptySector && place % random.grid.sectors.count == 0
        #expect((finding.pValue != nil) == (!finding.gap.isNaN && !isEmpty), "\(random)")
        #expect((finding.call == nil) == (finding.pValue == nil), "\(random)")
      }
    }
  }

  @Test("Exchanging the sides turns over into under")
  func exchange() {
    for random in RandomGrid.all {
      let swapped = inference(
        random.grid.with(provision: random.grid.demand, demand: random.grid.provision))
      for (finding, mirror) in zip(inference(random.grid).findings, swapped.findings) {
        #expect(closeness.holds(finding.pValue ?? .nan, mirror.pValue ?? .nan), "\(random)")
        #expect((finding.call == .over) == (mirror.call == .under), "\(random)")
      }
    }
  }
}
