extension Measure {
  package static let locationQuotientProvision = Measure(
    name: "location_quotient_provision",
    summary: "Sector's share of the area's provision over its share of all areas' provision",
    unit: "ratio", formula: "(T / T.) / (T.s / T..)",
    source: "Florence (1939); Isard (1960), Methods of Regional Analysis, chapter 7",
    range: 0...Double.infinity, laws: [.scaleInvariant, .comparesAreas],
    evaluation: .perCell { area, all in
      locationQuotients(area.provision, all.provision, reason: .noProvision)
    })

  package static let locationQuotientDemand = Measure(
    name: "location_quotient_demand",
    summary: "Sector's share of the area's demand over its share of all areas' demand",
    unit: "ratio", formula: "(V / V.) / (V.s / V..)",
    source: "Florence (1939); Isard (1960), Methods of Regional Analysis, chapter 7",
    range: 0...Double.infinity, laws: [.scaleInvariant, .comparesAreas],
    evaluation: .perCell { area, all in
      locationQuotients(area.demand, all.demand, reason: .noDemand)
    })

  package static let relativeIndex = Measure(
    name: "relative_index",
    summary: "Provision per unit of demand in the area over the same in all areas", unit: "ratio",
    formula: "(T / V) / (T.s / V.s); infinite where only V is 0, undefined where T = V = 0",
    source: "CESI, Hidden Talents (2012): its ratio, relative to all areas",
    range: 0...Double.infinity,
    laws: [.scaleInvariant, .comparesAreas],
    evaluation: .perCell { area, all in
      area.provision.cells.indices.map { sector in
        ratio(
          shareOfSector(area.provision.cells[sector], of: all.provision.cells[sector]),
          shareOfSector(area.demand.cells[sector], of: all.demand.cells[sector]))
      }
    })
}

/// Location quotients of one side: undefined where the area or the sector has no count.
///
/// Bounds hold but are not sharp: the two shares are taken as if they varied independently.
private func locationQuotients(_ area: Profile, _ all: Profile, reason: Status) -> [Figure] {
  zip(shares(of: area, reason: reason), shares(of: all, reason: reason)).map { local, overall in
    guard overall.value != 0 else { return .undefined(local.status.union(.emptySector)) }
    return ratio(local, overall)
  }
}

/// The share of an area in one sector of one side; undefined where the sector has no count anywhere.
private func shareOfSector(_ cell: Figure, of sector: Figure) -> Figure {
  let others = (
    lower: max(0, sector.lower - cell.lower),
    upper: sector.upper.isFinite ? max(0, sector.upper - cell.upper) : .infinity
  )
  return share(of: cell, others: others, whole: sector, reason: .emptySector)
}
