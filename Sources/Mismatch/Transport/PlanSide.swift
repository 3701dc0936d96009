import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How one side of a plan is held to its masses.
enum MarginalRule: Sendable, Equatable {
  case exact
  case atMost
  /// This many times the Kullback-Leibler divergence from them is added to the cost.
  case penalised(Double)

  /// The rules of both sides, given their totals.
  static func rules(_ mass: TransportMass, provision: Double, demand: Double) -> (
    provision: MarginalRule, demand: MarginalRule
  ) {
    switch mass {
    case .balanced: (.exact, .exact)
    case .unbalanced(let penalty): (.penalised(penalty), .penalised(penalty))
    case .partial:
      (provision <= demand ? .exact : .atMost, demand <= provision ? .exact : .atMost)
    }
  }
}

/// One side of an entropic plan: its masses, and the scalings by which the kernel is brought to them.
///
/// A scaling is e^shift × remainder: the shifts of areas are held by the place kernel, so that neither it
/// nor the remainders leave the range of numbers. Panels are sectors × areas.
struct PlanSide: Sendable {
  let masses: Matrix
  let rule: MarginalRule
  /// One per area: a logarithm, −∞ where the area has no mass.
  private(set) var shifts: [Double]
  /// 0 where there is no mass.
  private(set) var remainders: Matrix

  private var areaCount: Int { masses.columnCount }

  /// The logarithm of a common remainder from which on it is worth a new kernel.
  private static let shiftFrom = 100.0

  /// - Parameter counts: areas × sectors.
  init(counts: Matrix, dividedBy total: Double, rule: MarginalRule) {
    var masses = Matrix(rowCount: counts.columnCount, columnCount: counts.rowCount)
    for area in 0..<counts.rowCount {
      for sector in 0..<counts.columnCount { masses[sector, area] = counts[area, sector] / total }
    }
    self.masses = masses
    self.rule = rule
    shifts = (0..<counts.rowCount).map { counts.row($0).contains { $0 > 0 } ? 0 : -.infinity }
    remainders = masses
    for index in remainders.elements.indices where masses.elements[index] > 0 {
      remainders.elements[index] = 1
    }
  }

  /// The remainders that meet the rule, where a product with the kernel and the other side's scalings is
  /// known.
  ///
  /// - Parameters:
  ///   - products: a row for each sector, `stride` apart, of one for each of `areas`; replaced by the
  ///     remainders.
  ///   - regularisation: ε.
  func meet(
    _ areas: Range<Int>, _ products: UnsafeMutablePointer<Double>, stride: Int,
    regularisation: Double
  ) {
    masses.elements.withUnsafeBufferPointer { masses in
      for sector in 0..<remainders.rowCount {
        let row = products + sector * stride
        let first = sector * areaCount + areas.lowerBound
        switch rule {
        case .exact:
          for index in 0..<areas.count {
            let mass = masses[first + index]
            row[index] = mass > 0 ? mass / row[index] : 0
          }
        case .atMost:
          for index in 0..<areas.count {
            let mass = masses[first + index]
            row[index] =
              mass > 0 ? min(exp(-shifts[areas.lowerBound + index]), mass / row[index]) : 0
          }
        case .penalised(let penalty):
          let power = penalty / (penalty + regularisation)
          for index in 0..<areas.count {
            let mass = masses[first + index]
            let shift = shifts[areas.lowerBound + index]
            row[index] =
              mass > 0 ? exp(power * log(mass / row[index]) - (1 - power) * shift) : 0
          }
        }
      }
    }
  }

  /// Takes over remainders of all areas.
  mutating func replace(by remainders: Matrix) { self.remainders = remainders }

  /// Shifts and remainders.
  var state: [Double] { shifts + remainders.elements }

  /// Takes over shifts and remainders.
  mutating func restore(_ state: ArraySlice<Double>) {
    shifts = Array(state.prefix(areaCount))
    remainders = Matrix(
      rowCount: masses.rowCount, columnCount: areaCount,
      elements: Array(state.dropFirst(areaCount)))
  }

  /// Whether the shifts should take up what the remainders have in common.
  var wantsShift: Bool {
    let (lower, upper) = (exp(-Self.shiftFrom), exp(Self.shiftFrom))
    return !remainders.elements.allSatisfy { $0 == 0 || ($0 > lower && $0 < upper) }
  }

  /// Moves what the remainders of each area have in common to its shift, and multiplies all logarithms
  /// by `factor`.
  ///
  /// - Returns: whether a shift has changed by enough to be worth a new kernel; otherwise, and with a
  ///   factor of 1, nothing changes.
  mutating func shift(factor: Double = 1) -> Bool {
    let middles = (0..<areaCount).map(middle)
    guard factor != 1 || middles.contains(where: { abs($0) > Self.shiftFrom / 4 }) else {
      return false
    }
    for area in 0..<areaCount where shifts[area] > -.infinity {
      shifts[area] = factor * (shifts[area] + middles[area])
      for sector in 0..<remainders.rowCount where remainders[sector, area] > 0 {
        remainders[sector, area] = exp(factor * (log(remainders[sector, area]) - middles[area]))
      }
    }
    return true
  }

  /// The middle of the logarithms of an area's remainders.
  private func middle(_ area: Int) -> Double {
    var (lower, upper) = (Double.infinity, 0.0)
    for sector in 0..<remainders.rowCount where remainders[sector, area] > 0 {
      lower = min(lower, remainders[sector, area])
      upper = max(upper, remainders[sector, area])
    }
    return upper > 0 ? (log(lower) + log(upper)) / 2 : 0
  }
}
