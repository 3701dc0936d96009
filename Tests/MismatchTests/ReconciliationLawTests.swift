import Mismatch
import Support
import Testing

/// Parts of a hundred amounts below a million, each rounded once.
private let closeness = Closeness.relative(1e-14)

struct ReconciliationLawTests {
  /// Codes 1 and 2 are received in full, 3 for a half with the rest unmapped, 4 half excluded.
  private func source(inputCount: Int = 1) throws -> SourceFixture {
    let map = try makeMap([
      ("1", "x", 1), ("2", "x", 0.25), ("2", "y", 0.75), ("3", "x", 0.5), ("3", "lost", 0.5),
      ("4", "x", 0.5), ("4", "out", 0.5),
    ])
    let axis = AxisRule.through(map, to: Codebook(codes: ["x", "y"]), excluded: ["out"])
    return SourceFixture(areas: axis, categories: axis, inputCount: inputCount)
  }

  @Test("Dyadic weights: published = mapped + unmapped + filtered to the last unit")
  func exactReconciliation() throws {
    var source = try source()
    var random = RandomSource(seed: 51)
    let codes = ["1", "2", "3", "4", "unknown"]
    var (published, mapped, lost, excluded) = (0.0, 0.0, 0.0, 0.0)
    let shares = ["1": (1.0, 0.0), "2": (1, 0), "3": (0.5, 0), "4": (0.5, 0.5)]
    for _ in 0..<400 {
      let value = Double(random.whole(0...1000))
      let (area, category) = (codes[random.whole(0...4)], codes[random.whole(0...4)])
      source.add(value, area, category)
      let (a, c) = (shares[area] ?? (0, 0), shares[category] ?? (0, 0))
      published += value
      mapped += value * a.0 * c.0
      excluded += value * (a.1 + a.0 * c.1)
      lost += value * (1 - a.0 - a.1 + a.0 * (1 - c.0 - c.1))
    }
    let reconciliation = source.reconciliation()
    #expect(reconciliation.published == published && reconciliation.mapped == mapped)
    #expect(reconciliation.unmapped == lost && reconciliation.filtered == excluded)
    #expect(lost > 0 && excluded > 0 && reconciliation.difference == 0)
    #expect(reconciliation.rowCount == 400)
  }

  @Test("Any weights and decimals: nothing is left unexplained but rounding")
  func decimalReconciliation() throws {
    let map = try makeMap([("1", "x", 0.1), ("1", "y", 0.2), ("1", "lost", 0.7), ("2", "y", 1)])
    let axis = AxisRule.through(map, to: Codebook(codes: ["x", "y"]))
    var source = SourceFixture(areas: axis, categories: axis)
    var random = RandomSource(seed: 52)
    for _ in 0..<300 {
      source.add(random.uniform() * 1000, ["1", "2", "q"][random.whole(0...2)], "1")
    }
    let reconciliation = source.reconciliation()
    let parts = reconciliation.mapped + reconciliation.unmapped + reconciliation.filtered
    #expect(closeness.holds(parts, reconciliation.published))
    #expect(reconciliation.difference == 0)
  }

  @Test("Whole codes: counts reconciliation exactly, whatever decimals they have, in any order")
  func decimalsOfWholeCodes() throws {
    var random = RandomSource(seed: 53)
    let rows = (0..<500).map { _ in
      (value: Double(random.whole(0...99999)) / 1000, area: random.whole(0...1))
    }
    var reconciliations: [Reconciliation] = []
    for _ in 0..<3 {
      var source = try source()
      for row in rows.shuffled(using: &random) {
        source.add(row.value, row.area == 0 ? "1" : "unknown", "1")
      }
      reconciliations.append(source.reconciliation())
    }
    for reconciliation in reconciliations {
      #expect(
        reconciliation.mapped == reconciliations[0].mapped
          && reconciliation.published == reconciliations[0].published)
      #expect(reconciliation.unmapped == reconciliations[0].unmapped)
      #expect(reconciliation.difference == 0)
    }
  }

  @Test("What is lost stands under the code that lost it")
  func unmappedByCode() throws {
    var source = try source()
    source.add(100, "unknown", "unknown")
    source.add(40, "3", "3")
    source.add(.withheld, "1", "unknown")
    let areaLoss = source.reconciliation().counts.unmappedArea.value
    #expect(areaLoss == 100 + 20)
    #expect(source.reconciliation().counts.unmappedCategory.value == 10)
    let listed = source.mapped.unmappedCodes(period: 0)
    #expect(listed.map(\.dimension) == [.area, .area, .category, .category])
    #expect(listed.map(\.code) == ["3", "unknown", "3", "unknown"])
    #expect(listed.map(\.published) == [20, 100, 10, 0])
    #expect(listed.map(\.markedCount) == [0, 0, 0, 1])
    #expect(listed.map(\.rowCount) == [1, 1, 1, 1])
  }

  @Test("A period that is not compared has all its counts filtered, and reconciliations")
  func withoutComparison() throws {
    var source = try source()
    source.add(10, "3", "1")
    source.add(.low4, "1", "1")
    source.leaveOut(5, by: \.filteredByWhere)
    let reconciliation = Reconciliation(filtered: source.tally.accounts[0][0])
    #expect(
      reconciliation.published == 15 && reconciliation.filtered == 15
        && reconciliation.difference == 0)
    #expect(
      reconciliation.mapped == 0 && reconciliation.unmapped == 0
        && reconciliation.markedCounts.isEmpty)
    #expect(reconciliation.filteredByPeriod.rowCount == 2 && reconciliation.rowCount == 3)
  }

  @Test("A period is used where a figure passed the filters")
  func usedPeriods() throws {
    var source = try source()
    source.leaveOut(5, by: \.filteredByWhere)
    source.add(1, "1", "1", period: "2023")
    source.add(.low4, "1", "1", period: "2022")
    #expect(source.tally.usedPeriods == ["2023", "2022"])
  }

  @Test("What filters leave out is counted apart, by filter, and reconciliations too")
  func filters() throws {
    var source = try source()
    source.add(10, "1", "1")
    source.leaveOut(0.1, by: \.filteredByWhere)
    source.leaveOut(0.3, by: \.filteredAsTotals)
    let reconciliation = source.reconciliation()
    #expect(
      reconciliation.published == 10.4 && reconciliation.mapped == 10
        && reconciliation.filtered == 0.4)
    #expect(reconciliation.rowCount == 3 && reconciliation.difference == 0)
    #expect(
      reconciliation.filteredByWhere.rowCount == 1 && reconciliation.filteredAsTotals.rowCount == 1)
  }

  @Test("Inputs and periods have accounts of their own, which add up")
  func accountsAddUp() throws {
    var source = try source(inputCount: 2)
    source.add(1, "1", "1")
    source.add(2, "2", "unknown", input: 1)
    source.add(4, "1", "2", period: "2022", input: 1)
    source.add(.low4, "1", "1", period: "2022", input: 1)
    #expect(source.tally.periods == ["2021", "2022"])
    #expect(source.tally.accounts[0][1] == InputAccount())
    #expect(source.tally.accounts[1].map(\.published.rowCount) == [1, 2])
    #expect(source.reconciliation(period: 1).markedCounts == [.low: 1])
    var total = Reconciliation()
    for period in 0..<2 { total.add(source.reconciliation(period: period)) }
    #expect(total.published == 7 && total.mapped == 5 && total.unmapped == 2)
    #expect(total.rowCount == 4 && total.markedCounts == [.low: 1])
  }

  @Test("A second figure of a cell is told apart, with the place of the first")
  func claims() throws {
    var source = SourceFixture(inputCount: 300)
    let cell = source.cell("a", "x")
    let others = [source.cell("a", "y"), source.cell("a", "x", period: "2022")]
    let first = Origin(input: 299, line: 1 << 33)
    var tally = source.tally
    #expect(tally.origin(of: cell) == nil)
    tally.add(1, bounds: (1, 1), to: cell, from: first)
    for other in others { #expect(tally.origin(of: other) == nil) }
    tally.add(1, bounds: (1, 1), to: cell, from: Origin(input: 1, line: 9))
    for other in others { tally.add(1, bounds: (1, 1), to: other, from: Origin(input: 2, line: 3)) }
    #expect(tally.origin(of: cell) == first)
  }

  @Test(
    "A run of figures keeps its lines", arguments: [7, Int(UInt32.max) - 1, 1 << 39])
  func linesOfRuns(firstLine: Int) {
    var source = SourceFixture(inputCount: 3, holdsParts: false)
    let cells = ["x", "y", "z"].map { source.cell("a", $0) }
    let places = cells.map { Int32($0.category) }
    var tally = source.tally
    let count = [1.0, 2, 4].withUnsafeBufferPointer { values in
      [Int32](repeating: Int32(cells[0].area), count: 3).withUnsafeBufferPointer { areas in
        places.withUnsafeBufferPointer { categories in
          tally.add(
            FigureRun(
              values: values, areas: areas, categories: categories, period: cells[0].period,
              input: 2, firstLine: firstLine), rounding: .none, zeroIsExact: true)
        }
      }
    }
    #expect(count == 3)
    for (index, cell) in cells.enumerated() {
      let own = Origin(input: 2, line: firstLine + index)
      #expect(tally.origin(of: cell) == own)
    }
  }
}
