import Dense
import Mismatch
import Support
import Testing

/// Products of a few terms below a thousand.
private let closeness = Closeness.either(1e-12)

struct AlignmentTests {
  @Test("A table is lookupᵀ × counts × crosswalk, and so are its bounds")
  func tableIsProduct() throws {
    let lookup = try randomMap(from: 9, to: 4, stream: 1)
    let crosswalk = try randomMap(from: 7, to: 3, stream: 2)
    let areas = Codebook(codes: lookup.allTargets)
    let sectors = Codebook(codes: crosswalk.allTargets)
    var source = SourceFixture(
      areas: .through(lookup, to: areas), categories: .through(crosswalk, to: sectors))
    var random = RandomSource(seed: 71)
    var expected = (0..<3).map { _ in Matrix(rowCount: areas.count, columnCount: sectors.count) }
    for from in lookup.sources {
      for category in crosswalk.sources {
        let value = Double(10 * random.whole(0...40))
        source.add(value, from, category, rounding: .nearest(10))
        let bounds = Rounding.nearest(10).bounds(of: value, zeroIsExact: false)
        for (to, share) in lookup.targets(of: from) {
          for (sector, part) in crosswalk.targets(of: category) {
            let row = try #require(areas.position(of: to))
            let column = try #require(sectors.position(of: sector))
            for (index, number) in [value, bounds.lower, bounds.upper].enumerated() {
              expected[index][row, column] += number * share * part
            }
          }
        }
      }
    }
    let alignment = Alignment(lookup: lookup, crosswalk: crosswalk, areas: areas, sectors: sectors)
    let table = alignment.table(of: source.imputed(), workerCount: 1)
    for (matrix, twin) in zip([table.value, table.lower, table.upper], expected) {
      #expect(closeness.holds(matrix.elements, twin.elements))
    }
    #expect(closeness.holds(table.totalLower, expected[1].rows.map { $0.reduce(0, +) }))
    #expect(closeness.holds(table.totalUpper, expected[2].rows.map { $0.reduce(0, +) }))
    #expect(zip(table.lower.elements, table.value.elements).allSatisfy { $0 <= $1 })
    #expect(zip(table.value.elements, table.upper.elements).allSatisfy { $0 <= $1 })
    let reconciliation = source.reconciliation()
    #expect(closeness.holds(reconciliation.mapped, table.value.elements.reduce(0, +)))
  }

  private func randomMap(from: Int, to: Int, stream: UInt64) throws -> WeightedMap {
    var random = RandomSource(seed: 72, stream: stream)
    var rows: [(String, String, Double)] = []
    for source in 0..<from {
      for target in 0..<to {
        rows.append(("f\(source)", "t\(target)", Double(random.whole(0...5))))
      }
      rows.append(("f\(source)", "t0", 1))
    }
    return try makeMap(rows, normalise: true)
  }

  @Test("A withheld count reaches only the cells that its weights lead to")
  func withheldStaysInItsCells() throws {
    let lookup = try makeMap([("a", "A", 0.5), ("a", "B", 0.5), ("c", "C", 1), ("b", "B", 1)])
    let crosswalk = try makeMap([("x", "X", 0.25), ("x", "Y", 0.75), ("y", "Y", 1), ("z", "Z", 1)])
    let areas = Codebook(codes: ["A", "B", "C"])
    let sectors = Codebook(codes: ["X", "Y", "Z"])
    var source = SourceFixture(
      areas: .through(lookup, to: areas), categories: .through(crosswalk, to: sectors))
    for area in ["a", "b", "c"] {
      for category in ["x", "y", "z"] where (area, category) != ("a", "x") {
        source.add(8, area, category)
      }
    }
    source.add(.withheld, "a", "x")
    let alignment = Alignment(lookup: lookup, crosswalk: crosswalk, areas: areas, sectors: sectors)
    let table = alignment.table(of: source.imputed(by: .middle), workerCount: 1)
    for area in 0..<3 {
      for sector in 0..<3 {
        let isReached = area < 2 && sector < 2
        #expect(table.value[area, sector].isNaN == isReached)
        #expect((table.upper[area, sector] == .infinity) == isReached)
        #expect(table.lower[area, sector].isFinite)
        #expect(table.status[area * 3 + sector] == (isReached ? .confidential : []))
      }
    }
    #expect(table.lower.rows == [[0, 4, 4], [2, 18, 12], [2, 14, 8]])
    #expect(table.value[2, 1] == 14 && table.value[0, 2] == 4)
    #expect(table.totalUpper == [.infinity, .infinity, 24])
    #expect(table.totalLower == [8, 32, 24])
  }

  @Test("A withheld count of a category that no sector receives leaves the table as it is")
  func withheldWithoutSector() throws {
    let crosswalk = try makeMap([("x", "X", 1), ("y", "lost", 1)])
    let sectors = Codebook(codes: ["X"])
    var source = SourceFixture(categories: .through(crosswalk, to: sectors))
    source.add(5, "a", "x")
    source.add(.withheld, "a", "y")
    let alignment = Alignment(
      lookup: nil, crosswalk: crosswalk, areas: Codebook(codes: ["a"]), sectors: sectors)
    let table = alignment.table(of: source.imputed(by: .middle), workerCount: 1)
    #expect(table.value.rows == [[5]] && table.upper.rows == [[5]])
    #expect(table.totalUpper == [5] && table.status == [[]])
  }

  @Test("A published total bounds what the grid receives of an area")
  func totalsBoundReceipts() throws {
    let crosswalk = try makeMap([("x", "X", 1), ("y", "X", 0.5), ("y", "lost", 0.5)])
    let sectors = Codebook(codes: ["X"])
    var source = SourceFixture(categories: .through(crosswalk, to: sectors))
    source.add(.withheld, "a", "x")
    source.add(.withheld, "a", "y")
    source.addTotal((10, 20), "a")
    let alignment = Alignment(
      lookup: nil, crosswalk: crosswalk, areas: Codebook(codes: ["a"]), sectors: sectors)
    let table = alignment.table(of: source.imputed(), workerCount: 1)
    // All in y: half of 10 is received; all in x: all of 20.
    #expect(table.totalLower == [5] && table.totalUpper == [20])
    #expect(table.lower.rows == [[0]] && table.upper.rows == [[30]])
  }

  @Test("Areas and sectors of the grid without a source are 0")
  func emptyAreasAndSectors() {
    var source = SourceFixture()
    source.add(3, "b", "y")
    source.add(9, "q", "y")
    let alignment = Alignment(
      lookup: nil, crosswalk: nil, areas: Codebook(codes: ["a", "b"]),
      sectors: Codebook(codes: ["x", "y", "z"]))
    let table = alignment.table(of: source.imputed(), workerCount: 1)
    #expect(table.value.rows == [[0, 0, 0], [0, 3, 0]] && table.totalUpper == [0, 3])
  }
}
