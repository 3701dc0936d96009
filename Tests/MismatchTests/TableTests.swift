import Dense
import Mismatch
import Support
import Testing

private let closeness = Closeness.either(1e-12)

struct TableTests {
  @Test("Pooled areas are the sums of their cells and bounds")
  func pooledAreas() {
    for random in RandomGrid.all where random.grid.areas.count > 1 {
      let table = random.grid.provision
      let (first, second) = (table.profile(area: 0), table.profile(area: 1))
      let pooled = table.pooled([0, 1])
      for part in [\Figure.value, \.lower, \.upper] {
        let sums = zip(first.cells, second.cells).map { $0[keyPath: part] + $1[keyPath: part] }
        #expect(closeness.holds(pooled.cells.map { $0[keyPath: part] }, sums), "\(random)")
        let total = first.total[keyPath: part] + second.total[keyPath: part]
        #expect(closeness.holds(pooled.total[keyPath: part], total), "\(random)")
      }
      #expect(pooled.total.status == first.total.status.union(second.total.status))
      #expect(table.pooled([0]) == first || first.total.value.isNaN)
    }
  }

  @Test("A profile's total is the sum of its cells, within the table's bounds")
  func profileTotals() {
    for random in RandomGrid.all {
      for area in random.grid.areas.codes.indices {
        let profile = random.grid.demand.profile(area: area)
        let sum = profile.cells.map(\.value).reduce(0, +)
        #expect(closeness.holds(profile.total.value, sum), "\(random)")
        #expect(profile.total.isDefined == profile.cells.allSatisfy(\.isDefined))
        #expect(profile.total.lower == random.grid.demand.totalLower[area])
        #expect(profile.total.upper == random.grid.demand.totalUpper[area])
      }
    }
  }

  @Test("Pooling decimals has the same bits in any order of the areas")
  func poolingOrder() {
    var random = RandomSource(seed: 81)
    var counts = Matrix(rowCount: 40, columnCount: 2)
    for index in counts.elements.indices {
      counts.elements[index] = Double(random.whole(0...9999)) / 1000
    }
    let table = Table(exact: counts)
    let expected = table.pooled(0..<40)
    for _ in 0..<10 {
      let pooled = table.pooled(Array(0..<40).shuffled(using: &random))
      #expect(pooled.cells == expected.cells && pooled.total.value == expected.total.value)
    }
  }

  @Test("A profile of exact counts is exact")
  func exactProfile() {
    let profile = Profile(exact: [0.1, 0.2, 0.3])
    #expect(profile.total == Figure(exact: 0.6))
    #expect(profile.cells == [0.1, 0.2, 0.3].map(Figure.init(exact:)))
  }

  @Test("A figure scales with its bounds and keeps its status")
  func scaledFigure() {
    let figure = Figure(2, lower: 1, upper: .infinity, status: .low).scaled(by: 3)
    #expect(figure == Figure(6, lower: 3, upper: .infinity, status: .low))
    #expect(!Figure.undefined(.unknown).isDefined && Figure(exact: 0).isDefined)
  }
}

struct SingleSectorTests {
  @Test("With one sector nothing can be out of place, even where the count is withheld")
  func withheldSingleSector() throws {
    let withheld = Figure(.nan, lower: 0, upper: .infinity, status: .confidential)
    let pair = ProfilePair(
      provision: Profile(cells: [withheld], total: withheld), demand: Profile(exact: [20]))
    let index = try #require(Measure.dissimilarity.area(pair))
    #expect(index.lower == 0 && index.upper == 0)
    let move = try #require(Measure.traineesToMove.area(pair))
    #expect(move.lower == 0 && move.upper == 0)
  }
}
