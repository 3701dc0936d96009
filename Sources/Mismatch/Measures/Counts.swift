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
    },
    sampling: SamplingForm(
      crosswalkVariance: { $0.provisionCount + $0.demandCount },
      interval: { least, most, level in
        ConfidenceInterval.difference(
          least: (
            least.provision.count, meanLimits(least.provision, level).lower, least.demand.count,
            meanLimits(least.demand, level).upper
          ),
          most: (
            most.provision.count, meanLimits(most.provision, level).upper, most.demand.count,
            meanLimits(most.demand, level).lower
          ))
      }))

  package static let provisionPerVacancy = Measure(
    name: "provision_per_vacancy", summary: "Provision for each unit of demand", unit: "ratio",
    formula: "T / V; infinite where only V is 0, undefined where both are",
    source: "CESI, Hidden Talents (2012): 94,000 / 18,000 = 5.22", range: 0...Double.infinity,
    laws: [],
    evaluation: .perCell { area, _ in
      zip(area.provision.cells, area.demand.cells).map(ratio)
    },
    sampling: SamplingForm { least, most, level in
      ConfidenceInterval(
        lower: ConfidenceInterval.ratio(
          numerator: least.provision.count, denominator: least.demand.count, level: level
        ).lower,
        upper: ConfidenceInterval.ratio(
          numerator: most.provision.count, denominator: most.demand.count, level: level
        ).upper)
    })
}

/// Exact limits of the mean behind a cell's count.
private func meanLimits(_ side: SideCounts, _ level: Double) -> ConfidenceInterval {
  ConfidenceInterval.poissonMean(count: side.count, level: level)
}
