import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of c04a and c04b state.
private let closeness = Closeness.absolute(1e-10)

/// A table of counts from rows of a case, with its codes in order.
private struct Counts {
  let units: Codebook
  let groups: Codebook
  var matrix: Matrix

  /// - Parameters:
  ///   - units: columns that together name a unit.
  ///   - codes: all units and groups that the table shall have; nil for those of the rows.
  init(_ rows: [Reference.Row], units: [String], group: String, like other: Counts? = nil) throws {
    let unitOf = { (row: Reference.Row) in try units.map(row.text).joined(separator: " ") }
    self.units = try Codebook(codes: rows.map(unitOf) + (other?.units.codes ?? []))
    groups = try Codebook(codes: rows.map { try $0.text(group) } + (other?.groups.codes ?? []))
    matrix = Matrix(rowCount: self.units.count, columnCount: groups.count)
    for row in rows {
      let unit = try #require(self.units.position(of: try unitOf(row)))
      let group = try #require(groups.position(of: try row.text(group)))
      matrix[unit, group] += try row.number("n")
    }
  }
}

private func schools(_ period: Int) throws -> [Reference.Row] {
  try Reference.rows("c04a-mutual-schools00/input_t\(period).csv")
}

private func places(_ period: Int) throws -> [Reference.Row] {
  try Reference.rows("c04b-mutual-uk/input_t\(period).csv")
}

/// Values of a file with a column that names them.
private func named(_ path: String, _ name: String = "stat", _ value: String = "est") throws
  -> [String: Double]
{
  Dictionary(
    uniqueKeysWithValues: try Reference.rows(path).map {
      (try $0.text(name), try $0.number(value))
    })
}

/// The terms of M or H in a file of nested levels, whose labels have commas of their own.
private func nested(_ path: String, _ stat: String) throws -> [Double] {
  try Reference.records(path).filter { $0.contains(stat) }.map { record in
    try #require(record.last.flatMap(Double.init))
  }
}

/// The change between two tables of rows, whose units and groups are those of both.
private func change(
  _ before: [Reference.Row], _ after: [Reference.Row], unit: String, group: String,
  by method: InformationChange.Method
) throws -> InformationChange {
  let first = try Counts(before, units: [unit], group: group)
  let second = try Counts(after, units: [unit], group: group, like: first)
  let firstAgain = try Counts(before, units: [unit], group: group, like: second)
  return InformationChange(from: firstAgain.matrix, to: second.matrix, by: method)
}

private func expectEqual(
  _ change: InformationChange, _ expected: [String: Double], within closeness: Closeness
) throws {
  #expect(change.isConverged)
  for (name, value) in [
    ("M1", change.before), ("M2", change.after), ("diff", change.after - change.before),
    ("additions", change.additions),
    ("removals", change.removals), ("group_marginal", change.groupMargin),
    ("unit_marginal", change.unitMargin), ("structural", change.structure),
  ] {
    #expect(closeness.holds(value, try #require(expected[name])), "\(name): \(value)")
  }
}

struct DecompositionReferenceTests {
  @Test("Schools: M and H, between and within states", .enabled(if: Reference.mayRun))
  func schoolsTotals() throws {
    let rows = try schools(0)
    let expected = try named("c04a-mutual-schools00/expected_total.csv", "item", "value")
    let table = try Counts(rows, units: ["school"], group: "race").matrix
    let states = try Counts(rows, units: ["state"], group: "race").matrix
    let entropy = entropy(of: table.columnSums())
    let total = mutualInformation(of: table)
    let between = mutualInformation(of: states)
    for (name, value) in [
      ("M_total", total), ("H_total", total / entropy), ("M_between_state", between),
      ("H_between_state", between / entropy), ("M_within_state", total - between),
      ("H_within_state", (total - between) / entropy),
    ] {
      #expect(closeness.holds(value, try #require(expected[name])), "\(name)")
    }
  }

  @Test("Schools: local contributions of groups", .enabled(if: Reference.mayRun))
  func schoolsLocal() throws {
    let table = try Counts(schools(0), units: ["race"], group: "school")
    let locals = localContributions(of: table.matrix)
    for row in try Reference.rows("c04a-mutual-schools00/expected_local_group.csv") {
      let unit = try #require(table.units.position(of: try row.text("race")))
      #expect(closeness.holds(locals[unit].local, try row.number("ls")))
      #expect(closeness.holds(locals[unit].share, try row.number("p")))
    }
  }

  @Test("Schools: nested terms and each state by itself", .enabled(if: Reference.mayRun))
  func schoolsNested() throws {
    let rows = try schools(0)
    let table = try Counts(rows, units: ["school"], group: "race").matrix
    let whole = entropy(of: table.columnSums())
    let levels = try ["state", "district", "school"].map {
      mutualInformation(of: try Counts(rows, units: [$0], group: "race").matrix)
    }
    let terms = [levels[0], levels[1] - levels[0], levels[2] - levels[1]]
    let path = "c04a-mutual-schools00/expected_nested.csv"
    #expect(closeness.holds(terms, try nested(path, "M")))
    #expect(closeness.holds(terms.map { $0 / whole }, try nested(path, "H")))
    for row in try Reference.rows("c04a-mutual-schools00/expected_within.csv") {
      let members = try rows.filter { try $0.text("state") == row.text("state") }
      let part = try Counts(members, units: ["school"], group: "race").matrix
      let (own, most) = (mutualInformation(of: part), entropy(of: part.columnSums()))
      let share = part.elements.reduce(0, +) / table.elements.reduce(0, +)
      #expect(closeness.holds(own, try row.number("M")))
      #expect(closeness.holds(own / most, try row.number("H")))
      #expect(closeness.holds(share, try row.number("p")))
      #expect(closeness.holds(most / whole, try row.number("ent_ratio")))
    }
  }

  @Test(
    "Changes by Shapley values equal those of R, converged", .enabled(if: Reference.mayRun))
  func shapley() throws {
    try expectEqual(
      try change(schools(0), schools(1), unit: "school", group: "race", by: .shapley),
      try named("c04a-mutual-schools00/expected_difference_shapley.csv"), within: .absolute(1e-6))
    let trainees = try (0...1).map { try places($0).filter { try $0.text("side") == "trainee" } }
    try expectEqual(
      try change(trainees[0], trainees[1], unit: "area", group: "sector", by: .shapley),
      try named("c04b-mutual-uk/expected_trainee_shapley.csv"), within: .absolute(1e-7))
    let rows = try Reference.rows("c14-published-fixtures/elbers_test_input.csv")
    let periods = try ["0", "1"].map { period in try rows.filter { try $0.text("t") == period } }
    try expectEqual(
      try change(periods[0], periods[1], unit: "u", group: "g", by: .shapley),
      try named("c14-published-fixtures/elbers_test_shapley.csv"), within: .absolute(1e-7))
  }

  @Test(
    "Changes of Mora and Ruiz-Castillo, and M and H of trainees, equal those of R",
    .enabled(if: Reference.mayRun))
  func moraRuizCastillo() throws {
    let trainees = try (0...1).map { try places($0).filter { try $0.text("side") == "trainee" } }
    try expectEqual(
      try change(trainees[0], trainees[1], unit: "area", group: "sector", by: .moraRuizCastillo),
      try named("c04b-mutual-uk/expected_trainee_mrc.csv"), within: closeness)
    for row in try Reference.rows("c04b-mutual-uk/expected_trainee_sector_area.csv") {
      let rows = trainees[Int(try row.number("period"))]
      let table = try Counts(rows, units: ["area"], group: "sector").matrix
      let information = mutualInformation(of: table)
      let value =
        try row.text("stat") == "M"
        ? information : information / entropy(of: table.columnSums())
      #expect(closeness.holds(value, try row.number("est")))
    }
  }

  @Test("Duncan's tables: M and H as R prints them", .enabled(if: Reference.mayRun))
  func duncan() throws {
    let rows = try Reference.rows("c14-published-fixtures/duncan_input.csv")
    for expected in try Reference.rows("c14-published-fixtures/duncan_expected.csv") {
      let own = try rows.filter { try $0.text("example") == expected.text("example") }
      let table = try Counts(own, units: ["unit"], group: "group").matrix
      let (first, second) = (table.rows.map { $0[0] }, table.rows.map { $0[1] })
      let pair = ProfilePair(provision: Profile(exact: first), demand: Profile(exact: second))
      for (measure, column) in [
        (Measure.dissimilarity, "D"), (.mutualInformation, "M"), (.entropyIndex, "H"),
      ] {
        let figure = try #require(measure.area(pair))
        #expect(closeness.holds(figure.value, try expected.number(column)))
      }
    }
  }
}

/// The side of c04b's units against area × sector, by way of a grid.
struct SideReferenceTests {
  private static func grid(_ period: Int) throws -> Grid {
    let rows = try places(period)
    let sides = try ["trainee", "vacancy"].map { side in
      try Counts(
        rows.filter { try $0.text("side") == side }, units: ["area"], group: "sector",
        like: try Counts(rows, units: ["area"], group: "sector"))
    }
    return Grid(
      period: "\(period)", areas: sides[0].units, sectors: sides[0].groups,
      provision: Table(exact: sides[0].matrix), demand: Table(exact: sides[1].matrix))
  }

  @Test("Wrong skill and wrong place equal R's", .enabled(if: Reference.mayRun), arguments: 0...1)
  func splits(period: Int) throws {
    let decomposition = Decomposition(try Self.grid(period))
    let entropy = decomposition.mutualInformation.value / decomposition.entropyIndex.value
    let figures = [
      "total": decomposition.mutualInformation, "between_area": decomposition.areas.between,
      "within_area_wrong_sector": decomposition.wrongSkill,
      "between_sector": decomposition.sectors.between,
      "within_sector_wrong_place": decomposition.wrongPlace,
    ]
    let rows = try Reference.rows("c04b-mutual-uk/expected_total.csv")
      .filter { try $0.text("period") == "\(period)" }
    #expect(rows.count == 10)
    for row in rows {
      let figure = try #require(figures[try row.text("item")])
      let value = try row.text("stat") == "M" ? figure.value : figure.value / entropy
      #expect(closeness.holds(value, try row.number("value")))
      #expect(closeness.holds(figure.lower, figure.value))
      #expect(closeness.holds(figure.upper, figure.value))
    }
  }

  @Test("Areas, regions and cells equal R's", .enabled(if: Reference.mayRun))
  func parts() throws {
    let grid = try Self.grid(0)
    let rows = try places(0)
    let regions = Codebook(codes: try rows.map { try $0.text("region") })
    let regionOf = try Dictionary(
      rows.map { (try $0.text("area"), try $0.text("region")) },
      uniquingKeysWith: { first, _ in first })
    let decomposition = Decomposition(
      grid, groupOfArea: grid.areas.codes.map { regionOf[$0].flatMap(regions.position) ?? 0 })
    let groups = try #require(decomposition.groups)
    let path = "c04b-mutual-uk/expected_nested_t0.csv"
    let terms = [groups.between, groups.within, decomposition.wrongSkill].map(\.value)
    let whole = decomposition.mutualInformation.value / decomposition.entropyIndex.value
    #expect(closeness.holds(terms, try nested(path, "M")))
    #expect(closeness.holds(terms.map { $0 / whole }, try nested(path, "H")))
    for row in try Reference.rows("c04b-mutual-uk/expected_within_area_t0.csv") {
      let area = try #require(grid.areas.position(of: try row.text("area")))
      let part = decomposition.areas.parts[area]
      #expect(closeness.holds(part.within, try row.number("M")))
      #expect(closeness.holds(part.side.share, try row.number("p")))
      let index = try #require(Measure.entropyIndex.area(grid.pair(area: area))).value
      #expect(closeness.holds(index, try row.number("H")))
      #expect(closeness.holds(part.within / index / whole, try row.number("ent_ratio")))
    }
    for row in try Reference.rows("c04b-mutual-uk/expected_local_cell_t0.csv") {
      let area = try #require(grid.areas.position(of: try row.text("area")))
      let sector = try #require(grid.sectors.position(of: try row.text("sector")))
      let cell = try #require(decomposition.cells(grid.pair(area: area))[sector])
      #expect(closeness.holds(cell.local, try row.number("ls")))
      #expect(closeness.holds(cell.share, try row.number("p")))
    }
  }
}
