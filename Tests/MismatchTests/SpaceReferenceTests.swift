import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of c06 states.
private let closeness = Closeness.relative(1e-9)

/// Case c06: pysal access, R accessibility and ipfn.
@Suite(.enabled(if: Reference.mayRun))
struct SpaceReferenceTests {
  private let work = Work(workerCount: 2)

  @Test("Hansen's accessibility, by minutes and by kilometres")
  func hansen() throws {
    let space = try ReferenceSpace()
    for (column, impedance) in [
      ("hansen_time", try space.byTime(.exponential(rate: space.perMinute))),
      ("hansen_km", try space.byDistance(.exponential(rate: space.perKilometre))),
    ] {
      try expect(space.accessibility(impedance).hansen, column, "expected_access_py.csv", space)
    }
  }

  @Test("Two-step floating catchment, binary and exponential")
  func twoStepFloatingCatchment() throws {
    let space = try ReferenceSpace()
    for (column, decay) in [
      ("tsfca_binary", Decay.cumulative(threshold: space.threshold)),
      ("tsfca_exponential", .exponential(rate: space.perMinute)),
    ] {
      let figures = try space.accessibility(space.byTime(decay)).twoStepFloatingCatchment
      try expect(figures, column, "expected_access_py.csv", space)
    }
  }

  @Test("Spatial availability")
  func spatialAvailability() throws {
    let space = try ReferenceSpace()
    let impedance = try space.byTime(.exponential(rate: space.perMinute))
    try expect(
      space.accessibility(impedance).spatialAvailability, "spatial_availability",
      "expected_spatial_availability.csv", space)
  }

  @Test("Doubly constrained flows, zero rows and columns left out")
  func doublyConstrained() throws {
    let space = try ReferenceSpace()
    let impedance = try space.byTime(.exponential(rate: space.perMinute))
    let flows = try DoublyConstrained(
      people: space.people.value, openings: space.openings.value, impedance: impedance, work)
    #expect(flows.convergence.allSatisfy { $0.isReached && $0.marginalError <= 1e-12 })
    let expected = try Reference.rows("c06-spatial/expected_doubly_constrained.csv")
    #expect(expected.count == 493)
    var sums = Matrix(rowCount: space.areas.count, columnCount: space.sectors.count)
    for row in expected {
      let from = try #require(space.areas.position(of: row.text("from_area")))
      let to = try #require(space.areas.position(of: row.text("to_area")))
      let sector = try #require(space.sectors.position(of: row.text("sector")))
      let weight = impedance.weights(from: from, to: to..<to + 1)[0]
      let flow = flows.flow(from: from, to: to, sector: sector, weight: weight)
      #expect(closeness.holds(flow, try row.number("flow")))
      sums[from, sector] += flow
    }
    #expect(closeness.holds(sums.elements, space.people.value.elements))
  }

  @Test("Commuting-weighted provision, and how much of it stands against an opening")
  func commuting() throws {
    let space = try ReferenceSpace()
    var entries = SparseMatrix.Entries()
    for row in try Reference.rows("c06-spatial/input_commuting.csv") {
      entries.add(
        row: try #require(space.areas.position(of: row.text("from_area"))),
        column: try #require(space.areas.position(of: row.text("to_area"))),
        weight: try row.number("commuters"))
    }
    let none = [Double](repeating: 0, count: space.areas.count)
    let commuting = Commuting(
      flows: SparseMatrix(
        rowCount: space.areas.count, columnCount: space.areas.count, entries: entries),
      originOutside: none, destinationOutside: none)
    #expect(commuting.areasWithoutOrigins.isEmpty)
    let moved = commuting.atWorkplace(space.people, workerCount: 2)
    let file = "expected_commuting_supply.csv"
    try expect(moved.figures, "commuting_weighted_trainees", file, space)
    let grid = Grid(
      period: "", areas: space.areas, sectors: space.sectors, provision: moved,
      demand: space.openings)
    let all = grid.pooled(0..<grid.areas.count)
    for row in try Reference.rows("c06-spatial/\(file)") {
      let area = try #require(space.areas.position(of: row.text("area")))
      let sector = try #require(space.sectors.position(of: row.text("sector")))
      let ratios = Measure.provisionPerVacancy.cells(grid.pair(area: area), allAreas: all)
      #expect(closeness.holds(ratios[sector].value, try row.number("per_vacancy")))
    }
  }

  private func expect(
    _ figures: Figures, _ column: String, _ file: String, _ space: ReferenceSpace
  ) throws {
    let rows = try Reference.rows("c06-spatial/\(file)")
    #expect(rows.count == space.areas.count * space.sectors.count)
    for row in rows {
      let figure = figures.figure(
        area: try #require(space.areas.position(of: row.text("area"))),
        sector: try #require(space.sectors.position(of: row.text("sector"))))
      let number = try row.number(column)
      let place = Comment(rawValue: "\(column) \(row)")
      #expect(closeness.holds(figure.value, number), place)
      #expect(closeness.holds(figure.lower, number) && closeness.holds(figure.upper, number), place)
    }
  }
}

/// The areas, sides and ways of c06.
private struct ReferenceSpace {
  let areas: Codebook
  let sectors: Codebook
  let people: Table
  let openings: Table
  let perMinute: Double
  let threshold: Double
  let perKilometre: Double

  init() throws {
    let counts = try Reference.rows("c06-spatial/input_counts.csv")
    let areas = Codebook(
      codes: try Reference.rows("c06-spatial/input_area.csv").map { try $0.text("area") })
    let sectors = Codebook(codes: Set(try counts.map { try $0.text("sector") }))
    func table(_ column: String) throws -> Table {
      var matrix = Matrix(rowCount: areas.count, columnCount: sectors.count)
      for row in counts {
        let area = try #require(areas.position(of: row.text("area")))
        let sector = try #require(sectors.position(of: row.text("sector")))
        matrix[area, sector] = try row.number(column)
      }
      return Table(exact: matrix)
    }
    (self.areas, self.sectors) = (areas, sectors)
    (people, openings) = (try table("trainees"), try table("vacancies"))
    let parameters = try Reference.rows("c06-spatial/input_param.csv")
    func parameter(_ name: String) throws -> Double {
      try #require(try parameters.first { try $0.text("name") == name }).number("value")
    }
    perMinute = try parameter("beta_per_minute")
    threshold = try parameter("threshold_minutes")
    perKilometre = try parameter("beta_per_km")
  }

  func byTime(_ decay: Decay) throws -> Impedance {
    var entries = SparseMatrix.Entries()
    for row in try Reference.rows("c06-spatial/input_time.csv") {
      entries.add(
        row: try #require(areas.position(of: row.text("from_area"))),
        column: try #require(areas.position(of: row.text("to_area"))),
        weight: try row.number("minutes"))
    }
    let costs = SparseMatrix(rowCount: areas.count, columnCount: areas.count, entries: entries)
    return Impedance(table: costs.mapWeights(decay.weights))
  }

  func byDistance(_ decay: Decay) throws -> Impedance {
    let rows = try Reference.rows("c06-spatial/input_area.csv")
    var (eastings, northings) = (
      [Double](repeating: 0, count: rows.count), [Double](repeating: 0, count: rows.count)
    )
    for row in rows {
      let area = try #require(areas.position(of: row.text("area")))
      eastings[area] = try row.number("x_km") * 1000
      northings[area] = try row.number("y_km") * 1000
    }
    let points = Points(eastings: eastings, northings: northings, scale: 1e-3)
    return .symmetric(points.weights(decay, own: 0))
  }

  func accessibility(_ impedance: Impedance) throws -> Accessibility {
    try Accessibility(
      provision: people, demand: openings, impedance: impedance, Work(workerCount: 2))
  }
}
