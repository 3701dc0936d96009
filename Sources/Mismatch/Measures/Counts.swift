extension Measure {
  package static let gap = Measure(
    name: "gap", summary: "Provision minus demand", unit: "count", formula: "T - V",
    source: "CESI, Hidden Talents (2012)", range: -Double.infinity...Double.infinity,
    laws: [.zeroAtMatch, .additive],
    evaluation: .perCell { area, _ in
      zip(area.provision.cells, area.demand.cells).map { provision, demand in
        Figure(
          provision.value - demand.value, lower: provision.lower - demand.upper,
          upper: provision.upper - demand.lower, status: provision.status.union(demand.status))
      }
    })

  package static let provisionPerVacancy = Measure(
    name: "provision_per_vacancy", summary: "Provision for each unit of demand", unit: "ratio",
    formula: "T / V; infinite where only V is 0, undefined where both are",
    source: "CESI, Hidden Talents (2012): 94,000 / 18,000 = 5.22", range: 0...Double.infinity,
    laws: [],
    evaluation: .perCell { area, _ in
      zip(area.provision.cells, area.demand.cells).map(ratio)
    })
}
