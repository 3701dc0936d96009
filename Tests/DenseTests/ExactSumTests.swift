import Dense
import Support
import Testing

private let knownSums: [(terms: [Double], sum: Double)] = [
  ([0.1, 0.2, 0.3], 0.6), ([Double](repeating: 0.1, count: 10), 1), ([1e16, 1, -1e16], 1),
  ([1, 1e16, 1, -1e16], 2), ([0x1p53, 1, 1], 0x1p53 + 2), ([], 0),
]

struct ExactSumTests {
  /// Decimals of the sizes that counts have: up to a million, with up to six decimals.
  private static let decimals: [Double] = {
    var random = RandomSource(seed: 21)
    return (0..<2000).map { _ in
      let places = [1.0, 10, 100, 1e6][random.whole(0...3)]
      return Double(random.whole(0...1_000_000)) * [1, 1e-3, 1][random.whole(0...2)] / places
    }
  }()

  @Test("A sum of decimals has the same bits in any order")
  func sumIsIndependentOfOrder() {
    var random = RandomSource(seed: 22)
    let expected = ExactSum(Self.decimals).value
    for _ in 0..<50 {
      #expect(ExactSum(Self.decimals.shuffled(using: &random)).value == expected)
    }
    let plain = (0..<50).map { _ in Self.decimals.shuffled(using: &random).reduce(0, +) }
    #expect(Set(plain).count > 1, "these decimals do not tell an exact sum from a plain one")
  }

  @Test("A sum of sums equals the sum of all, however they were split")
  func sumOfSumsEqualsSum() {
    let expected = ExactSum(Self.decimals).value
    for partCount in [1, 2, 7, 100] {
      var total = ExactSum()
      for part in 0..<partCount {
        var sum = ExactSum()
        for index in stride(from: part, to: Self.decimals.count, by: partCount) {
          sum.add(Self.decimals[index])
        }
        total.add(sum)
      }
      #expect(total.value == expected)
    }
  }

  @Test("Known sums come out rounded once", arguments: knownSums)
  func knownSum(terms: [Double], sum: Double) {
    #expect(ExactSum(terms).value == sum)
    #expect(ExactSum(terms.reversed()).value == sum)
  }

  @Test("Side by side as one by one: counts, halves, decimals, large ones, none")
  func sideBySide() {
    var random = RandomSource(seed: 23)
    for count in 0..<40 {
      for terms in [
        (0..<count).map { _ in Double(random.whole(0...1_000_000)) / 2 },
        (0..<count).map { _ in Double(random.whole(-9...9)) / 1024 },
        (0..<count).map { _ in Double(random.whole(0...1_000_000)) / 2048 },
        (0..<count).map { _ in Double(random.whole(0...9)) * 0x1p39 },
        Array(Self.decimals.prefix(count)),
        (0..<count).map { _ in random.whole(0...30) == 0 ? .nan : 3 },
      ] {
        var sum = ExactSum()
        for term in terms { sum.add(term) }
        let sideBySide = ExactSum(terms).value
        #expect(sideBySide == sum.value || sideBySide.isNaN && sum.value.isNaN)
      }
    }
  }

  @Test("Columns of counts, decimals, infinite elements and none sum as each would alone")
  func columnSums() {
    var random = RandomSource(seed: 24)
    let kinds: [(inout RandomSource) -> Double] = [
      { Double($0.whole(0...1_000_000)) / 2 }, { Self.decimals[$0.whole(0...1999)] },
      { $0.whole(0...20) == 0 ? .infinity : 3 }, { $0.whole(0...20) == 0 ? .nan : 3 },
      { Double($0.whole(0...9)) * 0x1p39 },
    ]
    for kind in kinds {
      let rows = (0..<40).map { _ in (0..<7).map { _ in kind(&random) } }
      let places = (0..<40).filter { _ in random.whole(0...2) > 0 }
      let sums = Matrix(rows: rows).columnSums(of: places)
      for column in 0..<7 {
        var sum = ExactSum()
        for place in places where rows[place][column].isFinite { sum.add(rows[place][column]) }
        let special = places.map { rows[$0][column] }.first { !$0.isFinite }
        let expected = special ?? sum.value
        #expect(sums[column] == expected || sums[column].isNaN && expected.isNaN)
      }
    }
    #expect(Matrix(rowCount: 3, columnCount: 2, repeating: 1).columnSums(of: []) == [0, 0])
  }

  @Test("Two numbers are the rounded sum and exactly what the rounding left out")
  func twoSumLosesNothing() {
    #expect(twoSum(1e16, 1) == (1e16, 1))
    #expect(twoSum(1, 1e16) == (1e16, 1))
    #expect(twoSum(0x1p53, 3) == (0x1p53 + 4, -1))
    #expect(twoSum(0.5, 0.25) == (0.75, 0))
  }
}
