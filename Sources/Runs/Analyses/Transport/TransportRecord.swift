import Extracts
import Jobs
import Mismatch

/// What the manifest says of a transport: how it was weighed, and how its plans ended.
struct TransportRecord: Encodable, Sendable {
  struct PlanRecord: Encodable, Sendable {
    let period: String
    let plan: String
    let iterations: Int?
    let leastCost: String
  }

  let distance: String
  let kilometresPerUnit: Double
  let skillDistance: String
  let regularisation: Double
  let mass: String
  let massPenalty: Double?
  let plans: [PlanRecord]

  init(_ job: TransportJob, _ results: [TransportResult]) {
    switch job.ways {
    case .coordinates(let coordinates):
      if case .geographic = coordinates.system {
        distance = "great circle"
      } else {
        distance = "straight line"
      }
    case .costs: distance = "table of costs"
    }
    switch job.skill {
    case .table: skillDistance = "table"
    case .crosswalk(let side): skillDistance = "overlap in the crosswalk of \(side.rawValue)"
    }
    switch job.mass {
    case .balanced: (mass, massPenalty) = ("balanced", nil)
    case .unbalanced(let penalty): (mass, massPenalty) = ("unbalanced", penalty)
    case .partial: (mass, massPenalty) = ("partial", nil)
    }
    kilometresPerUnit = job.kilometresPerUnit
    regularisation = job.regularisation
    plans = results.map {
      PlanRecord(
        period: $0.period, plan: $0.planNote, iterations: $0.plan?.iterationCount,
        leastCost: $0.exactNote)
    }
  }
}
