import Dense

/// The two dimensions along which a source code can be without a place in the grid.
package enum Dimension: String, Sendable {
  case area
  case category
}

extension MappedTally {
  /// What stands under one source code that the grid does not wholly receive.
  package struct UnmappedCode: Sendable {
    package let period: String
    package let dimension: Dimension
    package let code: String
    /// What the source calls it, where it has a column of names.
    package let name: String?
    package let rowCount: Int
    package let markedCount: Int
    package let published: Double
    /// How many source areas have a row of it.
    package let areaCount: Int
    /// Those of them that hold most, the largest first; of equal ones the first code.
    package let largestAreas: [String]
  }

  /// How many areas are named of an unmapped code.
  package static let largestAreaCount = 3

  /// All source codes of a period with something unmapped, areas first, each in code order.
  package func unmappedCodes(period: Int) -> [UnmappedCode] {
    let amounts = unmappedAmounts(period: period)
    return [Dimension.area, .category].flatMap { dimension in
      let list = dimension == .area ? tally.areas : tally.categories
      let rows = (amounts[dimension] ?? [:]).map { place, amount in
        UnmappedCode(
          period: tally.periods[period], dimension: dimension, code: list.codes[place],
          name: list.names[place], rowCount: amount.rowCount, markedCount: amount.markedCount,
          published: amount.published.value, areaCount: amount.areas.count,
          largestAreas: largestAreas(amount))
      }
      return rows.sorted { Codebook.precedes($0.code, $1.code) }
    }
  }

  private struct Amount {
    var rowCount = 0
    var markedCount = 0
    var published = ExactSum()
    /// What of it stands in each source area, by place.
    var areas: [Int: ExactSum] = [:]

    mutating func add(_ value: Double, rows: Int, area: Int) {
      rowCount += rows
      published.add(value)
      areas[area, default: ExactSum()].add(value)
    }
  }

  /// Amounts by the places of codes.
  private func unmappedAmounts(period: Int) -> [Dimension: [Int: Amount]] {
    var amounts: [Dimension: [Int: Amount]] = [.area: [:], .category: [:]]
    guard !areas.isWhole || !categories.isWhole else { return amounts }
    let cells = tally.cells
    cells.forEach(in: period) { cell, slot in
      for (loss, dimension) in losses(of: cell) {
        let place = dimension == .area ? cell.area : cell.category
        amounts[dimension, default: [:]][place, default: Amount()].add(
          cells.sums.value(slot) * loss, rows: cells.figureCount(slot: slot), area: cell.area)
      }
    }
    for mark in tally.marks where mark.cell.period == period && mark.marker.isMark {
      for (_, dimension) in losses(of: mark.cell) {
        let place = dimension == .area ? mark.cell.area : mark.cell.category
        amounts[dimension]?[place]?.markedCount += mark.count
        if tally.holdsParts { amounts[dimension]?[place]?.rowCount += mark.count }
      }
    }
    return amounts
  }

  /// How much of a cell is lost, by the dimension that loses it.
  private func losses(of cell: Cell) -> [(Double, Dimension)] {
    let area = areas.share(atPlace: cell.area)
    let category = categories.share(atPlace: cell.category)
    if area.mapped == 1, category.mapped == 1 { return [] }
    let losses = [
      (1 - area.mapped - area.excluded, Dimension.area),
      (area.mapped * (1 - category.mapped - category.excluded), .category),
    ]
    return losses.filter { $0.0 > WeightedMap.tolerance }
  }

  private func largestAreas(_ amount: Amount) -> [String] {
    amount.areas.map { (code: tally.areas.codes[$0.key], published: $0.value.value) }
      .sorted {
        $0.published != $1.published
          ? $0.published > $1.published : Codebook.precedes($0.code, $1.code)
      }
      .prefix(MappedTally.largestAreaCount).map(\.code)
  }
}
