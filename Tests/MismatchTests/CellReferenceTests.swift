import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of c01 states.
private let closeness = Closeness.relative(1e-9)
private let limitCloseness = Closeness.relative(1e-7)

/// Columns of c01 and the measures that they are.
private let columns = [
  "trainee_share": "provision_share", "vacancy_share": "demand_share",
  "share_diff_pp": "share_gap_pp", "gap": "gap", "per_vacancy": "provision_per_vacancy",
  "share_ratio": "share_ratio", "lq_trainees": "location_quotient_provision",
  "lq_vacancies": "location_quotient_demand",
]

struct CellReferenceTests {
  @Test(
    "Cell measures equal those of R and pandas", .enabled(if: Reference.mayRun),
    arguments: columns.keys.sorted())
  func cellMeasures(column: String) throws {
    let measure = try measure(try #require(columns[column]))
    let (grid, expected) = try referenceGrid()
    let figures = measure.figures(grid)
    var seen: (undefined: Int, infinite: Int, finite: Int) = (0, 0, 0)
    for row in expected {
      let area = try #require(grid.areas.position(of: row.text("area")))
      let sector = try #require(grid.sectors.position(of: row.text("sector")))
      let figure = figures[area][sector]
      let number = try row.number(column)
      let place = Comment(rawValue: "\(try row.text("area")) \(try row.text("sector"))")
      #expect(closeness.holds(figure.value, number), place)
      #expect(figure.value.isNaN == !figure.status.isEmpty, place)
      if number.isNaN {
        seen.undefined += 1
      } else {
        #expect(closeness.holds(figure.lower, number) || figure.lower.isNaN, place)
        #expect(closeness.holds(figure.upper, number), place)
        if number.isInfinite { seen.infinite += 1 } else { seen.finite += 1 }
      }
    }
    #expect(seen.finite > 50)
    #expect(seen.undefined > 0 || column == "gap")
    #expect(seen.infinite > 0 || !["per_vacancy", "share_ratio"].contains(column))
  }

  @Test("Undefined cells say why", .enabled(if: Reference.mayRun))
  func reasons() throws {
    let (grid, _) = try referenceGrid()
    let shares = Measure.provisionShare.figures(grid)
    let quotients = Measure.locationQuotientDemand.figures(grid)
    let ratios = Measure.provisionPerVacancy.figures(grid)
    var counts = [0, 0, 0, 0]
    for (area, code) in grid.areas.codes.enumerated() {
      let pair = grid.pair(area: area)
      for sector in grid.sectors.codes.indices {
        let hasSide = pair.provision.total.value > 0
        #expect(shares[area][sector].status == (hasSide ? [] : .noProvision))
        let hasDemand = pair.demand.total.value > 0
        let sectorDemand = grid.demand.value.rows.reduce(0) { $0 + $1[sector] }
        #expect(quotients[area][sector].status.contains(.noDemand) == !hasDemand, "\(code)")
        #expect(quotients[area][sector].status.contains(.emptySector) == (sectorDemand == 0))
        let cells = (pair.provision.cells[sector].value, pair.demand.cells[sector].value)
        #expect(ratios[area][sector].status == (cells == (0, 0) ? .zeroByZero : []))
        let reasons = [!hasSide, !hasDemand, sectorDemand == 0, cells == (0, 0)]
        for (index, isSeen) in reasons.enumerated() where isSeen { counts[index] += 1 }
      }
    }
    #expect(counts.allSatisfy { $0 > 0 })
  }

  @Test("Exact intervals of ratios equal those of R's poisson.test", .enabled(if: Reference.mayRun))
  func ratioIntervals() throws {
    let (grid, expected) = try referenceGrid()
    let ratios = try inference(of: grid, .benjaminiHochberg).byMeasure
      .first { $0.measure.name == Measure.provisionPerVacancy.name }
    for row in expected {
      let sampling = try #require(ratios).cells[try place(of: row, in: grid)].sampling
      #expect(limitCloseness.holds(sampling.lower, try row.number("ratio_lo95")), "\(row)")
      #expect(limitCloseness.holds(sampling.upper, try row.number("ratio_hi95")), "\(row)")
    }
  }

  @Test(
    "Tests of no gap equal R's binom.test, and their adjustment its p.adjust",
    .enabled(if: Reference.mayRun),
    arguments: [("p_bh", ErrorControl.benjaminiHochberg), ("p_by", .benjaminiYekutieli)])
  func exactTests(column: String, control: ErrorControl) throws {
    let (grid, expected) = try referenceGrid()
    let findings = try inference(of: grid, control).findings
    for row in expected {
      let finding = findings[try place(of: row, in: grid)]
      #expect(closeness.holds(finding.pValue ?? .nan, try row.number("p_exact")), "\(row)")
      #expect(closeness.holds(finding.adjusted ?? .nan, try row.number(column)), "\(row)")
    }
    #expect(findings.contains { $0.pValue == nil } && findings.contains { $0.pValue != nil })
  }

  private func inference(of grid: Grid, _ control: ErrorControl) throws -> Inference {
    var rule = InferenceRule()
    rule.null = .zero
    rule.control = control
    return Inference(grid, measures: [.provisionPerVacancy], rule: rule, workerCount: 1)
  }

  /// Where a row's cell stands among all cells, area after area.
  private func place(of row: Reference.Row, in grid: Grid) throws -> Int {
    let area = try #require(grid.areas.position(of: row.text("area")))
    let sector = try #require(grid.sectors.position(of: row.text("sector")))
    return area * grid.sectors.count + sector
  }

  private func referenceGrid() throws -> (Grid, expected: [Reference.Row]) {
    let rows = try Reference.rows("c01-cell-measures/input.csv")
    let expected = try Reference.rows("c01-cell-measures/expected.csv")
    let grid = try Grid(trainees: "trainees", vacancies: "vacancies", of: rows)
    // Every cell of 8 areas and 15 sectors.
    #expect(grid.areas.count == 8 && grid.sectors.count == 15)
    #expect(rows.count == 120 && expected.count == 120)
    return (grid, expected)
  }
}

extension Grid {
  /// A grid of exact counts from rows with the columns `area` and `sector`, read through tallies.
  init(trainees: String, vacancies: String, of rows: [Reference.Row]) throws {
    var (provision, demand) = (SourceFixture(.provision), SourceFixture(.demand))
    for row in rows {
      let (area, sector) = (try row.text("area"), try row.text("sector"))
      provision.add(try row.number(trainees), area, sector)
      demand.add(try row.number(vacancies), area, sector)
    }
    let imputed = provision.imputed()
    self.init(
      period: SourceFixture.period, areas: imputed.areas, sectors: imputed.categories,
      provision: provision.table(), demand: demand.table())
  }
}
