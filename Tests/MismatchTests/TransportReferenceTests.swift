import Dense
import Foundation
import Mismatch
import Support
import Testing

/// As HOW.md of c07 states: costs of the exact plan, and all of the entropic ones.
private let exactly = Closeness.either(1e-9)
private let entropically = Closeness.either(1e-8)
private let folder = "c07-optimal-transport"

/// Case c07: POT 0.9.7 (`ot.emd`, `sinkhorn_log`, `sinkhorn_unbalanced`) and HiGHS on five areas and four
/// sectors.
@Suite("Transport against POT", .enabled(if: Reference.mayRun))
struct TransportReferenceTests {
  private let example: TransportExample
  private let expected: [String: Double]

  init() throws {
    example = try TransportExample.c07()
    expected = try values("expected_summary.csv")
  }

  @Test("The exact plan's costs")
  func exact() throws {
    let found = try #require(
      ExactTransport(
        example.costs, provision: example.provision, demand: example.demand, mass: .balanced))
    #expect(exactly.holds(found.totalCost, expected["emd_cost_total"] ?? .nan))
    #expect(exactly.holds(found.placeCost, expected["emd_cost_place"] ?? .nan))
    #expect(exactly.holds(found.skillCost, expected["emd_cost_skill"] ?? .nan))
  }

  @Test("The entropic plan's costs, objective and shares", arguments: [0.5, 0.1, 0.03])
  func entropic(regularisation: Double) {
    let plan = example.plan(.balanced, regularisation)
    #expect(plan.state == .converged)
    for (item, value) in [
      ("transport_cost", plan.totalCost), ("place", plan.placeCost), ("skill", plan.skillCost),
      ("regularised_objective", plan.objective), ("share_matched", plan.share(.matched)),
      ("share_wrong_skill_only", plan.share(.skillOnly)),
      ("share_wrong_place_only", plan.share(.placeOnly)), ("share_both", plan.share(.both)),
    ] {
      let wanted = expected["sinkhorn_\(regularisation)_\(item)"] ?? .nan
      #expect(entropically.holds(value, wanted), "\(item): \(value), not \(wanted)")
    }
  }

  @Test("The entropic plan, summed up by cell and kind of move")
  func cells() throws {
    let plan = example.plan(.balanced, 0.1)
    var given: [MoveKind: Matrix] = [:]
    var taken: [MoveKind: Matrix] = [:]
    let empty = Matrix(rowCount: example.areas.count, columnCount: example.sectors.count)
    for row in try Reference.rows("\(folder)/expected_sinkhorn_0.1_plan.csv") {
      let mass = Double(row["mass"] ?? "") ?? .nan
      let samePlace = row["from_area"] == row["to_area"]
      let sameSkill = row["from_sector"] == row["to_sector"]
      let kind: MoveKind =
        samePlace ? (sameSkill ? .matched : .skillOnly) : (sameSkill ? .placeOnly : .both)
      let from = try example.state(row, "from")
      let to = try example.state(row, "to")
      given[kind, default: empty][from.0, from.1] += mass
      taken[kind, default: empty][to.0, to.1] += mass
    }
    for kind in MoveKind.allCases {
      let (leaves, arrives) = try (#require(plan.given[kind]), #require(plan.taken[kind]))
      #expect(entropically.holds(leaves.elements, given[kind]?.elements ?? []))
      #expect(entropically.holds(arrives.elements, taken[kind]?.elements ?? []))
    }
  }

  @Test("Penalised masses")
  func unbalanced() {
    let plan = example.plan(.unbalanced(penalty: 2), 0.1)
    #expect(plan.state == .converged)
    #expect(entropically.holds(plan.mass, expected["unbalanced_reg0.1_regm2_total_mass"] ?? .nan))
    #expect(entropically.holds(plan.placeCost, expected["unbalanced_reg0.1_regm2_place"] ?? .nan))
    #expect(entropically.holds(plan.skillCost, expected["unbalanced_reg0.1_regm2_skill"] ?? .nan))
  }

  @Test("Partial mass")
  func partial() throws {
    let expected = try values("expected_partial.csv")
    let found = try #require(
      ExactTransport(
        example.costs, provision: example.provision, demand: example.demand, mass: .partial))
    #expect(found.mass == expected["mass"])
    #expect(exactly.holds(found.totalCost, expected["min_cost"] ?? .nan))
  }
}

private func values(_ file: String) throws -> [String: Double] {
  var values: [String: Double] = [:]
  for row in try Reference.rows("\(folder)/\(file)") {
    values[row["item"] ?? ""] = Double(row["value"] ?? "")
  }
  return values
}

extension TransportExample {
  fileprivate static func c07() throws -> TransportExample {
    func number(_ row: Reference.Row, _ column: String) throws -> Double {
      try #require(Double(row[column] ?? ""))
    }
    let counts = try Reference.rows("\(folder)/input_counts.csv")
    let areas = Codebook(codes: counts.compactMap { $0["area"] })
    let sectors = Codebook(codes: counts.compactMap { $0["sector"] })
    var parameters: [String: Double] = [:]
    for row in try Reference.rows("\(folder)/input_param.csv") {
      parameters[row["name"] ?? ""] = try number(row, "value")
    }
    let scale = try #require(parameters["km_scale"])
    let weight = try #require(parameters["skill_weight"])
    func table(
      _ file: String, _ rows: (Codebook, String), _ columns: (Codebook, String), _ value: String
    ) throws -> Matrix {
      var matrix = Matrix(rowCount: rows.0.count, columnCount: columns.0.count, repeating: .nan)
      for row in try Reference.rows("\(folder)/\(file)") {
        let place = try #require(rows.0.position(of: row[rows.1] ?? ""))
        let column = try #require(columns.0.position(of: row[columns.1] ?? ""))
        matrix[place, column] = try number(row, value)
      }
      return matrix
    }
    var distances = try table(
      "input_distance_km.csv", (areas, "from_area"), (areas, "to_area"), "km")
    var skill = try table(
      "input_skill_distance.csv", (sectors, "from_sector"), (sectors, "to_sector"), "distance")
    for index in distances.elements.indices { distances.elements[index] /= scale }
    for index in skill.elements.indices { skill.elements[index] *= weight }
    return TransportExample(
      areas: areas, sectors: sectors, distances: distances, skill: skill,
      provision: try table(
        "input_counts.csv", (areas, "area"), (sectors, "sector"), "trainees"),
      demand: try table("input_counts.csv", (areas, "area"), (sectors, "sector"), "vacancies"))
  }

  fileprivate func state(_ row: Reference.Row, _ side: String) throws -> (Int, Int) {
    (
      try #require(areas.position(of: row["\(side)_area"] ?? "")),
      try #require(sectors.position(of: row["\(side)_sector"] ?? ""))
    )
  }
}
