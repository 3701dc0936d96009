import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of c05 states.
private let closeness = Closeness.absolute(1e-9)
private let folder = "c05-crosswalk"

struct CrosswalkReferenceTests {
  @Test("Counts go through a normalised crosswalk as in scipy", .enabled(if: Reference.mayRun))
  func transfer() throws {
    let expected = try Reference.rows("\(folder)/expected_transfer.csv")
    let sectors = Codebook(codes: try expected.map { try $0.text("soc2") })
    let (table, areas, _) = try transferred(through: firstMap(), to: sectors)
    try expectTable(table, areas, sectors, equals: expected, sector: "soc2")
  }

  @Test("What no sector receives is unmapped, area by area", .enabled(if: Reference.mayRun))
  func unmapped() throws {
    let expected = try Reference.rows("\(folder)/expected_unmapped.csv")
    #expect(expected.count == 9)
    let map = try firstMap()
    let sectors = Codebook(codes: map.allTargets)
    for row in expected {
      let area = try row.text("area")
      let (table, _, reconciliation) = try transferred(through: map, to: sectors, onlyArea: area)
      #expect(closeness.holds(reconciliation.mapped, try row.number("mapped_trainees")))
      #expect(closeness.holds(reconciliation.unmapped, try row.number("unmapped_trainees")))
      #expect(reconciliation.counts.unmappedArea.value == 0)
      #expect(closeness.holds(table.value.elements.reduce(0, +), reconciliation.mapped))
      #expect(closeness.holds(reconciliation.difference, 0))
    }
  }

  @Test("Two crosswalks in a row equal their matrices' product", .enabled(if: Reference.mayRun))
  func broad() throws {
    let second = try Reference.rows("\(folder)/input_crosswalk2.csv").map {
      (try $0.text("soc2"), try $0.text("broad"), try $0.number("weight"))
    }
    let chain = try firstMap().followed(by: makeMap(second))
    let expected = try Reference.rows("\(folder)/expected_broad.csv")
    let sectors = Codebook(codes: chain.allTargets)
    let (table, areas, _) = try transferred(through: chain, to: sectors)
    try expectTable(table, areas, sectors, equals: expected, sector: "broad")
  }

  @Test("A crosswalk of counts does not sum to 1 unless normalised", .enabled(if: Reference.mayRun))
  func countsNeedNormalising() throws {
    let error = #expect(throws: Failure.self) { try makeMap(firstRows()) }
    #expect(error?.kind == .badData)
    #expect(error?.place == Place(file: "map.csv", line: 2))
  }

  @Test(
    "Counted weights give the Dirichlet means and deviations of scipy",
    .enabled(if: Reference.mayRun))
  func dirichlet() throws {
    let expected = try Reference.rows("\(folder)/expected_transfer.csv")
    let sectors = Codebook(codes: try expected.map { try $0.text("soc2") })
    let map = try makeMap(firstRows(), normalise: true, basis: .counts)
    let (table, areas, _) = try transferred(through: map, to: sectors)
    let variance = try #require(table.mapVariance)
    var means = Matrix(rowCount: areas.count, columnCount: sectors.count)
    for row in try Reference.rows("\(folder)/input_trainees.csv") {
      let area = try #require(areas.position(of: row.text("area")))
      let subject = try row.text("ssa")
      guard let distribution = map.distribution(of: subject) else { continue }
      for (target, mean) in zip(map.targets(of: subject), distribution.mean) {
        means[area, sectors.position(of: target.to) ?? 0] += try row.number("trainees") * mean
      }
    }
    for row in expected {
      let area = try #require(areas.position(of: row.text("area")))
      let sector = try #require(sectors.position(of: row.text("soc2")))
      #expect(closeness.holds(means[area, sector], try row.number("dirichlet_mean")))
      let deviation = variance.count[area, sector].squareRoot()
      #expect(closeness.holds(deviation, try row.number("dirichlet_sd")))
    }
  }

  private func firstRows() throws -> [(String, String, Double)] {
    try Reference.rows("\(folder)/input_crosswalk_counts.csv").map {
      (try $0.text("ssa"), try $0.text("soc2"), try $0.number("count"))
    }
  }

  private func firstMap() throws -> WeightedMap { try makeMap(firstRows(), normalise: true) }

  private func transferred(
    through map: WeightedMap, to sectors: Codebook, onlyArea: String? = nil
  ) throws -> (Table, areas: Codebook, Reconciliation) {
    var source = SourceFixture(categories: .through(map, to: sectors))
    for row in try Reference.rows("\(folder)/input_trainees.csv") {
      let area = try row.text("area")
      guard onlyArea == nil || onlyArea == area else { continue }
      source.add(try row.number("trainees"), area, try row.text("ssa"))
    }
    let imputed = source.imputed()
    let alignment = Alignment(
      lookup: nil, crosswalk: map, areas: imputed.areas, sectors: sectors)
    let table = alignment.table(of: imputed, workerCount: 2)
    return (table, imputed.areas, source.reconciliation())
  }

  private func expectTable(
    _ table: Table, _ areas: Codebook, _ sectors: Codebook, equals expected: [Reference.Row],
    sector: String
  ) throws {
    #expect(expected.count == areas.count * sectors.count && expected.count > 50)
    for row in expected {
      let area = try #require(areas.position(of: row.text("area")))
      let column = try #require(sectors.position(of: row.text(sector)))
      let number = try row.number("trainees")
      for matrix in [table.value, table.lower, table.upper] {
        #expect(closeness.holds(matrix[area, column], number))
      }
    }
    for area in 0..<areas.count {
      let total = table.value.row(area).reduce(0, +)
      #expect(closeness.holds(table.totalLower[area], total))
      #expect(closeness.holds(table.totalUpper[area], total))
    }
  }
}
