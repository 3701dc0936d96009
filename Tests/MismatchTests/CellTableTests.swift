import Dense
import Support
import Testing

@testable import Mismatch

/// Sums in tables and in lists against a dictionary, in whatever order cells are met.
struct CellTableTests {
  /// What a dictionary holds of a cell.
  private struct Held: Equatable {
    var sum = 0.0
    var above = 0.0
    var count = 0
    var first: Origin?
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func cellsAreThoseOfADictionary(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let (periods, areas, categories) = (
      1 + Int.random(in: 0..<4, using: &random), 1 + Int.random(in: 0..<60, using: &random),
      1 + Int.random(in: 0..<60, using: &random)
    )
    var table = CellTable(
      holdsParts: true, fewSlots: [8, 200, 1 << 22].randomElement(using: &random) ?? 8)
    var expected: [Cell: Held] = [:]
    for line in 1...(20 + Int.random(in: 0..<3000, using: &random)) {
      // Often one of few cells, so that some lists fill up and some do not.
      let width = Int.random(in: 0..<3, using: &random) == 0 ? 1 : areas
      let cell = Cell(
        area: Int.random(in: 0..<width, using: &random),
        category: Int.random(in: 0..<categories, using: &random),
        period: Int.random(in: 0..<periods, using: &random))
      let (value, above) = (
        Double(Int.random(in: 0..<500, using: &random)),
        Double(Int.random(in: 0..<3, using: &random))
      )
      let origin = Origin(input: Int.random(in: 0..<3, using: &random), line: line)
      let (slot, earlier) = table.claim(cell, from: origin)
      #expect(earlier == expected[cell]?.first)
      table.addFigures(1, slot: slot)
      table.add(value, to: \.sums, cell)
      if above > 0 { table.add(above, to: \.above, cell) }
      expected[cell, default: Held(first: origin)].sum += value
      expected[cell]?.above += above
      expected[cell]?.count += 1
    }
    var found: [Cell: Held] = [:]
    for period in 0..<periods {
      table.forEach(in: period) { cell, slot in
        found[cell] = Self.held(table, slot)
      }
    }
    #expect(found == expected && table.count == expected.count && table.inexact == nil)
  }

  private static func held(_ table: CellTable, _ slot: Int) -> Held {
    Held(
      sum: table.sums.value(slot), above: table.above.value(slot),
      count: table.figureCount(slot: slot), first: table.origin(at: slot))
  }

  @Test("A table that would be nearly empty is a list, and one that fills up is a table again")
  func formsOfTables() {
    var table = CellTable(holdsParts: false, fewSlots: 100)
    for place in 0..<200 {
      _ = table.claim(
        Cell(area: place, category: place, period: 0), from: Origin(input: 0, line: 1))
    }
    #expect(table.index != nil && table.slotCount == 200)
    for area in 0..<200 {
      for category in 0..<200 where area != category {
        let cell = Cell(area: area, category: category, period: 0)
        _ = table.claim(cell, from: Origin(input: 0, line: 2))
      }
    }
    #expect(table.index == nil && table.count == 40_000)
    let origin = Cell(area: 7, category: 7, period: 0)
    #expect(table.origin(of: origin)?.line == 1)
  }

  @Test("A sum is exact in two doubles, or says that it is not")
  func exactness() {
    let cell = Cell(area: 0, category: 0, period: 0)
    for (terms, isExact) in [
      ([1e15, 0.1, 0.2], true), ([0.1, 0.2, 0.3, 1e9], true), ([1e15, 1e-5, 1e-30], false),
    ] {
      var table = CellTable(holdsParts: true)
      for term in terms { table.add(term, to: \.sums, cell) }
      #expect((table.inexact == nil) == isExact, "\(terms)")
      #expect(table.sums.value(0) == ExactSum(terms).value)
    }
  }
}
