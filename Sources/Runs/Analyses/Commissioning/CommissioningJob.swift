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
  var budget: Budget
  /// How far a sector's places may move from today's, as a share of them; nil where they may move freely.
  var change: Double?
  var floors: CellNumbersJob?
  var caps: CellNumbersJob?
  var demandScale: DemandScale
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
}

extension JobNode {
  /// The block `commissioning`.
  func commissioning(folder: String) throws -> CommissioningJob {
    let keys = try keyed([
      "unit-costs", "budget", "change", "floors", "caps", "demand-scale", "plans", "draws",
    ])
    let cells = ["area", "sector"]
    return CommissioningJob(
      costs: try keys.required("unit-costs", of: self).costs(folder: folder),
      budget: try keys["budget"]?.budget(folder: folder) ?? .current,
      change: try keys["change"]?.change(),
      floors: try keys["floors"]?.cellNumbers("places", by: cells, in: .counts, folder: folder),
      caps: try keys["caps"]?.cellNumbers("places", by: cells, in: .counts, folder: folder),
      demandScale: try keys["demand-scale"]?.demandScale(folder: folder) ?? .factor(1),
      plans: try keys["plans"]?.plans() ?? CommissioningPlan.allCases.filter { $0 != .pooled },
      drawCount: try keys["draws"]?.drawCount() ?? 200)
  }

  private func costs(folder: String) throws -> CommissioningJob.Costs {
    isMapping
      ? .listed(
        try cellNumbers(
          "cost", by: ["sector"], orBy: "area", in: .parameters, folder: folder))
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
    _ value: String, by required: [String], orBy optional: String? = nil, in range: NumberRange,
    folder: String
  ) throws -> CellNumbersJob {
    let keys = try keyed(required + (optional.map { [$0] } ?? []) + [value] + tableKeys)
    for key in required { _ = try keys.required(key, of: self) }
    return CellNumbersJob(
      table: try table(keys, folder: folder), area: try keys["area"]?.key(),
      sector: try keys["sector"]?.key(), value: try keys.required(value, of: self).text(),
      range: range)
  }
}
