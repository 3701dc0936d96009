import Dense

/// What the people and the openings of each area can reach, by weights that fall with the cost of the way.
///
/// Weights f(c_ij) go from origins i, where people live, to destinations j, where openings are; an area
/// reaches itself at its own cost. T is provision (people), V demand (openings).
package struct Accessibility: Sendable {
  /// Σ_i f(c_ij) T_i: provision within reach of each area as a destination; areas' totals as a last sector.
  package let provisionWithinReach: Figures
  /// Σ_j f(c_ij) V_j: openings within reach of each area as an origin; areas' totals as a last
  /// sector.
  ///
  /// Hansen (1959), "How accessibility shapes land use", https://doi.org/10.1080/01944365908978307.
  package let hansen: Figures
  /// Σ_j f(c_ij) V_j / Σ_k f(c_kj) T_k: openings for each person, those who compete for them counted.
  ///
  /// Luo and Wang (2003), two-step floating catchment area, https://doi.org/10.1068/b29120; with weights
  /// between 0 and 1, Luo and Qi (2009), https://doi.org/10.1016/j.healthplace.2009.06.002. An opening that
  /// no provision reaches is infinitely many per person to the areas that reach it. Bounds take each
  /// destination's openings and its competitors as varying independently: they hold, and may be wider than
  /// they need.
  package let twoStepFloatingCatchment: Figures
  /// T_i times the two-step floating catchment: the openings that fall to the people of each area, all
  /// openings shared out; 0 where there are no people.
  ///
  /// Soukhov et al. (2023), https://doi.org/10.1371/journal.pone.0278468: the factors of population and of
  /// impedance multiply to this where both sides have the same weights. Bounds as above.
  package let spatialAvailability: Figures

  /// Accessibilities of a grid's two sides.
  ///
  /// - Throws: what `work` throws.
  package init(provision: Table, demand: Table, impedance: Impedance, _ work: Work) throws {
    let people = FigureColumns(provision.figuresWithTotals)
    let openings = FigureColumns(demand.figuresWithTotals)
    let sums = try impedance.overBoth(
      origins: people.columns, destinations: openings.columns, work, step: "accessibility")
    let competitors = people.figures(of: sums.overOrigins)
    let ratios = FigureColumns(
      demand.figures.map { openings, area, sector in
        perPerson(openings, competitors.figure(area: area, sector: sector))
      })
    let reached = ratios.figures(
      of: try impedance.overDestinations(ratios.columns, work, step: "floating-catchment"))
    provisionWithinReach = competitors
    hansen = openings.figures(of: sums.overDestinations)
    twoStepFloatingCatchment = reached
    spatialAvailability = provision.figures.map { people, area, sector in
      availability(people, reached.figure(area: area, sector: sector))
    }
  }
}

/// Openings for each of those who compete for them; bounds of independent ranges.
private func perPerson(_ openings: Figure, _ competitors: Figure) -> Figure {
  func ratio(_ openings: Double, _ competitors: Double) -> Double {
    if openings == 0 { return 0 }
    return competitors == 0 ? .infinity : openings / competitors
  }
  let isDefined = openings.isDefined && competitors.isDefined
  return Figure(
    isDefined ? ratio(openings.value, competitors.value) : .nan,
    lower: competitors.upper == .infinity ? 0 : ratio(openings.lower, competitors.upper),
    upper: ratio(openings.upper, competitors.lower),
    status: openings.status.union(competitors.status))
}

/// People times openings for each; nobody has none, however many each would have.
private func availability(_ people: Figure, _ perPerson: Figure) -> Figure {
  func product(_ people: Double, _ perPerson: Double) -> Double {
    people == 0 ? 0 : people * perPerson
  }
  return Figure(
    product(people.value, perPerson.value), lower: product(people.lower, perPerson.lower),
    upper: product(people.upper, perPerson.upper), status: people.status.union(perPerson.status))
}
