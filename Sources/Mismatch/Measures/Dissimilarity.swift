extension Measure {
  package static let dissimilarity = Measure(
    name: "dissimilarity",
    summary: "Share of provision that would have to change sector to match demand's shares",
    unit: "share", formula: "D = 1/2 Σ |p - q|",
    source: "Duncan and Duncan (1955), https://doi.org/10.2307/2088328; Jackman and Roper (1987)",
    range: 0...1, laws: [.zeroAtMatch, .scaleInvariant, .symmetric],
    evaluation: .perArea { dissimilarityIndex(shares(of: $0)) })

  package static let jackmanRoper2 = Measure(
    name: "jackman_roper_2",
    summary: "Share of matches lost to mismatch under equal matching elasticities", unit: "share",
    formula: "1 - Σ √(p q)",
    source: "Jackman and Roper (1987), https://doi.org/10.1111/j.1468-0084.1987.mp49001002.x",
    range: 0...1, laws: [.zeroAtMatch, .scaleInvariant, .symmetric],
    evaluation: .perArea { pair in
      areaIndex(
        shares(of: pair), value: { 1 - sum($0, $1) { ($0.value * $1.value).squareRoot() } },
        bounds: { p, q in
          (
            1 - sum(p, q) { ($0.upper * $1.upper).squareRoot() },
            1 - sum(p, q) { ($0.lower * $1.lower).squareRoot() }
          )
        })
    })

  package static let halfTriangular = Measure(
    name: "half_triangular",
    summary: "Half the triangular discrimination of the two share profiles",
    unit: "share", formula: "1/2 Σ (p - q)² / (p + q), terms with p = q = 0 omitted",
    source: "Topsøe (2000), https://doi.org/10.1109/18.850703", range: 0...1,
    laws: [.zeroAtMatch, .scaleInvariant, .symmetric],
    evaluation: .perArea { pair in
      areaIndex(
        shares(of: pair), value: { sum($0, $1) { triangular($0.value, $1.value) } / 2 },
        bounds: { p, q in
          let apart = { (p: Figure, q: Figure) in
            (least: triangular(p.lower, q.upper), most: triangular(p.upper, q.lower))
          }
          let lower = sum(p, q) { p, q in
            let ends = apart(p, q)
            return p.lower <= q.upper && q.lower <= p.upper ? 0 : min(ends.least, ends.most)
          }
          let upper = sum(p, q) { p, q in
            let ends = apart(p, q)
            return max(ends.least, ends.most)
          }
          return (lower / 2, upper / 2)
        })
    })

  package static let traineesToMove = Measure(
    name: "trainees_to_move",
    summary: "Units of provision that would have to change sector to match demand's shares",
    unit: "count", formula: "D × T.",
    source: "Duncan and Duncan (1955), https://doi.org/10.2307/2088328",
    range: 0...Double.infinity, laws: [.zeroAtMatch],
    evaluation: .perArea { pair in
      let index = dissimilarityIndex(shares(of: pair))
      let total = pair.provision.total
      return Figure(
        index.value * total.value, lower: index.lower * total.lower,
        upper: index.upper == 0 ? 0 : index.upper * total.upper, status: index.status
      ).snapped()
    })
}

/// D = Σ max(p - q, 0) = Σ max(q - p, 0): each form bounds it from both sides, and the tighter counts.
private func dissimilarityIndex(_ shares: (provision: [Figure], demand: [Figure])) -> Figure {
  areaIndex(
    shares, value: { sum($0, $1) { abs($0.value - $1.value) } / 2 },
    bounds: { p, q in
      (
        max(sum(p, q) { max($0.lower - $1.upper, 0) }, sum(p, q) { max($1.lower - $0.upper, 0) }),
        min(sum(p, q) { max($0.upper - $1.lower, 0) }, sum(p, q) { max($1.upper - $0.lower, 0) })
      )
    })
}

/// An index of an area's two share profiles, kept within 0...1.
///
/// Undefined, with the shares' reasons, where either side has no count. Bounds hold but are not sharp:
/// shares are taken as if they varied independently within their bounds. Exact shares have an exact index.
private func areaIndex(
  _ shares: (provision: [Figure], demand: [Figure]), value: ([Figure], [Figure]) -> Double,
  bounds: ([Figure], [Figure]) -> (lower: Double, upper: Double)
) -> Figure {
  let clamped = { (x: Double) in x.isNaN ? x : min(1, max(0, x)) }
  var figure = Figure(exact: clamped(value(shares.provision, shares.demand)))
  for side in [shares.provision, shares.demand] {
    figure.status = side.reduce(into: figure.status) { $0.formUnion($1.status) }
  }
  if shares.provision.allSatisfy(\.isExact) && shares.demand.allSatisfy(\.isExact) {
    return figure
  }
  let ends = bounds(shares.provision, shares.demand)
  (figure.lower, figure.upper) = (clamped(ends.lower), clamped(ends.upper))
  return figure.snapped()
}

/// The sum over sectors of a function of both shares.
private func sum(
  _ provision: [Figure], _ demand: [Figure], _ term: (Figure, Figure) -> Double
) -> Double {
  zip(provision, demand).reduce(0) { $0 + term($1.0, $1.1) }
}

private func triangular(_ p: Double, _ q: Double) -> Double {
  p + q == 0 ? 0 : (p - q) * (p - q) / (p + q)
}
