import Dense

/// One number of a decomposition's summary, and its sampling variability.
package struct Headline: Sendable, Equatable {
  /// What the mutual information of all areas taken together is called among the headlines.
  package static let betweenSectors = "between_sectors"

  package let name: String
  /// With its bounds, in nats but for the index and the shares of the whole.
  package let figure: Figure
  /// The normal interval around the debiased number; undefined where that is.
  package fileprivate(set) var sampling = ConfidenceInterval.undefined
  /// The number without the upward bias of small counts, and not above it but for shares of the whole.
  package fileprivate(set) var debiased = Double.nan

  init(name: String, figure: Figure) {
    self.name = name
    self.figure = figure
  }
}

extension Decomposition {
  /// The numbers of a summary, and the sampling variability of each: all counts of the grid being one sample of
  /// side × area × sector.
  ///
  /// Informations are debiased by Grassberger's entropy estimate, shares of the whole are quotients of such. What
  /// lies between sectors is the mutual information of all areas taken together, whose counts are large: its own
  /// number, but no part of a share, is twice itself less its exact mean over samples, as
  /// ``ShareIndex/mutualInformation`` has it.
  /// An interval reaches from there as far as ``InformationSample`` says of the delta method; where that of the
  /// whole reaches 0, its shares may lie anywhere. Intervals are cut off at the range of their numbers; they
  /// hold no bounds.
  ///
  /// - Parameters:
  ///   - grid: the one that was decomposed.
  ///   - groupOfArea: as when it was decomposed.
  ///   - level: of the intervals, within 0..<1; nil for none.
  ///   - workerCount: threads to use; the result does not depend on it.
  package func headlines(
    of grid: Grid, groupOfArea: [Int]? = nil, level: Double?, workerCount: Int = 1
  ) -> [Headline] {
    let rows = HeadlineForm.catalogue.compactMap { form in
      form.figure(self).map { (form: form, headline: Headline(name: form.name, figure: $0)) }
    }
    guard mutualInformation.isDefined,
      let sample = InformationSample(
        provision: grid.provision.value, demand: grid.demand.value, groupOfArea: groupOfArea)
    else { return rows.map(\.headline) }
    let exact = 2 * sample.terms - sample.bootstrapMeans(workerCount: workerCount)
    let whole = HeadlineForm.catalogue[0].value(of: sample.debiasedTerms)
    let reaches = level.map { level in
      sample.reaches(
        along: rows.map { $0.form.gradient(at: sample.debiasedTerms) }, other: exact, level: level,
        workerCount: workerCount)
    }
    return rows.enumerated().map { place, row in
      var (form, headline) = row
      guard headline.figure.isDefined else { return headline }
      let debiased = form.value(
        of: form.name == Headline.betweenSectors ? exact : sample.debiasedTerms)
      // Small counts only ever add to an information, and to the index.
      headline.debiased =
        form.isShareOfWhole ? debiased : min(debiased, headline.figure.value)
      guard let reaches else { return headline }
      headline.sampling =
        form.isShareOfWhole && !(whole > reaches[0])
        ? ConfidenceInterval(lower: 0, upper: 1)
        : ConfidenceInterval(
          lower: max(0, headline.debiased - reaches[place]),
          upper: min(form.most, headline.debiased + reaches[place]))
      return headline
    }
  }
}

/// A headline as a quotient of weighted sums of the terms of a sample.
private struct HeadlineForm: Sendable {
  let name: String
  /// Nil where a decomposition lacks it.
  let figure: @Sendable (Decomposition) -> Figure?
  let numerator: InformationTerms
  /// Nil for the numerator alone.
  var denominator: InformationTerms?
  /// The end of its range.
  let most: Double
  var isShareOfWhole: Bool { denominator == .cells }

  init(
    _ name: String, _ numerator: InformationTerms, over denominator: InformationTerms? = nil,
    figure: @escaping @Sendable (Decomposition) -> Figure?
  ) {
    self.name = name
    self.figure = figure
    self.numerator = numerator
    self.denominator = denominator
    most = denominator == nil ? timesLog(1, 2) : 1
  }

  /// The order of the rows of a summary, the whole first.
  static let catalogue = [
    HeadlineForm("total_mutual_information", .cells) { $0.mutualInformation },
    HeadlineForm("total_entropy_index", .cells, over: .sides) { $0.entropyIndex },
    HeadlineForm("between_areas", .areas) { $0.areas.between },
    HeadlineForm("wrong_skill", .cells - .areas) { $0.wrongSkill },
    HeadlineForm("wrong_skill_share", .cells - .areas, over: .cells) { $0.areas.withinShare },
    HeadlineForm(Headline.betweenSectors, .sectors) { $0.sectors.between },
    HeadlineForm("wrong_place", .cells - .sectors) { $0.wrongPlace },
    HeadlineForm("wrong_place_share", .cells - .sectors, over: .cells) { $0.sectors.withinShare },
    HeadlineForm("between_area_groups", .groups) { $0.groups?.between },
    HeadlineForm("between_areas_within_groups", .areas - .groups) { $0.groups?.within },
  ]

  func value(of terms: InformationTerms) -> Double {
    let part = (numerator * terms).sum()
    let whole = denominator.map { ($0 * terms).sum() } ?? 1
    return whole > 0 ? min(most, max(0, part / whole)) : .nan
  }

  /// How the value follows the terms.
  func gradient(at terms: InformationTerms) -> InformationTerms {
    guard let denominator else { return numerator }
    let whole = (denominator * terms).sum()
    let value = (numerator * terms).sum() / whole
    return (numerator - value * denominator) / whole
  }
}
