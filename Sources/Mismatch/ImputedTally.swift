import Dense

/// One side's counts of one period in source codes: every cell's value and bounds, after totals have
/// tightened the bounds and suppressed figures have been imputed.
package struct ImputedTally: Sendable {
  package let areas: Codebook
  package let categories: Codebook
  /// Source areas × source categories, in code order.
  ///
  /// A cell without a row is 0.
  package var value: Matrix
  package var lower: Matrix
  /// Infinite upper bounds stand here as 0 and in ``openCells``.
  package var upper: Matrix
  /// Cells with a status, in order of row and column.
  package var markedCells: [MarkedCell] = []
  /// Bounds of what the grid receives from each source area, where the area's total is published.
  package var mappedTotals: [Int: (lower: Double, upper: Double)] = [:]
  /// Areas whose parts cannot make their published total: their bounds stay as they were.
  package var conflicts: [Conflict] = []
  /// Withheld cells of which their area's total tells more than the guard allows.
  package var guardedCells: [GuardedCell] = []
  /// Points that marked figures were given.
  package var imputed = Reconciliation.Split()
  /// How many marked figures have no point.
  package var unusableCount = 0

  /// By area, the sum of its counts, or that of their upper bounds where it is larger and they have any.
  package func largestSums() -> [Double] {
    func sums(_ matrix: Matrix) -> [Double] {
      (0..<matrix.rowCount).map { matrix.row($0).reduce(0, +) }
    }
    let values = sums(value)
    return upper.isCopy(of: value) ? values : zip(values, sums(upper)).map { max($0, $1) }
  }

  /// A cell that holds marked figures.
  package struct MarkedCell: Sendable {
    package let row: Int
    package let column: Int
    package let status: Status
    /// No value: a figure in it has neither number nor point.
    package let isWithoutValue: Bool
    /// No upper bound.
    package let isOpen: Bool
  }

  /// A withheld cell whose bounds a total narrows too far.
  package struct GuardedCell: Sendable, Equatable {
    package let area: String
    package let category: String
    /// By marks and rounding alone; the upper bound may be infinite.
    package let own: ClosedRange<Double>
    /// Beside the area's total.
    package let tightened: ClosedRange<Double>
  }

  /// An area whose published total its parts cannot make.
  package struct Conflict: Sendable, Equatable {
    package let area: String
    package let parts: ClosedRange<Double>
    package let total: ClosedRange<Double>
  }
}

extension MappedTally {
  /// The counts of one period with their final bounds and values.
  ///
  /// - Parameters:
  ///   - period: a period's number.
  ///   - point: the value of a marked figure, taken between the bounds that are published.
  ///   - disclosure: whether bounds that a total narrows too far are published.
  package func impute(period: Int, point: ImputationRule, disclosure: DisclosureGuard)
    -> ImputedTally
  {
    var builder = ImputationBuilder(tally: self, period: period, disclosure: disclosure)
    builder.impute(by: point)
    return builder.result
  }
}

/// Tightens bounds and imputes values of one period, in code order so that no sum depends on the order of
/// the rows that were read.
private struct ImputationBuilder {
  let tally: MappedTally
  let period: Int
  let disclosure: DisclosureGuard
  /// Published totals by row.
  private var totals: [Int: TotalBounds] = [:]
  /// Bounds of what stands under unknown categories, by row, where a total speaks of them.
  private var unknownCategories: [Int: TotalBounds] = [:]
  var result: ImputedTally

  init(tally: MappedTally, period: Int, disclosure: DisclosureGuard) {
    self.tally = tally
    self.period = period
    self.disclosure = disclosure
    let value = tally.values(period: period)
    result = ImputedTally(
      areas: tally.areas.codebook, categories: tally.categories.codebook, value: value,
      lower: value, upper: value)
    takeBounds()
    for (place, bounds) in tally.tally.totals[period] {
      if let row = tally.areas.rows[place] { totals[row] = bounds }
    }
    if !totals.isEmpty { unknownCategories = boundsOfUnknownCategories() }
  }

  /// Bounds that no figure has stay copies of the values.
  private mutating func takeBounds() {
    let cells = tally.tally.cells
    guard !cells.below.isEmpty || !cells.above.isEmpty else { return }
    tally.forEachKnown(period: period) { row, column, slot in
      let (below, above) = (cells.below.value(slot), cells.above.value(slot))
      if below != 0 { result.lower[row, column] -= below }
      if above != 0 { result.upper[row, column] += above }
    }
  }

  private func boundsOfUnknownCategories() -> [Int: TotalBounds] {
    let (cells, rows) = (tally.tally.cells, tally.areas.rows)
    var sums: [Int: (lower: ExactSum, upper: ExactSum)] = [:]
    func add(_ cell: Cell, lower: [Double], upper: [Double]) {
      guard tally.categories.rows[cell.category] == nil, let row = rows[cell.area],
        totals[row] != nil
      else { return }
      for term in lower { sums[row, default: (ExactSum(), ExactSum())].lower.add(term) }
      for term in upper { sums[row, default: (ExactSum(), ExactSum())].upper.add(term) }
    }
    cells.forEach(in: period) { cell, slot in
      let value = cells.sums.value(slot)
      add(
        cell, lower: [value, -cells.below.value(slot)], upper: [value, cells.above.value(slot)])
    }
    var openRows: Set<Int> = []
    for mark in tally.tally.marks where mark.cell.period == period {
      let count = Double(mark.count)
      if mark.marker.upper == .infinity {
        if tally.categories.rows[mark.cell.category] == nil, let row = rows[mark.cell.area] {
          openRows.insert(row)
        }
      } else {
        add(mark.cell, lower: [], upper: [mark.marker.upper * count])
      }
      add(mark.cell, lower: [mark.marker.lower * count], upper: [])
    }
    return Dictionary(
      uniqueKeysWithValues: sums.map { row, sum in
        let upper = openRows.contains(row) ? .infinity : sum.upper.value
        return (row, TotalBounds(lower: sum.lower.value, upper: upper))
      })
  }

  mutating func impute(by point: ImputationRule) {
    let marked = markedByRow()
    for row in marked.indices where !marked[row].cells.isEmpty || totals[row] != nil {
      impute(row: row, marked: marked[row], point: point)
    }
  }

  /// Marked figures of known codes by row.
  private func markedByRow() -> [MarkedRow] {
    var figures = result.areas.codes.map { _ in [(column: Int, figure: MarkedFigure)]() }
    for figure in tally.tally.marks where figure.cell.period == period {
      guard let row = tally.areas.rows[figure.cell.area],
        let column = tally.categories.rows[figure.cell.category]
      else { continue }
      figures[row].append((column, figure))
    }
    return figures.map(MarkedRow.init)
  }

  private mutating func impute(row: Int, marked: MarkedRow, point: ImputationRule) {
    var lower = Array(result.lower.row(row))
    var upper = Array(result.upper.row(row))
    for (column, figures) in marked.cells {
      for figure in marked.figures[figures] {
        lower[column] += figure.marker.lower * Double(figure.count)
        upper[column] += figure.marker.upper * Double(figure.count)
      }
    }
    let sum = tighten(row: row, marked: marked, lower: &lower, upper: &upper)
    var ends: [ImputationEnds] = []
    ends.reserveCapacity(marked.figures.count)
    for (column, figures) in marked.cells {
      let room = (
        lower: lower[column] - result.lower[row, column],
        upper: upper[column] - result.upper[row, column]
      )
      for figure in marked.figures[figures] {
        let isAlone = figures.count == 1 && figure.count == 1
        ends.append(self.ends(of: figure, isAlone: isAlone, room: room))
      }
    }
    let numbers = result.value.row(row).reduce(0, +)
    let way = sum.map { point.way(of: ends, beside: numbers, to: $0) } ?? 0.5
    for (column, figures) in marked.cells {
      impute(
        ends[figures], row: row, column: column, point: point, way: way,
        isOpen: upper[column] == .infinity)
    }
    for column in lower.indices {
      result.lower[row, column] = lower[column]
      result.upper[row, column] = upper[column] == .infinity ? 0 : upper[column]
    }
  }

  /// The ends that a marked figure has its point between.
  ///
  /// One that is alone in its cell has the room that the cell's bounds leave beside its numbers; several
  /// share a cell under their own bounds.
  private func ends(
    of figure: MarkedFigure, isAlone: Bool, room: (lower: Double, upper: Double)
  ) -> ImputationEnds {
    let marker = figure.marker
    let lower = isAlone ? max(marker.lower, min(room.lower, marker.upper)) : marker.lower
    return ImputationEnds(
      figure: figure, lower: lower,
      upper: isAlone ? max(lower, min(marker.upper, room.upper)) : marker.upper,
      isFree: isAlone && marker.point == nil)
  }

  /// Gives marked figures of one cell their points.
  private mutating func impute(
    _ figures: ArraySlice<ImputationEnds>, row: Int, column: Int, point: ImputationRule,
    way: Double,
    isOpen: Bool
  ) {
    var status: Status = []
    var sum = ExactSum()
    var isWithoutValue = false
    let (areaShare, categoryShare) = (tally.areas.shares[row], tally.categories.shares[column])
    for ends in figures {
      status.formUnion(ends.figure.marker.status)
      let value = point.point(of: ends, way: way)
      if value.isNaN {
        isWithoutValue = true
        result.unusableCount += ends.figure.count
        continue
      }
      sum.add(value * Double(ends.figure.count))
      result.imputed.add(
        (value * Double(ends.figure.count), 0), area: areaShare, category: categoryShare)
    }
    result.value[row, column] += sum.value
    result.markedCells.append(
      ImputedTally.MarkedCell(
        row: row, column: column, status: status, isWithoutValue: isWithoutValue, isOpen: isOpen))
  }

  /// Tightens a row by its published total, where it has one, and notes what of the total is mapped.
  ///
  /// A row in which the guard finds a cell stays as it was, as a whole: the bounds of any other cell or of
  /// the sum would give the total away, and with it the cell.
  ///
  /// - Returns: the bounds of the row's sum; nil where no total tightens it.
  private mutating func tighten(
    row: Int, marked: MarkedRow, lower: inout [Double], upper: inout [Double]
  ) -> TotalBounds? {
    guard let published = totals[row] else { return nil }
    let rest = unknownCategories[row] ?? TotalBounds(lower: 0, upper: 0)
    let total = (lower: published.lower, upper: published.upper)
    guard
      let sharp = Totals.tighten(
        lower: lower + [rest.lower], upper: upper + [rest.upper], total: total)
    else {
      let parts = (lower + [rest.lower]).reduce(0, +)...(upper + [rest.upper]).reduce(0, +)
      result.conflicts.append(
        ImputedTally.Conflict(
          area: result.areas.codes[row], parts: parts, total: total.lower...total.upper))
      return nil
    }
    let found = guardedCells(row: row, marked: marked, own: (lower, upper), tightened: sharp)
    result.guardedCells += found
    guard found.isEmpty || disclosure.publication == .tightened else { return nil }
    let weights = tally.categories.shares.map(\.mapped) + [0]
    result.mappedTotals[row] = Totals.weightedBounds(
      weights: weights, lower: sharp.lower, upper: sharp.upper, total: total)
    lower = Array(sharp.lower.dropLast())
    upper = Array(sharp.upper.dropLast())
    return TotalBounds(lower: total.lower - rest.upper, upper: total.upper - rest.lower)
  }

  /// The withheld cells of a row that its total tells too much of.
  private func guardedCells(
    row: Int, marked: MarkedRow, own: (lower: [Double], upper: [Double]),
    tightened: (lower: [Double], upper: [Double])
  ) -> [ImputedTally.GuardedCell] {
    marked.cells.compactMap { column, figures in
      guard marked.figures[figures].contains(where: \.marker.isWithheld) else { return nil }
      let own = own.lower[column]...max(own.lower[column], own.upper[column])
      let least = tightened.lower[column]
      let tightened = least...max(least, tightened.upper[column])
      guard disclosure.finds(own: own, tightened: tightened) else { return nil }
      return ImputedTally.GuardedCell(
        area: result.areas.codes[row], category: result.categories.codes[column], own: own,
        tightened: tightened)
    }
  }
}

/// The marked figures of one area, in order of their columns.
private struct MarkedRow {
  var figures: [MarkedFigure] = []
  /// Each column that has any, and which of ``figures`` they are.
  var cells: [(column: Int, figures: Range<Int>)] = []

  init(_ figures: [(column: Int, figure: MarkedFigure)]) {
    let ordered = figures.sorted { left, right in
      let (one, other) = (left.figure.marker, right.figure.marker)
      return (left.column, one.status.rawValue, one.lower, one.upper)
        < (right.column, other.status.rawValue, other.lower, other.upper)
    }
    for (column, figure) in ordered {
      self.figures.append(figure)
      if let last = cells.last, last.column == column {
        cells[cells.count - 1].figures = last.figures.lowerBound..<self.figures.count
      } else {
        cells.append((column, self.figures.count - 1..<self.figures.count))
      }
    }
  }
}

/// A marked figure and the ends that it has its point between.
private struct ImputationEnds {
  let figure: MarkedFigure
  let lower: Double
  let upper: Double
  /// Whether its point follows the sum of its area.
  let isFree: Bool
}

extension ImputationRule {
  /// How far from their lower to their upper ends the middle of figures moves so that the sum of their area
  /// comes into its bounds: half way where it lies there, and never beyond an end.
  fileprivate func way(of figures: [ImputationEnds], beside numbers: Double, to sum: TotalBounds)
    -> Double
  {
    guard self == .middle else { return 0.5 }
    let free = figures.filter(\.isFree)
    let least =
      numbers + free.reduce(0) { $0 + $1.lower }
      + figures.reduce(0) {
        $1.isFree ? $0 : $0 + point(of: $1, way: 0.5) * Double($1.figure.count)
      }
    let room = free.reduce(0) { $0 + $1.upper - $1.lower }
    let middle = least + room / 2
    let wanted = max(sum.lower, min(sum.upper, middle))
    guard wanted != middle, room > 0, (wanted - least).isFinite, room.isFinite else { return 0.5 }
    return max(0, min(1, (wanted - least) / room))
  }

  fileprivate func point(of ends: ImputationEnds, way: Double) -> Double {
    if let own = ends.figure.marker.point { return own }
    guard self == .middle, ends.isFree, ends.upper.isFinite else {
      return point(lower: ends.lower, upper: ends.upper)
    }
    return (1 - way) * ends.lower + way * ends.upper
  }
}
