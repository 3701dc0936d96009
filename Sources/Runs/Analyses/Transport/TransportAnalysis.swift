import Extracts
import Jobs
import Mismatch

/// The least costly moves from provision to demand.
enum TransportAnalysis: BlockAnalysis {
  typealias Request = TransportJob

  static let key = "transport"

  static func decode(_ node: JobNode, folder: String) throws -> TransportJob {
    try node.transport(folder: folder)
  }

  static func tables(of request: TransportJob) -> [TableJob] {
    if case .table(let distances) = request.skill { return request.ways.tables + distances.tables }
    return request.ways.tables
  }

  static func plan(_ request: TransportJob, _ setting: AnalysisSetting) throws -> [String] {
    guard case .coordinates = request.ways else { return [] }
    return needs(try TransportInputs(request, setting), setting).lines
  }

  private static func needs(_ inputs: TransportInputs, _ setting: AnalysisSetting) -> TransportNeeds
  {
    TransportNeeds(inputs.costs, workerCount: setting.workerCount, budget: setting.budget)
  }

  static func calculate(
    _ request: TransportJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    let read = try TransportInputs(request, setting)
    outcome.inputs += read.inputs
    let needs = needs(read, setting)
    try needs.verify(within: setting.budget)
    let (long, count) = (setting.long, outcome.periods.count)
    var checkpoint: Checkpoint?
    if needs.expectedSeconds * Double(count) > LongWork.leastSeconds {
      long.onPlan(needs.lines)
      checkpoint = try long.checkpoint(read.inputs)
    }
    for number in outcome.periods.indices {
      let keeper = PlanKeeper(checkpoint, as: "transport-\(number)") { share in
        long.onPart(Int(1000 * (Double(number) + share)), 1000 * count)
      }
      let work = TransportWork(
        workerCount: setting.workerCount, kernelByteLimit: needs.kernelByteLimit, keeper: keeper)
      outcome.periods[number].results[TransportResult.self] = try TransportResult(
        outcome.periods[number].grid, read.costs, request, work)
    }
    outcome.warnings += warnings(read, outcome.each(TransportResult.self))
  }

  private static func warnings(_ read: TransportInputs, _ results: [TransportResult]) -> [String] {
    let unreachable =
      read.unreachableCount == 0
      ? []
      : [
        "transport: \(read.unreachableCount) pairs of areas have no cost; no moves between them are allowed"
      ]
    let leftOut = results.filter { !$0.absentAreas.isEmpty }.map { result in
      let count = result.absentAreas.count
      return
        "transport, \(result.period): \(count) absent area\(count == 1 ? "" : "s") excluded on both "
        + "sides"
    }
    return unreachable + leftOut
      + results.filter { $0.planNote != PlanState.converged.rawValue }.map {
        "transport, \($0.period): \($0.trouble)"
      }
  }

  static let outputs: [OutputTable] = [.transport, .transportCells]

  static let section: ReportSection? = .transport

  static func records(
    _ request: TransportJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    [key: TransportRecord(request, outcome.each(TransportResult.self))]
  }

  static func caveats(_ request: TransportJob, _ outcome: Outcome) -> [String] { request.caveats }
}
