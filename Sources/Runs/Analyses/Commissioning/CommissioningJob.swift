import Extracts
import Jobs
import Mismatch

/// What a job asks of plans for places: what they cost, who pays, and how far they may move.
struct CommissioningJob: Sendable {
  /// Pounds in all, or by area.
  enum Budget: Sendable {
    /// What today's places cost.
    case current
    case each(Double)
    case listed(CellNumbersJob)
  }

  enum Costs: Sendable {
    case each(Double)
    case listed(CellNumbersJob)
  }

  /// Openings per unit of demand.
  enum DemandScale: Sendable {
    case factor(Double)
    /// What the openings of each period are in all.
    case national(Double)
    case listed(CellNumbersJob)
  }

  var costs: Costs
  /// How far costs may be from those given, as a share of them; nil where they are taken as they are, or a file has ends.
  var costRange: Double?
  var budget: Budget
  /// How far a sector's places may move from today's, as a share of them; nil where they may move freely.
  var change: Double?
  var floors: CellNumbersJob?
  var caps: CellNumbersJob?
  var demandScale: DemandScale
  /// What is maximised.
  var matching: MatchingReturn
  /// Pairs of periods, or periods of demand, that judge and have no plans of their own; nil where all later ones judge.
  var judges: [(label: String, place: Place)]?
  var plans: [CommissioningPlan]
  var drawCount: Int

  /// All files, costs first.
  var listed: [CellNumbersJob] {
    var listed: [CellNumbersJob] = []
    if case .listed(let job) = costs { listed.append(job) }
    if case .listed(let job) = budget { listed.append(job) }
    if case .listed(let job) = demandScale { listed.append(job) }
    return listed + [floors, caps].compactMap { $0 }
  }
}

extension CommissioningJob {
  /// The places of the pairs that judge and have no plans; nil where the job names none.
  ///
  /// - Throws: ``Failure`` for a name that no pair of the run has, and where no pair is left to decide.
  func judges(of compared: ComparedPeriods) throws -> Set<Int>? {
    guard let judges else { return nil }
    let pairs = compared.pairs
    let found = try judges.map { judge in
      let places = pairs.indices.filter {
        pairs[$0].label.isSpelt(as: judge.label) || pairs[$0].demand.isSpelt(as: judge.label)
      }
      guard !places.isEmpty else {
        throw Failure(
          .badData, at: judge.place, "no pair of periods of this run is \"\(judge.label)\"",
          expected: "one of " + Failure.examples(pairs.map(\.label)),
          advice: "Name a pair as the column `period` has it, or its period of demand")
      }
      return places
    }
    let all = Set(found.joined())
    guard let first = pairs.indices.first(where: { !all.contains($0) }) else {
      throw Failure(
        .badData, at: judges.first?.place, "`commissioning.score-on` names all pairs of periods",
        expected: "at least one that decides", advice: "Leave out those that plans are made on")
    }
    if compared.disorder == nil, let early = found.firstIndex(where: { ($0.max() ?? 0) < first }) {
      throw Failure(
        .badData, at: judges[early].place,
        "\"\(judges[early].label)\" comes before all pairs that plans are made on",
        expected: "a later one", advice: "A plan is judged by what came after it")
    }
    return all
  }
}

extension MatchingReturn {
  /// What is maximised, in the words of the job.
  var text: String {
    switch self {
    case .matched: "matched"
    case .concave(let share): "vacancy-share \(share)"
    }
  }
}

/// A way to choose places.
enum CommissioningPlan: String, Sendable, CaseIterable {
  /// Today's places.
  case current
  /// One mix for all areas.
  case nationalTemplate = "national-template"
  /// Each area its own best.
  case local
  /// The same, made on counts that are drawn towards those of all areas.
  case localSmoothed = "local-smoothed"
  /// The areas of each group share their budgets.
  case pooled
  /// All areas together, each with its own budget, where people commute.
  case commuting
}

extension JobNode {
  /// The block `commissioning`.
  func commissioning(folder: String) throws -> CommissioningJob {
    let keys = try keyed([
      "unit-costs", "unit-cost-range", "budget", "change", "floors", "caps", "demand-scale",
      "maximise", "score-on", "plans", "draws",
    ])
    let costs = try keys.required("unit-costs", of: self).costs(folder: folder)
    if let range = keys["unit-cost-range"], case .listed(let listed) = costs, listed.ends != nil {
      throw range.wrong(
        expected: "either `unit-cost-range`, or `lower` and `upper` of `unit-costs`")
    }
    let cells = ["area", "sector"]
    return CommissioningJob(
      costs: costs, costRange: try keys["unit-cost-range"]?.costRange(),
      budget: try keys["budget"]?.budget(folder: folder) ?? .current,
      change: try keys["change"]?.change(),
      floors: try keys["floors"]?.cellNumbers("places", by: cells, in: .counts, folder: folder),
      caps: try keys["caps"]?.cellNumbers("places", by: cells, in: .counts, folder: folder),
      demandScale: try keys["demand-scale"]?.demandScale(folder: folder) ?? .factor(1),
      matching: try keys["maximise"]?.matching() ?? .matched,
      judges: try keys["score-on"]?.someItems().map { (try $0.text(), $0.place) },
      plans: try keys["plans"]?.plans()
        ?? CommissioningPlan.allCases.filter { $0 != .pooled && $0 != .commuting },
      drawCount: try keys["draws"]?.drawCount() ?? 200)
  }

  private func costs(folder: String) throws -> CommissioningJob.Costs {
    isMapping
      ? .listed(
        try cellNumbers(
          "cost", by: ["sector"], orBy: "area", within: true, in: .parameters, folder: folder))
      : .each(try number(in: .parameters))
  }

  private func budget(folder: String) throws -> CommissioningJob.Budget {
    if isMapping {
      return .listed(try cellNumbers("budget", by: ["area"], in: .counts, folder: folder))
    }
    return try text() == "current" ? .current : .each(try number(in: .counts))
  }

  private func demandScale(folder: String) throws -> CommissioningJob.DemandScale {
    guard isMapping else { return .factor(try number(in: .parameters)) }
    let keys = try keyed(["national", "area", "scale"] + tableKeys)
    if let national = keys["national"] {
      guard keys.count == 1 else { throw wrong(expected: "either `national` or a file") }
      return .national(try national.number(in: .parameters))
    }
    return .listed(try cellNumbers("scale", by: ["area"], in: .parameters, folder: folder))
  }

  /// `20 %`, or `free`.
  private func change() throws -> Double? {
    if try text().trimmed() == "free" { return nil }
    return try percentage(upTo: 1e6, expected: "a percentage such as 20 %, or free")
  }

  /// `10 %`, below 100.
  private func costRange() throws -> Double {
    let expected = "a percentage below 100 %, such as 10 %"
    let share = try percentage(upTo: 100, expected: expected)
    guard share < 1 else { throw wrong(expected: expected) }
    return share
  }

  /// `matched`, or `{ vacancy-share: 0.5 }`.
  private func matching() throws -> MatchingReturn {
    if isMapping {
      let keys = try keyed(["vacancy-share"])
      let share = try keys.required("vacancy-share", of: self).number(in: .matchingShares)
      return .concave(vacancyShare: share)
    }
    guard try text() == "matched" else {
      throw wrong(expected: "matched, or `{ vacancy-share: }` of a matching function")
    }
    return .matched
  }

  private func plans() throws -> [CommissioningPlan] {
    let named: [CommissioningPlan] = try someItems().map { try $0.choice("plan") }
    return CommissioningPlan.allCases.filter { $0 == .current || named.contains($0) }
  }

  private func drawCount() throws -> Int {
    guard let count = Int(try text()), count == 0 || (20...10_000).contains(count) else {
      throw wrong(
        expected: "a number of draws from 20 to 10000, or 0 for none",
        advice: "Fewer draws give no interval worth the name")
    }
    return count
  }

  /// Numbers of cells, areas or sectors in a column that the key `value` names.
  private func cellNumbers(
    _ value: String, by required: [String], orBy optional: String? = nil, within: Bool = false,
    in range: NumberRange, folder: String
  ) throws -> CellNumbersJob {
    let ends = within ? ["lower", "upper"] : []
    let keys = try keyed(required + (optional.map { [$0] } ?? []) + [value] + ends + tableKeys)
    for key in required { _ = try keys.required(key, of: self) }
    let given = ends.compactMap { keys[$0] }
    if let lone = given.first, given.count == 1 {
      throw lone.wrong(expected: "both `lower` and `upper`")
    }
    return CellNumbersJob(
      table: try table(keys, folder: folder), area: try keys["area"]?.key(),
      sector: try keys["sector"]?.key(), value: try keys.required(value, of: self).text(),
      ends: given.isEmpty ? nil : (try given[0].text(), try given[1].text()), range: range)
  }
}
