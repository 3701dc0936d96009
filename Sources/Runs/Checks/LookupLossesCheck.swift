import Extracts
import Jobs
import Mismatch

extension Check {
  /// What each link of a chain of maps loses.
  static let lookupLosses = Check(
    "lookup-losses",
    looksFor: "counts lost at each link of a chain of lookups or crosswalks",
    guidance: "Add the codes to that link, or use links of the same vintage"
  ) { outcome in
    let findings = outcome.allEvidence.flatMap { evidence in
      [
        (Dimension.area, "area-lookup", evidence.background.areaLinks),
        (.category, "crosswalk", evidence.background.categoryLinks),
      ].flatMap { dimension, what, links in
        losses(outcome, evidence, dimension, "\(evidence.subject.text) \(what)", links)
      }
    }
    return findings.isEmpty
      ? [Finding(.unchecked, "no chained lookups or crosswalks")] : findings
  }

  /// What each link loses; nothing for a lone map, whose losses are the unknown codes.
  private static func losses(
    _ outcome: Outcome, _ evidence: SideEvidence, _ dimension: Dimension, _ what: String,
    _ links: [MapLink]
  ) -> [Finding] {
    guard links.count > 1 else { return [] }
    var arriving: [Spelling: Double] = [:]
    for period in evidence.periods {
      for margin in dimension == .area ? period.areas : period.categories {
        arriving[Spelling(margin.code), default: 0] += margin.published
      }
    }
    let known = Set(arriving.keys)
    for row in outcome.unmapped
    where row.subject == evidence.subject && row.dimension == dimension
      && !known.contains(Spelling(row.code))
    {
      arriving[Spelling(row.code), default: 0] += row.published
    }
    let unknown = UnknownCodes(outcome, evidence, dimension)
    for code in unknown.elsewhere { arriving[code] = nil }
    return links.enumerated().map { number, link in
      let whole = Codebook.sorted(arriving.keys).reduce(0) { $0 + (arriving[$1] ?? 0) }
      let lost = Codebook.sorted(arriving.keys).filter { link.map.targets(of: $0).isEmpty }
        .map { (code: $0, count: arriving[$0] ?? 0) }.filter { $0.count > 0 }
      let start = "\(what), link \(number + 1) of \(links.count): "
      arriving = passed(arriving, through: link.map)
      guard !lost.isEmpty else {
        return Finding(
          .pass, start + "loses nothing of \(Finding.amount(whole))", place: link.name, count: 0)
      }
      let count = lost.reduce(0) { $0 + $1.count }
      return Finding(
        unknown.verdict(count, of: whole),
        start + "loses \(Finding.amount(count)) of \(Finding.amount(whole)) "
          + "(\(Finding.percentage(count, of: whole))): \(Finding.largest(lost))",
        place: link.name, count: count)
    }
  }

  private static func passed(
    _ counts: [Spelling: Double], through map: WeightedMap
  ) -> [Spelling: Double] {
    var passed: [Spelling: Double] = [:]
    for code in Codebook.sorted(counts.keys) {
      for target in map.targets(of: code) {
        passed[Spelling(target.to), default: 0] += (counts[code] ?? 0) * target.weight
      }
    }
    return passed
  }
}
