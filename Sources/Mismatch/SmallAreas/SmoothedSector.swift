import Dense

/// One sector's provision for each unit of demand, area by area: as counted and smoothed.
package struct SmoothedSector: Sendable {
  /// Of the ratios to what an area could expect: demand × the provision per demand of all areas.
  package let fit: EmpiricalBayes
  /// Provision for each unit of demand in all areas that count.
  package let rate: Double
  /// Per area: provision over what could be expected; NaN where there is no demand or no number.
  package let ratios: [Double]
  /// Per area: the marks of both counts, and why there is no ratio.
  package let status: [Status]
}

extension Grid {
  /// A sector smoothed over the areas that have demand in it and both counts known.
  package func smoothed(sector: Int, by method: EmpiricalBayes.Method) -> SmoothedSector {
    let pairs = areas.codes.indices.map { area in
      (provision.figure(area: area, sector: sector), demand.figure(area: area, sector: sector))
    }
    let isUsed = pairs.map { $0.isDefined && $1.isDefined && $1.value > 0 }
    let used = zip(pairs, isUsed).filter(\.1).map(\.0)
    let rate = ExactSum(used.map(\.0.value)).value / ExactSum(used.map(\.1.value)).value
    let expected = zip(pairs, isUsed).map { $1 && rate > 0 ? $0.1.value * rate : 0 }
    let observed = zip(pairs, isUsed).map { $1 ? $0.0.value : 0 }
    return SmoothedSector(
      fit: EmpiricalBayes(method, observed: observed, expected: expected), rate: rate,
      ratios: zip(observed, expected).map { $1 > 0 ? $0 / $1 : .nan },
      status: zip(pairs, isUsed).map { pair, isUsed in
        var status = pair.0.status.union(pair.1.status)
        if !pair.0.isDefined || !pair.1.isDefined {
          status.insert(.unknown)
        } else if !isUsed {
          status.insert(.noDemand)
        } else if rate == 0 {
          status.insert(.emptySector)
        }
        return status
      })
  }
}
