import Dense
import Foundation
import Mismatch
import Support
import Testing

struct HeadlineSamplingTests {
  /// Two independent roads to one number: the sum over all cells of a grid, and the area's own index.
  @Test("Of a grid of one area, the exact bootstrap mean is that of the area's index")
  func singleArea() throws {
    for random in RandomGrid.exact where random.shape == .singleArea {
      let pair = random.grid.pair(area: 0)
      let figure = try #require(Measure.mutualInformation.area(pair))
      let estimate = try #require(
        ShareIndex.estimates(
          of: [(.mutualInformation, figure)], provision: pair.provision.cells.map(\.value),
          demand: pair.demand.cells.map(\.value),
          rule: BootstrapRule(level: 0.95, drawCount: 0, seed: 0), cell: 0
        ).first)
      let sample = try #require(random.grid.sample)
      let means = sample.bootstrapMeans(workerCount: 1)
      let close = Closeness.absolute(1e-12)
      #expect(close.holds(sample.terms[0], figure.value))
      #expect(close.holds(2 * figure.value - means[0], estimate.debiased))
      #expect(close.holds(means[0], means[2]) && abs(means[1]) < 1e-12)
    }
  }

  @Test("Between sectors lies the mutual information of all areas, bias and all")
  func betweenSectors() throws {
    let close = Closeness.absolute(1e-12)
    // The size of a sample of counts that are not whole is rounded by side, or in all.
    for random in RandomGrid.exact where random.shape != .fractions {
      let all = random.grid.all
      guard let figure = Measure.mutualInformation.area(all), figure.isDefined else { continue }
      let estimate = try #require(
        ShareIndex.estimates(
          of: [(.mutualInformation, figure)], provision: all.provision.cells.map(\.value),
          demand: all.demand.cells.map(\.value),
          rule: BootstrapRule(level: 0.95, drawCount: 0, seed: 0), cell: 0
        ).first)
      let headlines = Decomposition(random.grid).headlines(of: random.grid, level: 0.95)
      let between = try #require(headlines.first { $0.name == Headline.betweenSectors })
      #expect(close.holds(between.figure.value, figure.value))
      #expect(close.holds(between.debiased, max(0, estimate.debiased)))
    }
  }

  @Test("The entropy term has the published values, and its Poisson mean the published excess")
  func unbiasedTerm() {
    let euler = 0.577215664901532861
    let close = Closeness.absolute(1e-12)
    // Grassberger (2003): G(1) = -γ - ln 2, G(2) = G(3) = 2 + G(1), G(4) = G(2) + 2/3.
    let first = -euler - log(2)
    for (n, expected) in [(1.0, first), (2, 2 + first), (3, 2 + first), (4, first + 8.0 / 3)] {
      #expect(close.holds(unbiasedEntropyTerm(n), n * expected))
    }
    #expect(unbiasedEntropyTerm(0) == 0)
    #expect(close.holds(unbiasedEntropyTerm(1.25), 0.75 * first + 0.25 * 2 * (2 + first)))
    // λ E₁(2λ), the exponential integrals from Abramowitz and Stegun, table 5.1.
    for (mean, integral) in [(0.5, 0.219383934395520), (1, 0.048900510708061)] {
      var (mass, sum) = (exp(-mean), 0.0)
      for count in 0..<80 {
        sum += mass * unbiasedEntropyTerm(Double(count))
        mass *= mean / Double(count + 1)
      }
      #expect(close.holds(sum, mean * log(mean) + mean * integral), "\(mean)")
    }
  }

  @Test("Means and errors are those of many samples drawn from the grid's own shares")
  func bootstrapTwin() throws {
    let study = HeadlineStudy(description: "twin", areaCount: 6, size: 20_000, distance: 0.6)
    let grid = study.grid(study.sample(0, drawCount: 1))
    let counts = grid.provision.value.elements + grid.demand.value.elements
    let drawCount = 2000
    let drawn = Multinomial(total: study.size, weights: counts).counts(
      drawCount: drawCount, seed: 7, cell: 0)
    let samples = try (0..<drawCount).map { draw in
      try #require(
        study.grid((0..<counts.count).map { Double(drawn[$0 * drawCount + draw]) }).sample)
    }
    let sample = try #require(grid.sample)
    let means = sample.bootstrapMeans(workerCount: 2)
    let headlines = Dictionary(
      uniqueKeysWithValues: grid.headlines(level: 0.95).map { ($0.name, $0) })
    for (name, form) in [
      ("total_mutual_information", InformationTerms.cells), ("between_areas", .areas),
      ("wrong_skill", .cells - .areas), ("wrong_place", .cells - .sectors),
    ] {
      let values = samples.map { (form * $0.terms).sum() }
      let mean = values.reduce(0, +) / Double(drawCount)
      let deviation =
        (values.reduce(0) { $0 + pow($1 - mean, 2) } / Double(drawCount - 1)).squareRoot()
      #expect(
        abs((form * means).sum() - mean) < 4 * deviation / Double(drawCount).squareRoot(), "\(name)"
      )
      let headline = try #require(headlines[name])
      let error = (headline.sampling.upper - headline.debiased) / 1.959964
      // Standard deviations of 2,000 draws are known to 1.6 %; what is added to the first order is care.
      #expect(error > 0.94 * deviation && error < 1.15 * deviation, "\(name): \(error / deviation)")
    }
  }

  @Test("Without mismatch the whole may be nothing, and its shares anything")
  func perfectMatch() throws {
    let side = [[40.0, 20, 10], [8, 4, 2]]
    let grid = makeGrid(provision: side, demand: side)
    for headline in grid.headlines(level: 0.95) {
      #expect(headline.figure.value == 0 || !headline.figure.isDefined, "\(headline)")
      guard headline.figure.isDefined else { continue }
      #expect(headline.debiased == 0 && headline.sampling.lower == 0)
      #expect(headline.sampling.upper > 0)
    }
    let near = makeGrid(provision: side, demand: [[38, 22, 11], [9, 4, 1]])
    let share = try near.headline("wrong_skill_share").sampling
    #expect(share == ConfidenceInterval(lower: 0, upper: 1))
  }

  @Test("Order of areas and threads change nothing; ten times the counts narrow intervals by √10")
  func laws() {
    let study = HeadlineStudy(description: "laws", areaCount: 40, size: 4_000_000, distance: 1)
    let grid = study.grid(study.sample(1, drawCount: 1))
    let order = Array((0..<40).reversed())
    let turned = makeGrid(
      provision: Table(exact: Matrix(rows: order.map { Array(grid.provision.value.row($0)) })),
      demand: Table(exact: Matrix(rows: order.map { Array(grid.demand.value.row($0)) })))
    let tenfold = study.grid(study.sample(1, drawCount: 1).map { 10 * $0 })
    let headlines = grid.headlines(level: 0.95)
    #expect(headlines == grid.headlines(level: 0.95, workerCount: 4))
    for (one, other) in zip(headlines, turned.headlines(level: 0.95)) {
      let same = Closeness.absolute(1e-11)
      #expect(same.holds(one.debiased, other.debiased), "\(one.name)")
      #expect(same.holds(one.sampling.lower, other.sampling.lower))
    }
    for (one, other) in zip(headlines, tenfold.headlines(level: 0.95)) {
      let ratio = (one.sampling.upper - one.debiased) / (other.sampling.upper - other.debiased)
      #expect(abs(ratio - 10.0.squareRoot()) < 0.02, "\(one.name)")
    }
  }

  @Test("An empty side leaves everything undefined, a withheld cell is left out")
  func edges() throws {
    let empty = makeGrid(provision: [[0, 0], [0, 0]], demand: [[1, 2], [3, 4]])
    for headline in empty.headlines(level: 0.95) {
      #expect(headline.debiased.isNaN && headline.sampling.lower.isNaN)
    }
    for random in RandomGrid.all where random.shape == .withheld {
      let whole = try random.grid.headline("total_mutual_information")
      #expect(whole.sampling.lower <= whole.debiased && whole.debiased <= whole.sampling.upper)
    }
  }

  @Test("First-order bias is that of the case", .enabled(if: Reference.mayRun))
  func firstOrder() throws {
    let input = try Reference.rows("c08-small-numbers/input.csv")
    for row in try Reference.rows("c08-small-numbers/expected_mutual_bias.csv") {
      let area = try row.text("area")
      let sectors = try input.filter { $0["area"] == area }.filter {
        try $0.number("trainees") + $0.number("vacancies") > 0
      }
      let bias = firstOrderBias(
        degreesOfFreedom: Double(sectors.count - 1), total: try row.number("N"))
      let expected = try row.number("first_order_bias_(r-1)(c-1)/2N")
      #expect(Closeness.absolute(1e-9).holds(bias, expected), "\(row): \(bias)")
    }
  }

  /// The test draws a few samples; `Benchmarks/Coverage/headlines.sh` draws many more and keeps the figures.
  @Test("Intervals of headlines cover, and debiased ones are nearer", arguments: HeadlineStudy.all)
  func study(design: HeadlineStudy) throws {
    let environment = ProcessInfo.processInfo.environment
    let sampleCount = environment["MISMATCH_COVERAGE_DRAWS"].flatMap { Int($0) } ?? 60
    let results = design.run(sampleCount: sampleCount)
    // As stated in Benchmarks/Coverage, less three standard errors of such a share.
    let stated = design.statedCoverage
    let slack = 3 * (stated * (1 - stated) / Double(sampleCount)).squareRoot()
    for (name, result) in results {
      #expect(result.covered >= stated - slack, "\(name): \(result.covered)")
    }
    let whole = try #require(results.first { $0.name == "total_mutual_information" }).result
    #expect(whole.debiasedError < whole.rawError)
    if let path = environment["MISMATCH_HEADLINE_FILE"] {
      for (name, result) in results {
        try design.append("\(name),\(sampleCount)" + result.text, to: path)
      }
    }
  }
}

/// A grid of 15 sectors with so many counts in all, and how far the mixes of its sides are apart.
struct HeadlineStudy: Sendable, CustomStringConvertible {
  let description: String
  let areaCount: Int
  let size: Int
  /// The weight of demand's own mix; 0 is no mismatch of skill at all.
  let distance: Double

  /// What the documents state of intervals of the level 95 %.
  var statedCoverage: Double { size < 2500 ? 0.65 : size < 10_000 ? 0.88 : 0.92 }

  /// 1, 8 and 130 counts in a cell of a side on average: fewer than local authorities have, as small ones
  /// have them, and as middling ones.
  static let all = [0, 0.3, 1].flatMap { distance in
    [("tiny", 600), ("small", 5_000), ("middling", 80_000)].map { name, size in
      HeadlineStudy(
        description: "\(name), distance \(distance)", areaCount: 20, size: size, distance: distance)
    }
  }

  static let sectorCount = 15

  struct Result {
    var (rawError, debiasedError, covered) = (0.0, 0.0, 0.0)

    var text: String {
      ",\(rawError.squareRoot()),\(debiasedError.squareRoot()),\(debiasedError / rawError),\(covered)"
    }
  }

  /// Probabilities of provision's cells, then of demand's.
  private var weights: [Double] {
    var random = RandomSource(seed: 50)
    let row = { (random: inout RandomSource) in
      (0..<Self.sectorCount).map { _ in pow(random.uniform(), 2) + 0.02 }
    }
    var (provision, demand): ([Double], [Double]) = ([], [])
    for _ in 0..<areaCount {
      let (own, other) = (row(&random), row(&random))
      let balance = 1 + distance * (random.uniform() - 0.5)
      provision += own
      demand += zip(own, other).map { balance * ($0 + distance * ($1 - $0)) }
    }
    return provision + demand
  }

  func sample(_ number: Int, drawCount: Int) -> [Double] {
    Multinomial(total: size, weights: weights).counts(
      drawCount: drawCount, seed: 51, cell: UInt64(number)
    ).map(Double.init)
  }

  func grid(_ counts: [Double]) -> Grid {
    let side = { (first: Int) in
      Table(
        exact: Matrix(
          rows: (0..<areaCount).map { area in
            Array(counts[(first + area) * Self.sectorCount..<(first + area + 1) * Self.sectorCount])
          }))
    }
    return makeGrid(provision: side(0), demand: side(areaCount))
  }

  func run(sampleCount: Int) -> [(name: String, result: Result)] {
    let truths = grid(weights).headlines(level: nil)
    let drawn = sample(0, drawCount: sampleCount)
    let samples = mapBlocks(of: sampleCount, size: 1, workerCount: 2) { block in
      let counts = (0..<drawn.count / sampleCount).map {
        drawn[$0 * sampleCount + block.lowerBound]
      }
      return grid(counts).headlines(level: 0.95)
    }
    return truths.indices.compactMap { place in
      let truth = truths[place].figure
      // The shares of nothing have no truth.
      let isShare = truths[place].name.hasSuffix("share")
      guard truth.isDefined, distance > 0 || !isShare else { return nil }
      var result = Result()
      for headlines in samples {
        let headline = headlines[place]
        result.rawError += pow(headline.figure.value - truth.value, 2) / Double(sampleCount)
        result.debiasedError += pow(headline.debiased - truth.value, 2) / Double(sampleCount)
        let isCovered =
          headline.sampling.lower <= truth.value + 1e-12 && truth.value <= headline.sampling.upper
        result.covered += (isCovered ? 1 : 0) / Double(sampleCount)
      }
      return (truths[place].name, result)
    }
  }

  func append(_ figures: String, to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("\"\(description)\",\(figures)\n".utf8))
    try file.close()
  }
}

extension Grid {
  fileprivate var sample: InformationSample? {
    InformationSample(provision: provision.value, demand: demand.value)
  }

  fileprivate func headlines(level: Double?, workerCount: Int = 1) -> [Headline] {
    Decomposition(self).headlines(of: self, level: level, workerCount: workerCount)
  }

  fileprivate func headline(_ name: String) throws -> Headline {
    try #require(headlines(level: 0.95).first { $0.name == name })
  }
}
