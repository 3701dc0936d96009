extension Measure {
  /// Every measure, in the order of output columns.
  ///
  /// A new one is a file beside this and a line here.
  package static let catalogue: [Measure] = [
    provisionShare,
    demandShare,
    shareGap,
    gap,
    provisionPerVacancy,
    shareRatio,
    relativeIndex,
    locationQuotientProvision,
    locationQuotientDemand,
    dissimilarity,
    jackmanRoper2,
    halfTriangular,
    mutualInformation,
    entropyIndex,
    traineesToMove,
    matched,
    surplusProvision,
    surplusDemand,
  ]

  /// The measures of a run whose job names none: both shares and their gap in each cell, and all of whole areas.
  package static let unlessAsked = catalogue.filter { measure in
    !measure.isPerCell
      || [provisionShare, demandShare, shareGap].contains { $0.name == measure.name }
  }
}
