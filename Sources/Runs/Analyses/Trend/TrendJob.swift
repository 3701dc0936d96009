import Extracts
import Jobs
import Mismatch

/// What a job asks of the trend of each cell over all periods of a side.
struct TrendJob: Sendable {
  enum Method: String, Sendable, CaseIterable {
    case trailingMean = "trailing-mean"
    case centredMean = "centred-mean"
    case stl
    case localLevel = "local-level"

    var isMean: Bool { self == .trailingMean || self == .centredMean }
  }

  /// Periods in a season.
  enum Season: Sendable {
    /// As many as a year has, where it has several.
    case year
    case none
    case periods(Int)
  }

  var sides: [Side]
  var method: Method
  /// Periods of a mean, or seasons of STL; nil for a season that does not change.
  var window: Int?
  var trendWindow: Int?
  var isRobust: Bool
  var season: Season
  var isLogarithmic: Bool
  /// Periods beyond the last one.
  var horizon: Int
  /// Periods at the end that are foreseen from those before.
  var backTest: Int
  /// The side whose figures are a publisher's projection of what the other side counts.
  var projections: Side?

  /// How the trend of cells is found, for periods in sequence.
  ///
  /// - Throws: ``Failure`` where the method needs a season and there is none.
  func method(for periods: PeriodSequence, level: Double, file: String) throws -> TrendMethod {
    let season: Int? =
      switch self.season {
      case .year: periods.season
      case .none: nil
      case .periods(let count): count
      }
    let model: TrendMethod.Model
    switch method {
    case .trailingMean: model = .trailingMean(window: window ?? 3)
    case .centredMean: model = .centredMean(window: window ?? 3)
    case .localLevel: model = .localLevel(season: season)
    case .stl:
      guard let season else {
        throw Failure(
          .badData, at: Place(file: file),
          "the method stl needs a season, and periods start every \(periods.step) months",
          expected: "`season`, the number of periods in one",
          advice: "Say it, or use `method: local-level`")
      }
      model = .seasonalTrend(
        SeasonalTrend(
          season: season, seasonalWindow: window.map { .seasons($0) } ?? .periodic,
          trendWindow: trendWindow, isRobust: isRobust))
    }
    return TrendMethod(model, isLogarithmic: isLogarithmic, level: level)
  }
}

extension JobNode {
  /// The block `trend`.
  func trend() throws -> TrendJob {
    let keys = try keyed([
      "side", "method", "window", "trend-window", "robust", "season", "scale", "horizon",
      "back-test", "projections",
    ])
    let method: TrendJob.Method = try keys["method"]?.choice("method of trend") ?? .localLevel
    let needed: [(keys: [String], methods: [TrendJob.Method])] = [
      (["trend-window", "robust"], [.stl]), (["season", "scale"], [.stl, .localLevel]),
      (["window"], [.trailingMean, .centredMean, .stl]), (["horizon", "back-test"], [.localLevel]),
    ]
    for (names, methods) in needed where !methods.contains(method) {
      for node in names.compactMap({ keys[$0] }) {
        throw node.wrong(
          expected:
            "this key with \(methods.map { "`method: \($0.rawValue)`" }.joined(separator: " or "))"
            + ", not with \(method.rawValue)")
      }
    }
    let scale: TrendScale = try keys["scale"]?.choice("scale of trend") ?? .logarithm
    return TrendJob(
      sides: try keys["side"]?.someItems().map { try $0.choice("side") } ?? [.demand],
      method: method,
      window: try keys["window"]?.window(isOfSeasons: method == .stl),
      trendWindow: try keys["trend-window"]?.periodCount(from: 3),
      isRobust: try keys["robust"]?.boolean() ?? false,
      season: try keys["season"]?.season() ?? .year,
      isLogarithmic: !method.isMean && scale == .logarithm,
      horizon: try keys["horizon"]?.periodCount(from: 0) ?? 0,
      backTest: try keys["back-test"]?.periodCount(from: 1) ?? 0,
      projections: try keys["projections"]?.choice("side"))
  }

  private func season() throws -> TrendJob.Season {
    try text() == "none" ? .none : .periods(try periodCount(from: 2))
  }

  /// So many periods, or for STL `periodic` and an odd number of seasons.
  private func window(isOfSeasons: Bool) throws -> Int? {
    guard isOfSeasons else { return try periodCount(from: 1) }
    if try text() == "periodic" { return nil }
    let count = try periodCount(from: 3)
    guard !count.isMultiple(of: 2) else {
      throw wrong(expected: "periodic, or an odd number from 3")
    }
    return count
  }

  private func periodCount(from least: Int) throws -> Int {
    let value = try number(in: .counts)
    guard let count = Int(exactly: value), count >= least, count <= 1000 else {
      throw wrong(expected: "a whole number from \(least) to 1000")
    }
    return count
  }
}

/// What is decomposed.
private enum TrendScale: String, CaseIterable {
  case count
  case logarithm = "log"
}
