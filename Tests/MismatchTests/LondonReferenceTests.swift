import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of london states; its files print 12 digits, so the largest ratios need the second part.
private let closeness = Closeness(absolute: 1e-9, relative: 1e-11)

struct LondonReferenceTests {
  @Test("Adverts go through the crosswalk as in pandas", .enabled(if: Reference.mayRun))
  func demand() throws {
    let map = try makeMap(
      Reference.rows("london/textkernel_profession_to_ssa1.csv").map {
        (try $0.text("profession_detail"), try $0.text("ssa_t1"), try $0.number("weight"))
      })
    let expected = try Wide("london/A_D.csv")
    #expect(map.allTargets == expected.sectors.codes)
    var source = SourceFixture(.demand, categories: .through(map, to: expected.sectors))
    for row in try Reference.rows("london/A_V_area_by_profession.csv") {
      for (profession, _) in row where profession != "area" {
        source.add(try row.number(profession), try row.text("area"), profession)
      }
    }
    let alignment = Alignment(
      lookup: nil, crosswalk: map, areas: expected.areas, sectors: expected.sectors)
    let table = alignment.table(of: source.imputed(), workerCount: 2)
    #expect(expected.areas.count == 38)
    #expect(closeness.holds(table.value.elements, expected.table.value.elements))
    let reconciliation = source.reconciliation()
    #expect(reconciliation.unmapped > 0)
    #expect(closeness.holds(reconciliation.mapped, table.value.elements.reduce(0, +)))
    #expect(closeness.holds(reconciliation.difference, 0))
  }

  @Test(
    "Cell measures of the 38 areas equal pandas'", .enabled(if: Reference.mayRun),
    arguments: [
      ("A_D", "A_ratio", "provision_per_vacancy"), ("A_D", "A_gap_pp", "share_gap_pp"),
      ("A_D", "A_rel_index", "relative_index"), ("A_mid2_D", "A_mid2_gap_pp", "share_gap_pp"),
    ])
  func cellMeasures(demand: String, file: String, name: String) throws {
    let (provision, demand) = (try Wide("london/A_P.csv"), try Wide("london/\(demand).csv"))
    let expected = try Wide("london/\(file).csv")
    let grid = makeGrid(provision: provision.table, demand: demand.table)
    let values = try measure(name).figures(grid).joined().map(\.value)
    #expect(closeness.holds(values, expected.table.value.elements))
  }

  @Test("Dissimilarity of the 38 areas equals pandas'", .enabled(if: Reference.mayRun))
  func dissimilarity() throws {
    let (provision, demand) = (try Wide("london/A_P.csv"), try Wide("london/A_D.csv"))
    let grid = makeGrid(provision: provision.table, demand: demand.table)
    let values = Measure.dissimilarity.figures(grid).joined().map { 100 * $0.value }
    #expect(closeness.holds(values, try Wide("london/A_dissim.csv").table.value.elements))
  }

  @Test("London against all other areas taken together", .enabled(if: Reference.mayRun))
  func londonAgainstTheRest() throws {
    let (provision, demand) = (try Wide("london/A_P.csv"), try Wide("london/A_D.csv"))
    let grid = makeGrid(provision: provision.table, demand: demand.table)
    let london = try #require(provision.areas.position(of: "Greater London"))
    let everything = grid.pooled(0..<38)
    for (suffix, areas) in [
      ("London", [london]), ("Rest", Array(0..<38).filter { $0 != london }),
    ] {
      let pair = grid.pooled(areas)
      let gaps = Measure.shareGap.cells(pair, allAreas: everything)
      let ratios = Measure.relativeIndex.cells(pair, allAreas: everything)
      for row in try Reference.rows("london/A_london_vs_rest.csv") {
        let sector = try #require(provision.sectors.position(of: row.text("")))
        let gap = gaps[sector]
        #expect(closeness.holds(gap.value, try row.number("gap_pp_\(suffix)")))
        #expect(closeness.holds(ratios[sector].value, try row.number("rel_index_\(suffix)")))
        let expected = try row.text("class_\(suffix)")
        #expect(Call(shareGap: gap, tolerance: 1)?.rawValue == expected)
      }
    }
  }
}

/// A file with a row per area and a column per sector, both put in code order.
private struct Wide {
  let areas: Codebook
  let sectors: Codebook
  let table: Table

  init(_ path: String) throws {
    let rows = try Reference.rows(path)
    areas = Codebook(codes: try rows.map { try $0.text("area") })
    sectors = Codebook(codes: (rows.first ?? [:]).keys.filter { $0 != "area" })
    var counts = Matrix(rowCount: areas.count, columnCount: sectors.count)
    for row in rows {
      let area = try #require(areas.position(of: row.text("area")))
      for (column, sector) in sectors.codes.enumerated() {
        // pandas leaves a cell empty where there is no number.
        counts[area, column] = try row.text(sector).isEmpty ? .nan : row.number(sector)
      }
    }
    table = Table(exact: counts)
  }
}
