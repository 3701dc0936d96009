import Dense

/// What tells a cell of a tally from all others: its period, area and category.
struct CellKey {
  let bits: UInt64

  /// The most periods that keys tell apart.
  static let periodLimit = 1 << 15

  init(_ cell: Cell) {
    bits = UInt64(cell.period) << 48 | UInt64(cell.area) << 24 | UInt64(cell.category)
  }

  init(bits: UInt64) { self.bits = bits }

  var cell: Cell {
    Cell(
      area: Int(bits >> 24 & 0xff_ffff), category: Int(bits & 0xff_ffff), period: Int(bits >> 48))
  }
}

/// The cells of one side in all periods: exact sums of figures and of the distance of their bounds, how many
/// figures there are, and where the first was read.
///
/// Cells stand in slots: those of a table of periods × areas × categories while it is small or well filled, else
/// those of a list, so that memory goes with the cells that have figures.
struct CellTable: Sendable {
  /// How many periods, areas and categories a dense table has room for.
  struct Shape: Sendable, Equatable {
    var periods = 0
    var areas = 0
    var categories = 0

    /// As far as a number has room for it.
    var slotCount: Int {
      let (table, overflows) = areas.multipliedReportingOverflow(by: categories)
      let (all, overflow) = table.multipliedReportingOverflow(by: periods)
      return overflows || overflow ? .max : all
    }

    /// Slots that are few whether they are filled or not.
    static let fewSlots = 1 << 22

    @inline(__always)
    func slot(_ period: Int, _ area: Int, _ category: Int) -> Int {
      (period * areas + area) * categories + category
    }

    func holds(_ cell: Cell) -> Bool {
      cell.period < periods && cell.area < areas && cell.category < categories
    }
  }

  /// What a dense table has room for; what a list would need as one.
  private(set) var shape = Shape()
  /// The list's index; nil for a dense table.
  private(set) var index: CellIndex?
  /// How many cells have a figure.
  private(set) var count = 0
  /// Which cell has a sum that two doubles do not hold; nil where all are exact.
  private(set) var inexact: Cell?
  var sums = SumColumn()
  /// What lies between the sums and their bounds.
  var below = SumColumn()
  var above = SumColumn()
  /// How many figures each cell has; empty where it has one at most.
  var figureCounts: [UInt32] = []
  /// The code of the place where the first figure was read; 0 where there is none.
  var origins: [UInt64] = []
  private let holdsParts: Bool
  private let fewSlots: Int

  /// - Parameters:
  ///   - holdsParts: whether a cell may have several figures.
  ///   - fewSlots: how large a table may be whether it is filled or not.
  init(holdsParts: Bool, fewSlots: Int = Shape.fewSlots) {
    self.holdsParts = holdsParts
    self.fewSlots = fewSlots
  }

  /// Slots that there is memory for.
  var slotCount: Int { origins.count }

  /// Bytes that the slots take.
  var byteCount: Int {
    let doubles = [sums, below, above].reduce(0) { $0 + $1.highs.capacity + $1.lows.capacity }
    return doubles * 8 + figureCounts.capacity * 4 + origins.capacity * 8
      + (index.map { $0.keys.capacity * 14 } ?? 0)
  }

  // MARK: Slots

  /// The slot of a cell; nil where no table was made that has it.
  @inline(__always)
  func slot(of cell: Cell) -> Int? {
    if let index { return index.place(of: CellKey(cell)) }
    return shape.holds(cell) ? shape.slot(cell.period, cell.area, cell.category) : nil
  }

  /// The slot of a cell, made where there was none.
  mutating func slot(making cell: Cell) -> Int {
    if index == nil, !shape.holds(cell) {
      reserve(periods: cell.period + 1, areas: cell.area + 1, categories: cell.category + 1)
    }
    guard let (slot, isNew) = index?.place(adding: CellKey(cell)) else {
      return shape.slot(cell.period, cell.area, cell.category)
    }
    if isNew {
      appendSlot()
      shape.periods = max(shape.periods, cell.period + 1)
      shape.areas = max(shape.areas, cell.area + 1)
      shape.categories = max(shape.categories, cell.category + 1)
      if slot & (slot + 1) == 0 { turnDenseIfFilled() }
    }
    return index == nil ? shape.slot(cell.period, cell.area, cell.category) : slot
  }

  /// Makes sure that a dense table has so many periods, areas and categories, or else is a list.
  mutating func reserve(periods: Int, areas: Int, categories: Int) {
    let old = shape
    func grown(_ capacity: Int, _ wanted: Int) -> Int {
      guard wanted > capacity else { return capacity }
      return max(wanted, slotCount < 1 << 20 ? capacity * 2 : capacity + capacity / 4)
    }
    guard index == nil else { return }
    guard periods > old.periods || areas > old.areas || categories > old.categories else { return }
    // Periods are few and each is large, so they join one by one.
    let new = Shape(
      periods: max(periods, old.periods), areas: grown(old.areas, areas),
      categories: grown(old.categories, categories))
    guard new.slotCount <= max(fewSlots, 8 * count) else { return turnIntoList() }
    shape = new
    reshape(to: new.slotCount) { move in
      guard old.slotCount > 0 else { return }
      if (old.areas, old.categories) == (new.areas, new.categories) {
        return move(0, 0, old.slotCount)
      }
      for period in 0..<old.periods {
        for area in 0..<old.areas {
          move(old.slot(period, area, 0), new.slot(period, area, 0), old.categories)
        }
      }
    }
  }

  private mutating func turnIntoList() {
    var list = CellIndex()
    var slots: [Int] = []
    forEach { cell, slot in
      _ = list.place(adding: CellKey(cell))
      slots.append(slot)
    }
    index = list
    reshape(to: slots.count) { move in
      for (new, old) in slots.enumerated() { move(old, new, 1) }
    }
  }

  /// A list that fills a quarter of its table becomes one.
  private mutating func turnDenseIfFilled() {
    guard let list = index, shape.slotCount <= 4 * list.keys.count else { return }
    index = nil
    let shape = shape
    reshape(to: shape.slotCount) { move in
      for (old, bits) in list.keys.enumerated() {
        let cell = CellKey(bits: bits).cell
        move(old, shape.slot(cell.period, cell.area, cell.category), 1)
      }
    }
  }

  /// Makes room for so many slots, and takes what stands in old ones to new ones.
  private mutating func reshape(
    to count: Int, _ moves: ((_ old: Int, _ new: Int, _ length: Int) -> Void) -> Void
  ) {
    func reshaped<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
      _ column: inout [Element], isHeld: Bool
    ) {
      guard isHeld else { return }
      column = [Element](count: count) { new in
        new.initialize(repeating: 0)
        moves { from, to, length in
          for offset in 0..<length { new[to + offset] = column[from + offset] }
        }
      }
    }
    for path in [\CellTable.sums, \.below, \.above] {
      reshaped(
        &self[keyPath: path].highs, isHeld: path == \.sums || !self[keyPath: path].isEmpty)
      reshaped(&self[keyPath: path].lows, isHeld: !self[keyPath: path].lows.isEmpty)
    }
    reshaped(&figureCounts, isHeld: holdsParts)
    reshaped(&origins, isHeld: true)
  }

  private mutating func appendSlot() {
    sums.append()
    below.append()
    above.append()
    if holdsParts { figureCounts.append(0) }
    origins.append(0)
  }

  /// Gives every cell that has a figure with its slot, in no order that means anything.
  func forEach(_ body: (Cell, Int) -> Void) {
    if let index {
      for (slot, bits) in index.keys.enumerated() where origins[slot] != 0 {
        body(CellKey(bits: bits).cell, slot)
      }
      return
    }
    for period in 0..<shape.periods { forEach(inDense: period, body) }
  }

  /// The same for one period.
  func forEach(in period: Int, _ body: (Cell, Int) -> Void) {
    guard index != nil else {
      if period < shape.periods { forEach(inDense: period, body) }
      return
    }
    forEach { if $0.period == period { body($0, $1) } }
  }

  private func forEach(inDense period: Int, _ body: (Cell, Int) -> Void) {
    origins.withUnsafeBufferPointer { origins in
      for area in 0..<shape.areas {
        let start = shape.slot(period, area, 0)
        for category in 0..<shape.categories where origins[start + category] != 0 {
          body(Cell(area: area, category: category, period: period), start + category)
        }
      }
    }
  }

  // MARK: Figures

  /// Notes that a cell has a figure, or one more.
  ///
  /// - Returns: the cell's slot, and where its first figure was read; nil for the first one.
  mutating func claim(_ cell: Cell, from origin: Origin) -> (slot: Int, earlier: Origin?) {
    let slot = slot(making: cell)
    let earlier = self.origin(at: slot)
    if earlier == nil {
      count += 1
      origins[slot] = origin.code
    }
    return (slot, earlier)
  }

  /// Where a cell's first figure was read; nil for a cell without one.
  func origin(of cell: Cell) -> Origin? { slot(of: cell).flatMap(origin) }

  func origin(at slot: Int) -> Origin? { Origin(code: origins[slot]) }

  /// Notes that so many cells got their first figure by way of a dense table.
  mutating func noteClaimed(_ more: Int) { count += more }

  /// Adds to a sum of a cell.
  mutating func add(_ term: Double, to column: WritableKeyPath<CellTable, SumColumn>, _ cell: Cell)
  {
    let slot = slot(making: cell)
    if !self[keyPath: column].add(term, slot, of: slotCount), inexact == nil { inexact = cell }
  }

  /// Notes how many figures a cell has more, where cells may have several.
  mutating func addFigures(_ more: Int, slot: Int) {
    if holdsParts { figureCounts[slot] += UInt32(more) }
  }

  /// How many figures stand in a slot.
  func figureCount(slot: Int) -> Int {
    holdsParts ? Int(figureCounts[slot]) : origins[slot] == 0 ? 0 : 1
  }
}

/// A running sum for every slot, exact as an ``ExactSum``; without memory while all are 0.
struct SumColumn: Sendable {
  var highs: [Double] = []
  /// Empty while all sums fit one double.
  var lows: [Double] = []

  var isEmpty: Bool { highs.isEmpty }

  /// Adds a term to one of so many sums; false where two doubles do not hold what comes out.
  mutating func add(_ term: Double, _ slot: Int, of count: Int) -> Bool {
    if highs.isEmpty { highs = Array(repeating: 0, count: count) }
    let (sum, error) = twoSum(highs[slot], term)
    if error == 0, lows.isEmpty {
      highs[slot] = sum
      return true
    }
    if lows.isEmpty { lows = Array(repeating: 0, count: count) }
    let (low, rest) = twoSum(lows[slot], error)
    (highs[slot], lows[slot]) = fastTwoSum(sum, low)
    return rest == 0
  }

  /// Takes in one slot more, where it has memory for the others.
  mutating func append() {
    if !highs.isEmpty { highs.append(0) }
    if !lows.isEmpty { lows.append(0) }
  }

  /// The sum in a slot, as its nearest double and what that leaves out.
  subscript(slot: Int) -> (high: Double, low: Double) {
    highs.isEmpty ? (0, 0) : (highs[slot], lows.isEmpty ? 0 : lows[slot])
  }

  @inline(__always)
  func value(_ slot: Int) -> Double {
    highs.isEmpty ? 0 : lows.isEmpty ? highs[slot] : highs[slot] + lows[slot]
  }
}
