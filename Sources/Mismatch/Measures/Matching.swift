extension Measure {
  package static let matched = Measure(
    name: "matched", summary: "Units of provision that find demand in their own sector",
    unit: "count",
    formula: "Σ min(T, V)",
    source: "Jackman and Roper (1987), https://doi.org/10.1111/j.1468-0084.1987.mp49001002.x",
    range: 0...Double.infinity, laws: [.symmetric],
    evaluation: .perArea { pair in
      var figure = sum(pair) { $0.isNaN || $1.isNaN ? .nan : min($0, $1) }
      figure.upper = min(figure.upper, pair.provision.total.upper, pair.demand.total.upper)
      return figure.snapped()
    })

  package static let surplusProvision = Measure(
    name: "surplus_provision", summary: "Units of provision beyond demand in their sector",
    unit: "count", formula: "Σ max(T - V, 0)",
    source: "Jackman and Roper (1987), https://doi.org/10.1111/j.1468-0084.1987.mp49001002.x",
    range: 0...Double.infinity, laws: [.zeroAtMatch],
    evaluation: .perArea { surplus($0.provision, over: $0.demand) })

  package static let surplusDemand = Measure(
    name: "surplus_demand", summary: "Units of demand beyond provision in their sector",
    unit: "count", formula: "Σ max(V - T, 0)",
    source: "Jackman and Roper (1987), https://doi.org/10.1111/j.1468-0084.1987.mp49001002.x",
    range: 0...Double.infinity, laws: [.zeroAtMatch],
    evaluation: .perArea { surplus($0.demand, over: $0.provision) })
}

/// A sum over sectors of a function that rises with both sides.
private func sum(_ pair: ProfilePair, _ term: (Double, Double) -> Double) -> Figure {
  let cells = zip(pair.provision.cells, pair.demand.cells)
  return Figure(
    cells.reduce(0) { $0 + term($1.0.value, $1.1.value) },
    lower: cells.reduce(0) { $0 + term($1.0.lower, $1.1.lower) },
    upper: cells.reduce(0) { $0 + term($1.0.upper, $1.1.upper) },
    status: pair.provision.total.status.union(pair.demand.total.status))
}

private func surplus(_ side: Profile, over other: Profile) -> Figure {
  let cells = zip(side.cells, other.cells)
  return Figure(
    cells.reduce(0) { $0 + excess($1.0.value, $1.1.value) },
    lower: cells.reduce(0) { $0 + excess($1.0.lower, $1.1.upper) },
    upper: cells.reduce(0) { $0 + excess($1.0.upper, $1.1.lower) },
    status: side.total.status.union(other.total.status))
}

/// How far `a` goes beyond `b`; undefined where either is.
private func excess(_ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : max(a - b, 0)
}
