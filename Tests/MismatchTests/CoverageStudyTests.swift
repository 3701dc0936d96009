import Dense
import Foundation
import Mismatch
import Support
import Testing

/// How often intervals hold the truth and calls are wrong, when counts are drawn from known shares and
/// published as the Department for Education and the Office for National Statistics publish them.
///
/// The test runs a few draws; `Benchmarks/Coverage/run.sh` runs many more and keeps the figures.
struct CoverageStudyTests {
  @Test("Intervals cover and calls are right at their rates", arguments: StudyDesign.all)
  func study(design: StudyDesign) throws {
    let environment = ProcessInfo.processInfo.environment
    let drawCount = environment["MISMATCH_COVERAGE_DRAWS"].flatMap { Int($0) } ?? 48
    let result = StudyResult(design, drawCount: drawCount)
    if let path = environment["MISMATCH_COVERAGE_FILE"] { try result.append(to: path) }
    // A rate of 5 % over the study's draws has this standard error at most, cells of a draw counted as
    // one half as many independent ones; three of them.
    let slack = 3 * (0.05 * 0.95 / (Double(result.cellCount) / 2)).squareRoot()
    #expect(result.sharesCovered >= 0.95 - slack)
    #expect(result.gapsCovered >= 0.95 - slack)
    #expect(result.publishedGapsCovered >= 0.95 - slack)
    for family in StudyResult.Family.allCases {
      let (rate, deviation) = try #require(result.falseDiscoveryRates[family])
      #expect(rate <= 0.05 + 3 * deviation / Double(drawCount).squareRoot(), "\(family)")
    }
    #expect(design.isNull || result.foundShare > 0)
  }
}

/// Shares of both sides and how many are counted.
struct StudyDesign: Sendable, CustomStringConvertible {
  let name: String
  /// Whether no share gap goes beyond the tolerance.
  let isNull: Bool
  /// The gap, in percentage points, between pairs of neighbouring sectors in every area.
  let gaps: [Double]
  let total: ClosedRange<Int>

  var description: String { name }

  /// No gap; gaps of exactly the tolerance, the worst a null can be; and a mixture, in areas of the size of
  /// small and of middling local authorities.
  static let all: [StudyDesign] = [
    StudyDesign(name: "none", isNull: true, gaps: [0], total: 150...1500),
    StudyDesign(name: "tolerance", isNull: true, gaps: [1], total: 150...1500),
    StudyDesign(name: "mixed", isNull: false, gaps: [0, 0, 1, 3, 0, 6, 0.5], total: 150...1500),
    StudyDesign(name: "mixed-large", isNull: false, gaps: [0, 0, 1, 3, 0, 2], total: 2000...9000),
  ]

  static let sectorCount = 15
  static let areaCount = 8
}

/// What a number of draws of one design gave.
struct StudyResult {
  /// A family of calls: of counts before and after publication, and by which control.
  enum Family: CaseIterable {
    case exactHochberg, publishedHochberg, publishedYekutieli
  }

  let design: StudyDesign
  let drawCount: Int
  private(set) var cellCount = 0
  private var shareHits = 0
  private var gapHits = 0
  private var publishedHits = 0
  private var found = (truly: 0, of: 0)
  private var proportions: [Family: [Double]] = [:]

  init(_ design: StudyDesign, drawCount: Int) {
    self.design = design
    self.drawCount = drawCount
    for draw in 0..<drawCount { take(draw) }
  }

  var sharesCovered: Double { Double(shareHits) / Double(2 * cellCount) }
  var gapsCovered: Double { Double(gapHits) / Double(cellCount) }
  /// After rounding and suppression, by the combined interval.
  var publishedGapsCovered: Double { Double(publishedHits) / Double(cellCount) }
  /// The share of true gaps beyond the tolerance that were called.
  var foundShare: Double { found.of == 0 ? 0 : Double(found.truly) / Double(found.of) }

  /// The mean share of false calls among calls, and its standard deviation over draws.
  var falseDiscoveryRates: [Family: (mean: Double, deviation: Double)] {
    proportions.mapValues { values in
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / Double(max(1, values.count - 1))).squareRoot())
    }
  }

  private mutating func take(_ draw: Int) {
    var random = RandomSource(seed: 20_211_222, stream: UInt64(draw))
    let areas = (0..<StudyDesign.areaCount).map { _ in DrawnArea(design, &random) }
    let exact = makeGrid(
      provision: areas.map(\.provision), demand: areas.map(\.demand))
    let published = makeGrid(
      provision: Table(published: areas.map(\.provision), as: .achievements),
      demand: Table(published: areas.map(\.demand), as: .adverts))
    var rule = InferenceRule()
    let measures: [Measure] = [.provisionShare, .demandShare, .shareGap]
    let sampling = Inference(exact, measures: measures, rule: rule, workerCount: 1)
    let truths = zip(areas.map(\.p).joined(), areas.map(\.q).joined()).map { 100 * ($0 - $1) }
    take(sampling.findings, truths, .exactHochberg)
    let hochberg = Inference(published, measures: [], rule: rule, workerCount: 1)
    take(hochberg.findings, truths, .publishedHochberg)
    rule.control = .benjaminiYekutieli
    let yekutieli = Inference(published, measures: [], rule: rule, workerCount: 1)
    take(yekutieli.findings, truths, .publishedYekutieli)
    cellCount += truths.count
    let intervals = sampling.byMeasure
    for (index, (p, q)) in zip(areas.map(\.p).joined(), areas.map(\.q).joined()).enumerated() {
      shareHits += intervals[2].cells[index].sampling.holds(p) ? 1 : 0
      shareHits += intervals[3].cells[index].sampling.holds(q) ? 1 : 0
      gapHits += intervals[4].cells[index].sampling.holds(truths[index]) ? 1 : 0
    }
  }

  private mutating func take(
    _ findings: [Inference.Finding], _ truths: [Double], _ family: Family
  ) {
    var (calls, wrong) = (0, 0)
    for (finding, truth) in zip(findings, truths) {
      let limit = 1 + 1e-9
      let isTrue = finding.call == .over ? truth > limit : truth < -limit
      if finding.call == .over || finding.call == .under {
        calls += 1
        wrong += isTrue ? 0 : 1
      }
      guard family == .publishedHochberg else { continue }
      publishedHits += finding.interval.holds(truth) ? 1 : 0
      guard abs(truth) > limit else { continue }
      found.of += 1
      if (finding.call == .over || finding.call == .under) && isTrue { found.truly += 1 }
    }
    proportions[family, default: []].append(calls == 0 ? 0 : Double(wrong) / Double(calls))
  }

  /// Adds a row of figures to a CSV file.
  func append(to path: String) throws {
    let rates = Family.allCases.map { falseDiscoveryRates[$0]?.mean ?? .nan }
    let figures = [sharesCovered, gapsCovered, publishedGapsCovered] + rates + [foundShare]
    let row = ([design.name, "\(drawCount)", "\(cellCount)"] + figures.map { "\($0)" })
      .joined(separator: ",")
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((row + "\n").utf8))
    try handle.close()
  }
}

extension ConfidenceInterval {
  /// Whether a quantity lies within the limits, up to rounding of the arithmetic.
  fileprivate func holds(_ truth: Double) -> Bool {
    lower <= truth + 1e-12 && truth <= upper + 1e-12
  }
}

/// True shares of an area and counts that were drawn from them.
private struct DrawnArea {
  private(set) var p: [Double] = []
  private(set) var q: [Double] = []
  let provision: [Double]
  let demand: [Double]

  init(_ design: StudyDesign, _ random: inout RandomSource) {
    let sizes = (0..<StudyDesign.sectorCount).map { _ in -log(1 - random.uniform()) + 0.3 }
    q = sizes.map { $0 / sizes.reduce(0, +) }
    p = q
    let start = random.whole(0...design.gaps.count - 1)
    for pair in stride(from: 0, to: StudyDesign.sectorCount - 1, by: 2) {
      let gap = design.gaps[(start + pair / 2) % design.gaps.count] / 100
      let (from, to) = q[pair] > q[pair + 1] ? (pair, pair + 1) : (pair + 1, pair)
      // A sector cannot give more than it has: the pair then stays as it is.
      guard q[from] > gap else { continue }
      p[from] -= gap
      p[to] += gap
    }
    provision = Self.counts(random.whole(design.total), p, &random)
    demand = Self.counts(random.whole(design.total), q, &random)
  }

  /// Multinomial counts.
  private static func counts(_ total: Int, _ shares: [Double], _ random: inout RandomSource)
    -> [Double]
  {
    var counts = shares.map { _ in 0.0 }
    for _ in 0..<total {
      var (rest, place) = (random.uniform(), 0)
      while place < shares.count - 1, rest >= shares[place] {
        rest -= shares[place]
        place += 1
      }
      counts[place] += 1
    }
    return counts
  }
}

/// How a source publishes its counts.
private enum Publication {
  /// Nearest 10, 1 to 4 as `low`.
  case achievements
  /// Nearest 5, 0 to 4 as `[x]`.
  case adverts
}

extension Table {
  fileprivate init(published counts: [[Double]], as publication: Publication) {
    let exact = Matrix(rows: counts)
    var (value, lower, upper) = (exact, exact, exact)
    for index in exact.elements.indices {
      let figure = Self.figure(exact.elements[index], publication)
      value.elements[index] = figure.value
      lower.elements[index] = figure.lower
      upper.elements[index] = figure.upper
    }
    self.init(
      value: value, lower: lower, upper: upper,
      status: Array(repeating: [], count: exact.elements.count),
      totalLower: (0..<counts.count).map { lower.row($0).reduce(0, +) },
      totalUpper: (0..<counts.count).map { upper.row($0).reduce(0, +) })
  }

  private static func figure(_ count: Double, _ publication: Publication) -> Figure {
    switch publication {
    case .achievements where count == 0: return Figure(exact: 0)
    case .achievements where count < 5: return Figure(2.5, lower: 1, upper: 4)
    case .adverts where count < 5: return Figure(2, lower: 0, upper: 4)
    case .achievements: return rounded(count, to: 10)
    case .adverts: return rounded(count, to: 5)
    }
  }

  private static func rounded(_ count: Double, to unit: Double) -> Figure {
    let value = (count / unit).rounded() * unit
    return Figure(value, lower: value - unit / 2, upper: value + unit / 2)
  }
}
