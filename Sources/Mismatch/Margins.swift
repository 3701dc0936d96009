/// What one period of a tally holds by source code, before marked figures are given points.
package struct Margins: Sendable {
  /// One source code with its published count and the number of its cells that have a figure.
  package struct Entry: Sendable {
    package let code: String
    package let published: Double
    package let cellCount: Int
  }

  /// In code order.
  package let areas: [Entry]
  /// In code order; counts are those of areas, by the shares that the grid receives of them.
  package let categories: [Entry]
}

extension MappedTally {
  /// The margins of one period: known codes only.
  package func margins(period: Int) -> Margins {
    var rowSums = [MarginSum](repeating: MarginSum(), count: areas.codebook.count)
    var columnSums = [MarginSum](repeating: MarginSum(), count: categories.codebook.count)
    let sums = tally.cells.sums
    forEachKnown(period: period) { row, column, slot in
      let value = sums.value(slot)
      rowSums[row].add(value)
      columnSums[column].add(value * areas.shares[row].mapped)
    }
    let entries = { (codes: [String], sums: [MarginSum]) in
      zip(codes, sums).map { code, sum in
        Margins.Entry(code: code, published: sum.value, cellCount: sum.count)
      }
    }
    return Margins(
      areas: entries(areas.codebook.codes, rowSums),
      categories: entries(categories.codebook.codes, columnSums))
  }
}

private struct MarginSum {
  var value = 0.0
  var count = 0

  @inline(__always)
  mutating func add(_ term: Double) {
    value += term
    count += 1
  }
}
