import Foundation
import Mismatch
import Support
import Testing

/// Two ways of adding up a few dozen terms.
private let closeness = Closeness.either(1e-11)

/// Counts by area and sector, and sums of them, as the measures' formulas name them.
private struct Counts {
  let t: [[Double]]
  let v: [[Double]]

  func p(_ a: Int, _ s: Int) -> Double { t[a][s] / total(t[a]) }
  func q(_ a: Int, _ s: Int) -> Double { v[a][s] / total(v[a]) }
  func column(_ side: [[Double]], _ s: Int) -> Double { total(side.map { $0[s] }) }
  func all(_ side: [[Double]]) -> Double { total(side.map(total)) }
  func total(_ counts: [Double]) -> Double { counts.reduce(0, +) }

  /// The sum over the sectors of an area.
  func sum(_ a: Int, _ term: (Int) -> Double) -> Double { total(t[a].indices.map(term)) }

  func quotient(_ side: [[Double]], _ a: Int, _ s: Int) -> Double {
    let overall = column(side, s) / all(side)
    return overall == 0 ? .nan : side[a][s] / total(side[a]) / overall
  }
}

/// The mutual information of side and sector from probabilities of cells, and the entropy of side.
private func information(_ counts: Counts, _ area: Int) -> (value: Double, entropy: Double) {
  let sides = [counts.t[area], counts.v[area]]
  let all = sides.map(counts.total).reduce(0, +)
  var sum = 0.0
  for side in sides {
    for (sector, count) in side.enumerated() where count > 0 {
      let both = counts.t[area][sector] + counts.v[area][sector]
      sum += count / all * log(count * all / (both * counts.total(side)))
    }
  }
  let shares = sides.map { counts.total($0) / all }
  // A side without counts has shares 0/0, and all that follows from them is undefined.
  guard !shares.contains(0) else { return (.nan, .nan) }
  return (sum, shares.reduce(0) { $0 - $1 * log($1) })
}

/// Each measure by its formula, in IEEE 754 arithmetic: x/0 is infinite and 0/0 is NaN of itself.
private let twins: [String: @Sendable (Counts, _ area: Int, _ sector: Int) -> Double] = [
  "provision_share": { $0.p($1, $2) },
  "demand_share": { $0.q($1, $2) },
  "share_gap_pp": { 100 * ($0.p($1, $2) - $0.q($1, $2)) },
  "gap": { $0.t[$1][$2] - $0.v[$1][$2] },
  "provision_per_vacancy": { $0.t[$1][$2] / $0.v[$1][$2] },
  "share_ratio": { $0.p($1, $2) / $0.q($1, $2) },
  "relative_index": { counts, a, s in
    counts.t[a][s] / counts.column(counts.t, s) / (counts.v[a][s] / counts.column(counts.v, s))
  },
  "location_quotient_provision": { $0.quotient($0.t, $1, $2) },
  "location_quotient_demand": { $0.quotient($0.v, $1, $2) },
  "dissimilarity": { counts, a, _ in
    counts.sum(a) { abs(counts.p(a, $0) - counts.q(a, $0)) } / 2
  },
  "jackman_roper_2": { counts, a, _ in
    1 - counts.sum(a) { (counts.p(a, $0) * counts.q(a, $0)).squareRoot() }
  },
  "half_triangular": { counts, a, _ in
    counts.sum(a) {
      let (p, q) = (counts.p(a, $0), counts.q(a, $0))
      return p == 0 && q == 0 ? 0 : (p - q) * (p - q) / (p + q)
    } / 2
  },
  "mutual_information": { counts, a, _ in information(counts, a).value },
  "entropy_index": { counts, a, _ in information(counts, a).value / information(counts, a).entropy
  },
  "trainees_to_move": { counts, a, _ in
    counts.sum(a) { abs(counts.p(a, $0) - counts.q(a, $0)) } / 2 * counts.total(counts.t[a])
  },
  "matched": { counts, a, _ in counts.sum(a) { min(counts.t[a][$0], counts.v[a][$0]) } },
  "surplus_provision": { counts, a, _ in counts.sum(a) { max(counts.t[a][$0] - counts.v[a][$0], 0) }
  },
  "surplus_demand": { counts, a, _ in counts.sum(a) { max(counts.v[a][$0] - counts.t[a][$0], 0) } },
]

struct MeasureTwinTests {
  @Test("Every measure has a twin and a name of its own")
  func everyMeasureHasTwin() {
    #expect(Measure.catalogue.map(\.name).sorted() == twins.keys.sorted())
  }

  @Test("A measure equals its formula, written naively", arguments: Measure.catalogue)
  func measureEqualsFormula(measure: Measure) throws {
    let twin = try #require(twins[measure.name])
    var seen = (defined: 0, undefined: 0)
    for random in RandomGrid.exact {
      let counts = Counts(t: random.grid.provision.value.rows, v: random.grid.demand.value.rows)
      for (area, figures) in measure.figures(random.grid).enumerated() {
        #expect(figures.count == (measure.isPerCell ? counts.t[area].count : 1))
        for (sector, figure) in figures.enumerated() {
          let expected = twin(counts, area, sector)
          let isSame = closeness.holds(figure.value, expected)
          #expect(isSame, "\(random) \(area) \(sector): \(figure.value), not \(expected)")
          if expected.isNaN { seen.undefined += 1 } else { seen.defined += 1 }
        }
      }
    }
    #expect(seen.defined > 50)
    let isAlwaysDefined = ["gap", "matched", "surplus_provision", "surplus_demand"]
      .contains(measure.name)
    #expect((seen.undefined > 0) == !isAlwaysDefined)
  }

  @Test("Mismatch indices keep their known order")
  func knownInequalities() throws {
    for random in RandomGrid.exact {
      for area in random.grid.areas.codes.indices {
        let pair = random.grid.pair(area: area)
        let d = try #require(Measure.dissimilarity.area(pair)).value
        let hellinger = try #require(Measure.jackmanRoper2.area(pair)).value
        let triangular = try #require(Measure.halfTriangular.area(pair)).value
        guard !d.isNaN else { continue }
        // Topsøe (2000): d² ≤ triangular/2 ≤ d; Le Cam: h² ≤ d, and triangular/2 is within h²...2h².
        #expect(d * d <= triangular + 1e-12 && triangular <= d + 1e-12, "\(random)")
        #expect(hellinger <= d + 1e-12 && hellinger <= triangular + 1e-12, "\(random)")
        #expect(triangular <= 2 * hellinger + 1e-12, "\(random)")
      }
    }
  }

  @Test("Matched and surplus counts make up each side")
  func matchedAndSurplusMakeUpSides() throws {
    for random in RandomGrid.exact {
      for area in random.grid.areas.codes.indices {
        let pair = random.grid.pair(area: area)
        let matched = try #require(Measure.matched.area(pair)).value
        let over = try #require(Measure.surplusProvision.area(pair)).value
        let under = try #require(Measure.surplusDemand.area(pair)).value
        #expect(closeness.holds(matched + over, pair.provision.total.value), "\(random)")
        #expect(closeness.holds(matched + under, pair.demand.total.value), "\(random)")
      }
    }
  }
}
