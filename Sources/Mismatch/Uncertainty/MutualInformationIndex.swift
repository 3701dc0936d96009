#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ShareIndex {
  /// Mutual information of side and sector, all cells of side × sector being one sample of N units.
  ///
  /// E[M*] = (Σ E f(n_is) - Σ E f(n_i.) - Σ E f(n_.s)) / N + ln N, f(x) = x ln x and every count binomial
  /// by itself.
  package static let mutualInformation = ShareIndex(
    name: "mutual_information", design: .oneSample,
    mean: { provision, demand in
      let total = provision.total + demand.total
      let weight = Double(provision.total) / Double(total)
      let term = { CountFunction.timesLogarithm.mean(trials: total, probability: min(1, $0)) }
      var sum = -term(weight) - term(1 - weight)
      for (p, q) in zip(provision.shares, demand.shares) {
        let (first, second) = (weight * p, (1 - weight) * q)
        sum += term(first) + term(second) - term(first + second)
      }
      return max(0, sum / Double(total) + log(Double(total)))
    },
    values: { drawn in drawn.mutualInformation() })
}

/// What mutual information of so many degrees of freedom, (r - 1)(c - 1) for r × c categories, lies above
/// what it estimates, in nats, to first order: degrees / 2N.
///
/// Miller (1955), Note on the bias of information estimates.
package func firstOrderBias(degreesOfFreedom: Double, total: Double) -> Double {
  degreesOfFreedom / (2 * total)
}

extension DrawnCounts {
  /// Mutual information of each draw, in nats.
  fileprivate func mutualInformation() -> [Double] {
    let total = Double(provisionTotal + demandTotal)
    var sums = [Double](repeating: 0, count: drawCount)
    var provisionSums = [Double](repeating: 0, count: drawCount)
    for start in stride(from: 0, to: provision.count, by: drawCount) {
      for draw in 0..<drawCount {
        let (x, y) = (Double(provision[start + draw]), Double(demand[start + draw]))
        sums[draw] += entropyTerm(x) + entropyTerm(y) - entropyTerm(x + y)
        provisionSums[draw] += x
      }
    }
    return zip(sums, provisionSums).map { sum, provision in
      let sides = entropyTerm(provision) + entropyTerm(total - provision)
      return max(0, (sum - sides) / total + log(total))
    }
  }
}
