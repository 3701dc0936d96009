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
}
