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

extension Tally {
  /// The margins of one period: known codes only.
  ///
  /// Cells are told apart where each has one figure; where parts are added up, cell counts are 0.
  package func margins(period: Int) -> Margins {
    let (rows, columns) = (areas.order, categories.order)
    let values = layers[period].values.matrix(rows: rows, columns: columns).elements
    let origins = layers[period].origins.codes(rows: rows, columns: columns)
    var rowSums = Array(repeating: MarginSum(), count: rows.count)
    var columnSums = Array(repeating: MarginSum(), count: columns.count)
    values.withUnsafeBufferPointer { values in
      origins.withUnsafeBufferPointer { origins in
        columnSums.withUnsafeMutableBufferPointer { columnSums in
          for (row, place) in rows.enumerated() {
            let share = areas.share(at: place).mapped
            var rowSum = MarginSum()
            for column in columnSums.indices {
              let value = values[row * columns.count + column]
              let count = origins[row * columns.count + column] != 0 ? 1 : 0
              rowSum.add(value, count: count)
              columnSums[column].add(value * share, count: count)
            }
            rowSums[row] = rowSum
          }
        }
      }
    }
    let entries = { (codes: [String], places: [Int], sums: [MarginSum]) in
      zip(places, sums).map { place, sum in
        Margins.Entry(code: codes[place], published: sum.value, cellCount: sum.count)
      }
    }
    return Margins(
      areas: entries(areas.codes, rows, rowSums),
      categories: entries(categories.codes, columns, columnSums))
  }
}

private struct MarginSum {
  var value = 0.0
  var count = 0

  @inline(__always)
  mutating func add(_ term: Double, count more: Int) {
    value += term
    count += more
  }
}
