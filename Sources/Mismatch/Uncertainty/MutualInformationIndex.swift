import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ShareIndex {
  /// Mutual information of side and sector, all cells of side × sector being one sample of N units.
  ///
  /// E[M*] = (Σ E f(n_is) - Σ E f(n_i.) - Σ E f(n_.s)) / N + ln N, f(x) = x ln x and every count binomial
  /// by itself. The interval is that of ``InformationSample``, around Grassberger's estimate.
  package static let mutualInformation = ShareIndex(
    name: "mutual_information",
    mean: { provision, demand in
      let total = provision.total + demand.total
      let weight = Double(provision.total) / Double(total)
      let term = { CountFunction.timesLogarithm.mean(trials: total, probability: min(1, $0)) }
      let sum = sum(provision, demand, from: -term(weight) - term(1 - weight)) { p, q in
        let (first, second) = (weight * p, (1 - weight) * q)
        return term(first) + term(second) - term(first + second)
      }
      return max(0, sum / Double(total) + log(Double(total)))
    },
    chance: .form { provision, demand, mean, level in
      let matrices = [provision, demand].map { Matrix(rows: [$0]) }
      guard let sample = InformationSample(provision: matrices[0], demand: matrices[1]) else {
        return .undefined
      }
      let value = max(0, min(sample.debiasedTerms[0], sample.terms[0]))
      let reach = sample.reaches(
        along: [.cells], other: .cells * (2 * sample.terms[0] - mean), level: level, workerCount: 1)
      return ConfidenceInterval(
        lower: max(0, value - reach[0]), upper: min(log(2), value + reach[0]))
    })
}

/// What mutual information of so many degrees of freedom, (r - 1)(c - 1) for r × c categories, lies above
/// what it estimates, in nats, to first order: degrees / 2N.
///
/// Miller (1955), Note on the bias of information estimates.
package func firstOrderBias(degreesOfFreedom: Double, total: Double) -> Double {
  degreesOfFreedom / (2 * total)
}
