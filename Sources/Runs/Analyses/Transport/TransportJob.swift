import Extracts
import Jobs
import Mismatch

/// What a job asks of the transport from provision to demand.
package struct TransportJob: Sendable {
  /// Where the distances between sectors come from.
  package enum SkillDistance: Sendable {
    case table(PairJob)
    /// From how far the same categories of a side's crosswalk feed both sectors.
    case crosswalk(Side)
  }

  var ways: WaysJob
  package var skill: SkillDistance
  /// Kilometres, or units of the table of costs, that weigh as much as a skill distance of 1.
  package var kilometresPerUnit: Double
  package var regularisation: Double
  package var mass: TransportMass
}

extension JobNode {
  /// `transport`: distances of place and skill, how they weigh, and which masses move.
  package func transport(folder: String) throws -> TransportJob {
    let keys = try keyed([
      "coordinates", "costs", "kilometres-per-unit", "skill-distance", "regularisation", "mass",
      "mass-penalty",
    ])
    let ways: WaysJob
    switch (keys["coordinates"], keys["costs"]) {
    case (let coordinates?, nil): ways = .coordinates(try coordinates.coordinates(folder: folder))
    case (nil, let costs?): ways = .costs(try costs.pairs("cost", in: .costs, folder: folder))
    default: throw wrong(expected: "either `coordinates` or `costs`: the distances between areas")
    }
    return TransportJob(
      ways: ways,
      skill: try keys.required("skill-distance", of: self).skillDistance(folder: folder),
      kilometresPerUnit: try keys["kilometres-per-unit"]?.number(in: .parameters) ?? 20,
      regularisation: try keys["regularisation"]?.number(in: .parameters) ?? 0.1,
      mass: try mass(keys["mass"], penalty: keys["mass-penalty"]))
  }

  private func mass(_ mass: JobNode?, penalty: JobNode?) throws -> TransportMass {
    let name = try mass?.text() ?? "balanced"
    if let penalty, name != "unbalanced" {
      throw penalty.wrong(expected: "no `mass-penalty` unless `mass` is unbalanced")
    }
    switch name {
    case "balanced": return .balanced
    case "partial": return .partial
    case "unbalanced": return .unbalanced(penalty: try penalty?.number(in: .parameters) ?? 2)
    default: throw mass?.wrong(expected: "balanced, unbalanced or partial") ?? wrong(expected: "")
    }
  }

  private func skillDistance(folder: String) throws -> TransportJob.SkillDistance {
    guard isMapping, try pairs().contains(where: { $0.key == "crosswalk" }) else {
      return .table(try pairs("distance", in: .distances, folder: folder))
    }
    let node = try keyed(["crosswalk"]).required("crosswalk", of: self)
    guard let side = Side(rawValue: try node.text()) else {
      throw node.wrong(expected: "provision or demand: the side whose crosswalk is used")
    }
    return .crosswalk(side)
  }
}
