import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A number for each of: the mutual information of side against cell (area × sector), against area, against
/// sector and against group of areas; and the entropy of the sides.
package typealias InformationTerms = SIMD8<Double>

extension InformationTerms {
  package static let cells = InformationTerms(1, 0, 0, 0, 0, 0, 0, 0)
  package static let areas = InformationTerms(0, 1, 0, 0, 0, 0, 0, 0)
  package static let sectors = InformationTerms(0, 0, 1, 0, 0, 0, 0, 0)
  package static let groups = InformationTerms(0, 0, 0, 1, 0, 0, 0, 0)
  package static let sides = InformationTerms(0, 0, 0, 0, 1, 0, 0, 0)
}

/// Counts of areas × sectors on both sides as one sample, and the sampling variability of the informations in it.
///
/// Counts need not be whole: shares are those of the counts as they are, and the size of the sample is the
/// nearest whole number.
package struct InformationSample: Sendable {
  /// Provision and demand of something.
  private typealias Sides = SIMD2<Double>

  private let provision: Matrix
  private let demand: Matrix
  private let groupOfArea: [Int]
  private let areas: [Sides]
  private let sectors: [Sides]
  private let groups: [Sides]
  private let sides: Sides
  private let cellCount: Int
  /// Units.
  private let size: Int
  /// As they are.
  package let terms: InformationTerms
  /// Without the bias of small counts: with the entropy estimate of Grassberger (2003),
  /// https://arxiv.org/abs/physics/0307138, equations 26 to 30, which is nearly unbiased down to a few counts
  /// a cell.
  package let debiasedTerms: InformationTerms

  /// The sample of counts, areas × sectors; nil where a side has no count.
  ///
  /// Cells without a number on a side are left out.
  package init?(provision: Matrix, demand: Matrix, groupOfArea: [Int]? = nil) {
    self.provision = provision
    self.demand = demand
    self.groupOfArea = groupOfArea ?? []
    var areas = [Sides](repeating: .zero, count: provision.rowCount)
    var sectors = [Sides](repeating: .zero, count: provision.columnCount)
    var groups = [Sides](repeating: .zero, count: (groupOfArea?.max() ?? -1) + 1)
    var (plain, unbiased, cellCount) = (0.0, 0.0, 0)
    for area in areas.indices {
      Self.forEachCell(of: provision, demand, area: area) { sector, cell in
        areas[area] += cell
        sectors[sector] += cell
        plain += Self.term(of: cell, entropyTerm)
        unbiased += Self.term(of: cell, unbiasedEntropyTerm)
        cellCount += cell.sum() > 0 ? 1 : 0
      }
      if let groupOfArea { groups[groupOfArea[area]] += areas[area] }
    }
    let sides = areas.reduce(.zero, +)
    guard sides.x > 0, sides.y > 0, sides.sum().isFinite else { return nil }
    self.areas = areas
    self.sectors = sectors
    self.groups = groups
    self.sides = sides
    self.cellCount = cellCount
    size = max(1, Int(min(1e9, sides.sum().rounded())))
    let informations = { (cells: Double, term: @escaping (Double) -> Double) in
      let sum = { (parts: [Sides]) in parts.reduce(0) { $0 + Self.term(of: $1, term) } }
      return Self.informations(
        InformationTerms(cells, sum(areas), sum(sectors), sum(groups), 0, 0, 0, 0),
        sides: term(sides.x) + term(sides.y), size: sides.sum())
    }
    terms = informations(plain, entropyTerm)
    debiasedTerms = informations(unbiased, unbiasedEntropyTerm)
  }

  /// The exact means of the terms over samples from the grid's own shares.
  package func bootstrapMeans(workerCount: Int) -> InformationTerms {
    let scale = 1 / sides.sum()
    let sums = mapBlocks(of: areas.count, size: 4, workerCount: workerCount) { block in
      var means = TermMeans(trials: size, scale: scale)
      return block.reduce(0.0) { sum, area in
        var sum = sum
        Self.forEachCell(of: provision, demand, area: area) { _, cell in
          sum += Self.term(of: cell) { means.mean($0) }
        }
        return sum
      }
    }
    var means = TermMeans(trials: size, scale: scale)
    let sum = { (parts: [Sides]) in
      parts.reduce(0.0) { sum, part in sum + Self.term(of: part) { means.mean($0) } }
    }
    return Self.informations(
      InformationTerms(sums.reduce(0, +), sum(areas), sum(sectors), sum(groups), 0, 0, 0, 0),
      sides: means.mean(sides.x) + means.mean(sides.y), size: Double(size))
  }

  /// How far the intervals of terms taken together reach, one for each gradient.
  ///
  /// The delta method's variance is that of Roulston (1999), https://doi.org/10.1016/S0167-2789(98)00269-3,
  /// with that of the second order, degrees of freedom / 2N², which alone is left where side tells nothing.
  /// Where counts are too small to be freed from their bias, two ways to do so differ: that distance is
  /// added in quadrature.
  ///
  /// - Parameters:
  ///   - other: the terms as another way frees them from bias.
  ///   - level: within 0..<1.
  func reaches(
    along gradients: [InformationTerms], other: InformationTerms, level: Double, workerCount: Int
  ) -> [Double] {
    let z = StandardNormal.upperQuantile((1 - level) / 2)
    let errors = standardErrors(along: gradients, workerCount: workerCount)
    return zip(gradients, errors).map { gradient, error in
      let distance = (gradient * (other - debiasedTerms)).sum()
      return (z * z * error * error + distance * distance).squareRoot()
    }
  }

  private func standardErrors(along gradients: [InformationTerms], workerCount: Int) -> [Double] {
    let total = sides.sum()
    let sums = mapBlocks(of: areas.count, size: 4, workerCount: workerCount) { block in
      var sums = [Double](repeating: 0, count: gradients.count)
      for area in block {
        Self.forEachCell(of: provision, demand, area: area) { sector, cell in
          for side in 0..<2 where cell[side] > 0 {
            let score = score(side, area: area, sector: sector, cell: cell)
            for (place, gradient) in gradients.enumerated() {
              let part = (gradient * score).sum()
              sums[place] += cell[side] / total * part * part
            }
          }
        }
      }
      return sums
    }
    return gradients.enumerated().map { place, gradient in
      let first = sums.reduce(0) { $0 + $1[place] }
      return ((first + secondOrder(along: gradient)) / Double(size)).squareRoot()
    }
  }

  /// What one unit says of each term, less the term.
  private func score(_ side: Int, area: Int, sector: Int, cell: Sides) -> InformationTerms {
    let share = sides[side] / sides.sum()
    let information = { (part: Sides) in log(part[side] / part.sum() / share) }
    return InformationTerms(
      information(cell), information(areas[area]), information(sectors[sector]),
      groups.isEmpty ? 0 : information(groups[groupOfArea[area]]), -log(share), 0, 0, 0) - terms
  }

  /// N times the variance of terms that is left where side tells nothing: that of chi-squared variables, of
  /// which those of areas, sectors and groups are parts of that of cells, and groups' of areas'.
  private func secondOrder(along gradient: InformationTerms) -> Double {
    let degrees = { (parts: [Sides]) in Double(max(0, parts.count { $0.sum() > 0 } - 1)) }
    let (cells, ofAreas) = (Double(max(0, cellCount - 1)), degrees(areas))
    let (ofSectors, ofGroups) = (degrees(sectors), degrees(groups))
    let g = gradient
    let squares =
      g[0] * g[0] * cells + g[1] * g[1] * ofAreas + g[2] * g[2] * ofSectors + g[3] * g[3] * ofGroups
    let products =
      g[0] * (g[1] * ofAreas + g[2] * ofSectors + g[3] * ofGroups) + g[1] * g[3] * ofGroups
    return firstOrderBias(degreesOfFreedom: squares + 2 * products, total: Double(size))
  }

  /// Σ f(n_gu) - Σ f(n_u), f(x) = x ln x, made the informations that they tell.
  private static func informations(_ sums: InformationTerms, sides: Double, size: Double)
    -> InformationTerms
  {
    let entropy = log(size) - sides / size
    var terms = (sums / size) + entropy
    terms[4] = entropy
    return terms
  }

  private static func term(of part: Sides, _ term: (Double) -> Double) -> Double {
    term(part.x) + term(part.y) - term(part.sum())
  }

  /// Runs `body` for every cell of an area that has a number on both sides.
  private static func forEachCell(
    of provision: Matrix, _ demand: Matrix, area: Int,
    body: (_ sector: Int, _ cell: SIMD2<Double>) -> Void
  ) {
    for (sector, cell) in zip(provision.row(area), demand.row(area)).enumerated() {
      guard !cell.0.isNaN, !cell.1.isNaN else { continue }
      body(sector, SIMD2(cell.0, cell.1))
    }
  }
}

/// Exact means of x ln x over binomial counts, kept for counts that come again.
private struct TermMeans {
  let trials: Int
  /// The probability of one unit.
  let scale: Double
  private var known: [Double: Double] = [:]

  init(trials: Int, scale: Double) {
    self.trials = trials
    self.scale = scale
  }

  mutating func mean(_ count: Double) -> Double {
    if let mean = known[count] { return mean }
    let mean = CountFunction.timesLogarithm.mean(
      trials: trials, probability: min(1, count * scale))
    known[count] = mean
    return mean
  }
}

/// A number for a count whose mean over Poisson counts is near the mean's own x ln x, 0 at 0:
/// n (ψ(n) + (-1)ⁿ / 2 (ψ((n + 1) / 2) - ψ(n / 2))), for other numbers between those of the whole ones.
///
/// The mean lies λ E₁(2λ) above λ ln λ: Grassberger (2003), https://arxiv.org/abs/physics/0307138.
package func unbiasedEntropyTerm(_ x: Double) -> Double {
  let below = x.rounded(.down)
  let first = unbiasedTermOfWhole(below)
  guard below < x else { return first }
  return first + (x - below) * (unbiasedTermOfWhole(below + 1) - first)
}

private func unbiasedTermOfWhole(_ n: Double) -> Double {
  if n < Double(smallTerms.count) { return smallTerms[Int(n)] }
  return calculatedTerm(n)
}

private func calculatedTerm(_ n: Double) -> Double {
  guard n > 0 else { return 0 }
  let sign = n.truncatingRemainder(dividingBy: 2) == 0 ? 0.5 : -0.5
  return n * (digamma(n) + sign * (digamma((n + 1) / 2) - digamma(n / 2)))
}

private let smallTerms = (0..<4096).map { calculatedTerm(Double($0)) }
