import Dense

/// The counts of one subject as they are read: exact sums by source area, source category and period, and an account
/// of every input.
///
/// What becomes of them on a grid is no part of it (``MappedTally``), so tallies can be added up.
package struct Tally: Sendable {
  package let subject: Subject
  /// Whether a cell may have several figures.
  package let holdsParts: Bool
  package var areas: CodeList
  package var categories: CodeList
  /// Period labels in the order in which they were met.
  package private(set) var periods: [String] = []
  private var periodNumbers: [Spelling: Int] = [:]
  /// Of each input, in each period.
  package internal(set) var accounts: [[InputAccount]]
  var cells: CellTable
  /// Figures that are marks, and what is noted of those that are numbers.
  package private(set) var marks: [MarkedFigure] = []
  /// Where equal marks of a cell stand among them, where a cell may have several.
  private var markPlaces: [MarkedFigure.Key: Int] = [:]
  /// Published bounds of area totals: of each period, by place of the area.
  private(set) var totals: [[Int: TotalBounds]] = []

  /// An empty tally for so many inputs.
  ///
  /// - Parameters:
  ///   - holdsParts: whether a cell may have several figures.
  ///   - areas, categories: codes that are expected, which makes a table of them in their order cost least.
  package init(
    of subject: Subject, inputCount: Int, holdsParts: Bool, areas: CodeList = CodeList(),
    categories: CodeList = CodeList()
  ) {
    self.subject = subject
    self.holdsParts = holdsParts
    self.areas = areas
    self.categories = categories
    accounts = Array(repeating: [], count: inputCount)
    cells = CellTable(holdsParts: holdsParts)
  }

  /// What the side has more of than a tally can tell apart; nil where it has room for all.
  package var excess: (what: String, limit: Int)? {
    if areas.codes.count >= CodeList.limit { return ("areas", CodeList.limit - 1) }
    if categories.codes.count >= CodeList.limit { return ("categories", CodeList.limit - 1) }
    return periods.count > CellKey.periodLimit ? ("periods", CellKey.periodLimit) : nil
  }

  /// Cells that there is memory for, and what they take.
  package var storedCellCount: Int { cells.slotCount }
  package var byteCount: Int {
    cells.byteCount + marks.capacity * MemoryLayout<MarkedFigure>.stride
  }

  /// Whether so many codes and periods have a table, with room for cells that have no figure.
  package static func isTable(areas: Int, categories: Int, periods: Int) -> Bool {
    CellTable.Shape(periods: periods, areas: areas, categories: categories).slotCount
      <= CellTable.Shape.fewSlots
  }

  /// The number of a period, counted from 0 in the order of first use.
  package mutating func period(_ label: String) -> Int {
    if let number = periodNumbers[label] { return number }
    periodNumbers[Spelling(label)] = periods.count
    periods.append(label)
    totals.append([:])
    for input in accounts.indices { accounts[input].append(InputAccount()) }
    return periods.count - 1
  }

  /// The number of a period; nil where the side has no such label.
  package func number(of label: String) -> Int? { periodNumbers[label] }

  /// Where the first figure of a cell was read; nil where it has none.
  package func origin(of cell: Cell) -> Origin? { cells.origin(of: cell) }

  /// Where the first figure of an area in a period was read; nil where it has none.
  package func firstOrigin(area: Int, period: Int) -> Origin? {
    var first: Origin?
    cells.forEach(in: period) { cell, slot in
      guard cell.area == area, let origin = cells.origin(at: slot) else { return }
      if first.map({ origin.isBefore($0) }) ?? true { first = origin }
    }
    return first
  }

  /// Adds a published number with its bounds; the upper one may be infinite.
  ///
  /// - Parameter status: what its source says of it, which its cell will carry.
  package mutating func add(
    _ value: Double, bounds: (lower: Double, upper: Double), status: Status = [], to cell: Cell,
    from origin: Origin
  ) {
    accounts[origin.input][cell.period].published.add(value)
    let slot = cells.claim(cell, from: origin).slot
    cells.addFigures(1, slot: slot)
    cells.add(value, to: \.sums, cell)
    let isOpen = bounds.upper == .infinity
    addBounds((bounds.lower, isOpen ? value : bounds.upper), around: value, cell)
    if isOpen { note(.unboundedExcess, count: 1, cell) }
    if !status.isEmpty { note(.note(status), count: 1, cell) }
  }

  mutating func addBounds(
    _ bounds: (lower: Double, upper: Double), around value: Double, _ cell: Cell
  ) {
    if bounds.lower != value { cells.add(value - bounds.lower, to: \.below, cell) }
    if bounds.upper != value { cells.add(bounds.upper - value, to: \.above, cell) }
  }

  /// Adds a marked figure, whose count is known by its bounds alone.
  package mutating func add(_ marker: Marker, to cell: Cell, from origin: Origin) {
    accounts[origin.input][cell.period].published.rowCount += 1
    _ = cells.claim(cell, from: origin)
    note(marker, count: 1, cell)
  }

  mutating func note(_ marker: Marker, count: Int, _ cell: Cell) {
    let figure = MarkedFigure(cell: cell, marker: marker, count: count)
    guard holdsParts else { return marks.append(figure) }
    if let place = markPlaces[figure.key] {
      marks[place].count += count
    } else {
      markPlaces[figure.key] = marks.count
      marks.append(figure)
    }
  }

  /// Accounts for a figure that has no cell, since a filter, its period or its category leaves it out.
  package mutating func leaveOut(
    _ value: Double, by reason: WritableKeyPath<InputAccount, InputAccount.Amount> & Sendable,
    period: Int, input: Int
  ) {
    accounts[input][period][keyPath: reason].add(value)
  }

  /// Notes the published bounds of an area's total.
  ///
  /// - Returns: false where that area and period already have one.
  package mutating func addTotal(
    _ bounds: (lower: Double, upper: Double), area: Int, period: Int
  ) -> Bool {
    guard totals[period][area] == nil else { return false }
    totals[period][area] = TotalBounds(lower: bounds.lower, upper: bounds.upper)
    return true
  }

  /// The periods that have a figure which passed the job's filters, in the order of first use.
  package var usedPeriods: [String] {
    periods.indices.filter { period in accounts.contains { $0[period].published.rowCount > 0 } }
      .map { periods[$0] }
  }
}

/// What one input holds of one period.
package struct InputAccount: Sendable, Equatable {
  /// So many figures, and what the numbers among them make together.
  package struct Amount: Sendable, Equatable {
    package var rowCount = 0
    package var sum = ExactSum()

    package init(rowCount: Int = 0, sum: ExactSum = ExactSum()) {
      self.rowCount = rowCount
      self.sum = sum
    }

    package mutating func add(_ value: Double) {
      rowCount += 1
      sum.add(value)
    }

    package mutating func add(_ other: Amount) {
      rowCount += other.rowCount
      sum.add(other.sum)
    }
  }

  /// Figures that passed the job's filters.
  package var published = Amount()
  /// Those that `where` left out.
  package var filteredByWhere = Amount()
  /// Those that publish totals of the others.
  package var filteredAsTotals = Amount()

  package init() {}

  package mutating func add(_ other: InputAccount) {
    published.add(other.published)
    filteredByWhere.add(other.filteredByWhere)
    filteredAsTotals.add(other.filteredAsTotals)
  }
}

package struct TotalBounds: Sendable, Equatable {
  package let lower: Double
  package let upper: Double
}

/// Figures of one cell that are the same mark, or numbers of which the same is noted.
package struct MarkedFigure: Sendable {
  package let cell: Cell
  package let marker: Marker
  package fileprivate(set) var count: Int

  fileprivate struct Key: Hashable {
    let cell: Cell
    let marker: Marker
  }

  fileprivate var key: Key { Key(cell: cell, marker: marker) }
}
