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
    let layer = layers[period]
    let areaOrder = Tally.order(areas.codes)
    let categoryOrder = Tally.order(categories.codes)
    var sums = [Double](repeating: 0, count: categoryOrder.count)
    var counts = [Int](repeating: 0, count: categoryOrder.count)
    let areaEntries = areaOrder.map { area in
      let share = areas.share(at: area).mapped
      var (sum, count) = (0.0, 0)
      for (column, category) in categoryOrder.enumerated() {
        let value = layer.values.value(row: area, column: category)
        sum += value
        sums[column] += value * share
        guard layer.origins[area, category] != 0 else { continue }
        count += 1
        counts[column] += 1
      }
      return Margins.Entry(code: areas.codes[area], published: sum, cellCount: count)
    }
    let categoryEntries = categoryOrder.enumerated().map { column, category in
      Margins.Entry(
        code: categories.codes[category], published: sums[column], cellCount: counts[column])
    }
    return Margins(areas: areaEntries, categories: categoryEntries)
  }

  /// Places of codes in the order that all outputs use.
  private static func order(_ codes: [String]) -> [Int] {
    codes.indices.sorted {
      codes[$0].unicodeScalars.lexicographicallyPrecedes(codes[$1].unicodeScalars)
    }
  }
}
