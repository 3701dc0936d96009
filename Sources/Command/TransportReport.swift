import Dense
import Foundation
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

/// What a summary says of the transport from provision to demand.
struct TransportReport {
  private let outcome: Outcome

  init(_ outcome: Outcome) { self.outcome = outcome }

  /// One paragraph for each period that has a plan.
  func lines() -> [String] {
    guard let job = outcome.job.requests[TransportJob.self] else { return [] }
    return outcome.each(TransportResult.self).flatMap { result -> [String] in
      guard let plan = result.plan else { return [] }
      let converged = plan.state == .converged ? "" : ", not converged"
      return [
        "Transport, \(result.period): of 100 units of \(outcome.job.sides.provision.kind.name) "
          + "(regularisation \(job.regularisation)\(converged))",
        "  \(percent(plan, .matched)) stay, \(percent(plan, .placeOnly)) are in the wrong place, "
          + "\(percent(plan, .skillOnly)) have the wrong skill, \(percent(plan, .both)) both",
        costLine(plan, result.exact, job),
        "  Largest moves out: \(ends(plan.given))",
        "  Largest moves in: \(ends(plan.taken))",
        "",
      ]
    }
  }

  private func percent(_ plan: TransportPlan, _ kind: MoveKind) -> String {
    String(format: "%.1f", 100 * plan.share(kind))
  }

  private func costLine(
    _ plan: TransportPlan, _ exact: ExactTransport?, _ job: TransportJob
  ) -> String {
    func unit(_ cost: Double) -> String { String(format: "%.3f", cost / plan.mass) }
    let distance = String(format: "%.1f", plan.placeCost / plan.mass * job.kilometresPerUnit)
    let least = exact.map {
      "; the minimum is \(String(format: "%.3f", $0.totalCost / $0.mass))"
    }
    return
      "  A unit costs \(unit(plan.totalCost)): \(unit(plan.placeCost)) for place (\(distance) km), "
      + "\(unit(plan.skillCost)) for skill\(least ?? "")"
  }

  /// The three cells that move most, with their part of all that is moved.
  private func ends(_ masses: [MoveKind: Matrix]) -> String {
    let moved = MoveKind.allCases.filter { $0 != .matched }.compactMap { masses[$0]?.elements }
    let sums = (moved.first ?? []).indices.map { cell in moved.reduce(0) { $0 + $1[cell] } }
    let total = sums.reduce(0, +)
    let sectorCount = outcome.sectors.count
    return sums.indices.sorted { (sums[$0], $1) > (sums[$1], $0) }.prefix(3).map { cell in
      "\(outcome.areas.names[cell / sectorCount]), \(outcome.sectors.names[cell % sectorCount]) "
        + String(format: "(%.1f %%)", 100 * sums[cell] / total)
    }.joined(separator: "; ")
  }
}
