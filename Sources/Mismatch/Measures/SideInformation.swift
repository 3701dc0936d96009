#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Measure {
  package static let mutualInformation = Measure(
    name: "mutual_information",
    summary: "Mutual information between the sector of a unit and its side, provision or demand",
    unit: "nats",
    formula: "M = Σ (w p ln(p / m) + (1 - w) q ln(q / m)), m = w p + (1 - w) q, w = T. / (T. + V.)",
    source:
      "Theil and Finizza (1971); Mora and Ruiz-Castillo (2011), https://doi.org/10.1111/j.1467-9531.2011.01237.x",
    range: 0...log(2), laws: [.zeroAtMatch, .symmetric],
    evaluation: .perArea { sideInformation(of: $0).mutualInformation })

  package static let entropyIndex = Measure(
    name: "entropy_index",
    summary: "Mutual information as a share of its maximum given these totals",
    unit: "share", formula: "H = M / (w ln(1 / w) + (1 - w) ln(1 / (1 - w)))",
    source: "Theil (1972); Reardon and Firebaugh (2002), https://doi.org/10.1111/1467-9531.00110",
    range: 0...1, laws: [.zeroAtMatch, .symmetric],
    evaluation: .perArea { sideInformation(of: $0).entropyIndex })
}

/// The mutual information of side against the parts of a pair of profiles, and its share of the entropy
/// of side: M within 0...ln 2, H within 0...1.
///
/// Undefined, with the shares' reasons, where either side has no count. Bounds hold but are not sharp:
/// shares and the weight of the sides are taken as if they varied independently within theirs.
func sideInformation(of pair: ProfilePair) -> (mutualInformation: Figure, entropyIndex: Figure) {
  let (provision, demand) = shares(of: pair)
  let status = (provision + demand).reduce(into: Status()) { $0.formUnion($1.status) }
  guard pair.provision.total.upper > 0, pair.demand.total.upper > 0 else {
    return (.undefined(status), .undefined(status))
  }
  let weight = weightOfProvision(pair)
  let entropy = entropyOfSides(pair)
  let terms = zip(provision, demand).map { divergence($0, $1, weight: weight) }
  let value = terms.reduce(0) { $0 + $1.value }
  let lower = min(terms.reduce(0) { $0 + $1.atLower }, terms.reduce(0) { $0 + $1.atUpper })
  let information = Figure(
    value.isNaN ? .nan : max(0, value), lower: max(0, lower),
    upper: min(entropy.upper, max(0, terms.reduce(0) { $0 + $1.most })), status: status
  ).snapped()
  return (information, Mismatch.entropyIndex(information, of: entropy))
}

/// Mutual information as a share of the entropy of the sides; undefined where that is 0.
func entropyIndex(_ information: Figure, of entropy: Figure) -> Figure {
  guard !information.lower.isNaN else { return information }
  let index = information.value / entropy.value
  return Figure(
    index.isNaN ? .nan : min(1, index),
    lower: entropy.upper > 0 ? min(1, information.lower / entropy.upper) : information.lower,
    upper: entropy.lower > 0 ? min(1, information.upper / entropy.lower) : 1,
    status: information.status
  ).snapped()
}

/// The entropy of the sides, which is the most that mutual information can be.
func entropyOfSides(_ pair: ProfilePair) -> Figure {
  let weight = weightOfProvision(pair)
  return Figure(
    entropy(ofShare: weight.value),
    lower: min(entropy(ofShare: weight.lower), entropy(ofShare: weight.upper)),
    upper: entropy(ofShare: min(weight.upper, max(weight.lower, 0.5))), status: weight.status)
}

/// Provision's share of all counts of a pair.
private func weightOfProvision(_ pair: ProfilePair) -> Figure {
  let (provision, demand) = (pair.provision.total, pair.demand.total)
  return share(
    of: provision, others: (demand.lower, demand.upper), whole: provision.plus(demand),
    reason: .zeroByZero)
}

private func entropy(ofShare share: Double) -> Double {
  -timesLog(share, share) - timesLog(1 - share, 1 - share)
}

/// One part's term of the weighted Jensen-Shannon divergence, w p ln(p / m) + (1 - w) q ln(q / m).
///
/// For a fixed weight it rises with the distance of p and q on either side, and for fixed shares it is
/// concave in the weight: least at an end of the weight's interval (`atLower`, `atUpper`), most where m
/// is the identric mean of p and q.
private func divergence(_ p: Figure, _ q: Figure, weight: Figure)
  -> (value: Double, atLower: Double, atUpper: Double, most: Double)
{
  let value = divergence(p.value, q.value, weight: weight.value)
  guard !(p.isExact && q.isExact && weight.isExact) else { return (value, value, value, value) }
  let corners = [(p.lower, q.upper), (p.upper, q.lower)]
  let meet = p.lower <= q.upper && q.lower <= p.upper
  let least = { (weight: Double) in
    meet ? 0 : corners.map { divergence($0.0, $0.1, weight: weight) }.reduce(.infinity, min)
  }
  let most = corners.map { p, q in
    let best = p == q ? weight.lower : (identricMean(p, q) - q) / (p - q)
    return divergence(p, q, weight: min(weight.upper, max(weight.lower, best)))
  }
  return (value, least(weight.lower), least(weight.upper), most.reduce(0, max))
}

private func divergence(_ p: Double, _ q: Double, weight: Double) -> Double {
  let mean = weight * p + (1 - weight) * q
  return timesLog(weight * p, p / mean) + timesLog((1 - weight) * q, q / mean)
}

/// The mean m of two different shares with ln m = (p ln p - q ln q) / (p - q) - 1.
private func identricMean(_ p: Double, _ q: Double) -> Double {
  exp((timesLog(p, p) - timesLog(q, q)) / (p - q) - 1)
}
