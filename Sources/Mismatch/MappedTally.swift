import Dense

/// A tally beside the grid that receives it: which of its codes are known, and what becomes of its counts.
package struct MappedTally: Sendable {
  package let tally: Tally
  package let areas: Axis
  package let categories: Axis

  package init(_ tally: Tally, areas: AxisRule, categories: AxisRule) {
    self.tally = tally
    self.areas = areas.axis(of: tally.areas)
    self.categories = categories.axis(of: tally.categories)
  }

  package var subject: Subject { tally.subject }

  /// What becomes of the counts of one period, without points for marked figures.
  ///
  /// What is published comes from the accounts of the inputs, what became of it from the cells: where they do not
  /// agree, there is a difference.
  package func reconciliation(period: Int) -> Reconciliation {
    var whole = InputAccount()
    for input in tally.accounts { whole.add(input[period]) }
    var reconciliation = Reconciliation()
    reconciliation.figureCount = whole.published.rowCount
    reconciliation.filteredByWhere = whole.filteredByWhere
    reconciliation.filteredAsTotals = whole.filteredAsTotals
    reconciliation.counts = split(period: period)
    reconciliation.counts.published = whole.published.sum
    for mark in tally.marks where mark.cell.period == period {
      if mark.marker.isNote {
        reconciliation.notedCounts[mark.marker.status, default: 0] += mark.count
      } else if mark.marker.isMark {
        reconciliation.markedCounts[mark.marker.status, default: 0] += mark.count
      }
    }
    return reconciliation
  }

  private func split(period: Int) -> Reconciliation.Split {
    let areaShares = areas.rows.indices.map(areas.share)
    let categoryShares = categories.rows.indices.map(categories.share)
    var split = Reconciliation.Split()
    var whole = ExactSum()
    let sums = tally.cells.sums
    tally.cells.forEach(in: period) { cell, slot in
      let (area, category) = (areaShares[cell.area], categoryShares[cell.category])
      let sum = sums[slot]
      guard area.mapped == 1, category.mapped == 1 else {
        return split.add(sum, area: area, category: category)
      }
      whole.add(sum.high)
      if sum.low != 0 { whole.add(sum.low) }
    }
    split.mapped.add(whole)
    return split
  }

  /// Whether each known area has a row in a period: a figure of a category that the grid receives or the job
  /// excludes, or a published total.
  package func hasRow(period: Int) -> [Bool] {
    let reaches = categories.rows.indices.map { place in
      let share = categories.share(atPlace: place)
      return share.mapped + share.excluded > 0
    }
    var found = [Bool](repeating: false, count: tally.areas.codes.count)
    tally.cells.forEach(in: period) { cell, _ in
      if reaches[cell.category] { found[cell.area] = true }
    }
    for area in tally.totals[period].keys { found[area] = true }
    return areas.places.map { $0.map { found[$0] } ?? false }
  }

  /// How many areas have a published total in a period, of those that are known.
  package func totalCount(period: Int) -> Int {
    tally.totals[period].keys.count { areas.rows[$0] != nil }
  }

  // MARK: Tables

  /// The sums of a period by known area and category, in code order.
  func values(period: Int) -> Matrix {
    Matrix(
      rowCount: areas.codebook.count, columnCount: categories.codebook.count,
      elements: tally.cells.values(period: period, areas: areas, categories: categories))
  }

  /// Gives each cell of known codes that has a figure, in the order of rows and columns: its row, its column and
  /// its slot.
  func forEachKnown(period: Int, _ body: (_ row: Int, _ column: Int, _ slot: Int) -> Void) {
    let cells = tally.cells
    guard cells.index != nil else {
      for (row, area) in areas.places.enumerated() {
        guard let area else { continue }
        for (column, category) in categories.places.enumerated() {
          guard let category else { continue }
          let cell = Cell(area: area, category: category, period: period)
          if let slot = cells.slot(of: cell), cells.origins[slot] != 0 { body(row, column, slot) }
        }
      }
      return
    }
    var found: [(row: Int, column: Int, slot: Int)] = []
    cells.forEach(in: period) { cell, slot in
      guard let row = areas.rows[cell.area], let column = categories.rows[cell.category] else {
        return
      }
      found.append((row, column, slot))
    }
    for place in found.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) {
      body(place.row, place.column, place.slot)
    }
  }
}

extension CellTable {
  /// The sums of a period in the order of two axes; the table's own, without a copy, where that is how it holds
  /// them.
  fileprivate func values(period: Int, areas: Axis, categories: Axis) -> [Double] {
    let width = categories.places.count
    let isWhole =
      index == nil && sums.lows.isEmpty
      && shape == Shape(periods: 1, areas: areas.places.count, categories: width)
      && areas.places.enumerated().allSatisfy { $0 == $1 }
      && categories.places.enumerated().allSatisfy { $0 == $1 }
    if isWhole, period == 0 { return sums.highs }
    return [Double](count: areas.places.count * width) { target in
      target.initialize(repeating: 0)
      if index == nil {
        fill(target, period: period, areas: areas, categories: categories)
      } else {
        forEach(in: period) { cell, slot in
          guard let row = areas.rows[cell.area], let column = categories.rows[cell.category] else {
            return
          }
          target[row * width + column] = sums.value(slot)
        }
      }
    }
  }

  private func fill(
    _ target: UnsafeMutableBufferPointer<Double>, period: Int, areas: Axis, categories: Axis
  ) {
    guard period < shape.periods else { return }
    let columns = categories.places.enumerated().compactMap { column, place in
      place.flatMap { $0 < shape.categories ? (column, $0) : nil }
    }
    for (row, area) in areas.places.enumerated() {
      guard let area, area < shape.areas else { continue }
      let (first, start) = (shape.slot(period, area, 0), row * categories.places.count)
      for (column, place) in columns { target[start + column] = sums.value(first + place) }
    }
  }
}
