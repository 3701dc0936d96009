extension Measure {
  /// Both counts themselves, which have columns of their own in every table and so are not in the
  /// catalogue; they have intervals as measures do.
  package static let counts: [Measure] = [
    count("provision", "T", \.provision, crosswalk: \.provisionCount),
    count("demand", "V", \.demand, crosswalk: \.demandCount),
  ]

  private static func count(
    _ name: String, _ formula: String, _ side: KeyPath<ProfilePair, Profile> & Sendable,
    crosswalk: @escaping @Sendable (CellDoubts) -> Doubt
  ) -> Measure {
    let isProvision = side == \.provision
    return Measure(
      name: name, summary: "The cell's count of \(name)", unit: "count", formula: formula,
      source: "the job's own inputs", range: 0...Double.infinity, laws: [.additive],
      evaluation: .perCell { area, _ in area[keyPath: side].cells },
      sampling: SamplingForm(crosswalk: crosswalk) { lower, upper in
        isProvision
          ? ConfidenceInterval(lower: lower.provisionLimit, upper: upper.provisionLimit)
          : ConfidenceInterval(lower: upper.demandLimit, upper: lower.demandLimit)
      })
  }

  /// Both sides' counts of a whole area, which have columns of their own too.
  package static let totals: [Measure] = [
    total("provision", "T.", \.provision), total("demand", "V.", \.demand),
  ]

  private static func total(
    _ name: String, _ formula: String, _ side: KeyPath<ProfilePair, Profile> & Sendable
  ) -> Measure {
    Measure(
      name: name, summary: "The area's count of \(name)", unit: "count", formula: formula,
      source: "the job's own inputs", range: 0...Double.infinity, laws: [.additive],
      evaluation: .perArea { $0[keyPath: side].total })
  }

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
      crosswalk: { $0.provisionCount.minus($0.demandCount) },
      interval: { lower, upper in
        let means = { (end: CellEnd) in
          (end.counts.provision.count, end.provisionLimit, end.counts.demand.count, end.demandLimit)
        }
        return ConfidenceInterval.difference(least: means(lower), most: means(upper))
      }))

  package static let provisionPerVacancy = Measure(
    name: "provision_per_vacancy", summary: "Provision for each unit of demand", unit: "ratio",
    formula: "T / V; infinite where only V is 0, undefined where both are",
    source: "CESI, Hidden Talents (2012): 94,000 / 18,000 = 5.22", range: 0...Double.infinity,
    laws: [],
    evaluation: .perCell { area, _ in
      zip(area.provision.cells, area.demand.cells).map(ratio)
    },
    sampling: SamplingForm { lower, upper in
      ConfidenceInterval(lower: lower.ratioLimit, upper: upper.ratioLimit)
    })
}
