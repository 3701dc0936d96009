import Dense

/// The counts of one side as they are read: sums by area, category and period, and an account of all
/// that was read.
package struct Tally: Sendable {
  package let side: Side
  package var areas: Axis
  package var categories: Axis
  /// Period labels in the order in which they were met.
  package private(set) var periods: [String] = []
  private var periodNumbers: [Spelling: Int] = [:]
  var layers: [Layer] = []
  var reconciliations: [[Reconciliation]]
  private(set) var unmapped: [UnmappedKey: UnmappedAmount] = [:]

  /// An empty tally for so many inputs.
  package init(side: Side, areas: Axis, categories: Axis, inputCount: Int) {
    self.side = side
    self.areas = areas
    self.categories = categories
    reconciliations = Array(repeating: [], count: inputCount)
  }

  /// The number of a period, counted from 0 in the order of first use.
  package mutating func period(_ label: String) -> Int {
    if let number = periodNumbers[label] { return number }
    periodNumbers[Spelling(label)] = periods.count
    periods.append(label)
    layers.append(Layer(inputCount: reconciliations.count))
    for input in reconciliations.indices { reconciliations[input].append(Reconciliation()) }
    return periods.count - 1
  }

  /// Notes that a cell has a figure from `origin`.
  ///
  /// - Returns: where an earlier figure of the same cell was read, or nil for the first one.
  package mutating func claim(_ cell: Cell, from origin: Origin) -> Origin? {
    guard cell.area >= 0, cell.category >= 0 else { return nil }
    if let earlier = layers[cell.period].origins[cell.area, cell.category] { return earlier }
    layers[cell.period].origins.note(origin, row: cell.area, column: cell.category)
    return nil
  }

  /// Where the first figure of a known area in a period was read; nil where it has none.
  package func firstOrigin(area: Int, period: Int) -> Origin? {
    categories.codes.indices.compactMap { layers[period].origins[area, $0] }
      .min { ($0.input, $0.line) < ($1.input, $1.line) }
  }

  /// Adds a published number with its bounds; the upper one may be infinite.
  ///
  /// - Parameter status: what its source says of it, which its cell will carry.
  package mutating func add(
    _ value: Double, bounds: (lower: Double, upper: Double), status: Status = [], to cell: Cell,
    from origin: Origin
  ) {
    let area = areas.share(at: cell.area)
    let category = categories.share(at: cell.category)
    reconciliations[origin.input][cell.period].rowCount += 1
    reconciliations[origin.input][cell.period].counts.add(value, area: area, category: category)
    noteRow(of: cell, category)
    noteUnmapped(value, isMarked: false, cell, origin, area, category)
    if !status.isEmpty {
      reconciliations[origin.input][cell.period].notedCounts[status, default: 0] += 1
    }
    guard cell.area >= 0 else { return }
    let isOpen = bounds.upper == .infinity
    layers[cell.period].add(
      value, bounds: (bounds.lower, isOpen ? value : bounds.upper), area: cell.area,
      category: cell.category)
    if isOpen {
      layers[cell.period].add(
        .unboundedExcess, area: cell.area, category: cell.category, input: origin.input)
    }
    if !status.isEmpty {
      layers[cell.period].add(
        .note(status), area: cell.area, category: cell.category, input: origin.input)
    }
  }

  /// Adds a marked figure, whose count is known by its bounds alone.
  package mutating func add(_ marker: Marker, to cell: Cell, from origin: Origin) {
    reconciliations[origin.input][cell.period].rowCount += 1
    reconciliations[origin.input][cell.period].markedCounts[marker.status, default: 0] += 1
    let category = categories.share(at: cell.category)
    noteUnmapped(0, isMarked: true, cell, origin, areas.share(at: cell.area), category)
    noteRow(of: cell, category)
    guard cell.area >= 0 else { return }
    layers[cell.period].add(marker, area: cell.area, category: cell.category, input: origin.input)
  }

  /// Notes a figure that a filter of the job leaves out.
  package mutating func leaveOut(
    _ value: Double, by filter: WritableKeyPath<Reconciliation, ExactSum> & Sendable,
    count: WritableKeyPath<Reconciliation, Int> & Sendable, period: Int, input: Int
  ) {
    reconciliations[input][period].rowCount += 1
    reconciliations[input][period][keyPath: filter].add(value)
    reconciliations[input][period][keyPath: count] += 1
  }

  /// Notes the published bounds of an area's total.
  ///
  /// - Returns: false where that area and period already have one.
  package mutating func addTotal(
    _ bounds: (lower: Double, upper: Double), area: Int, period: Int
  ) -> Bool {
    guard area >= 0 else { return true }
    guard layers[period].totals[area] == nil else { return false }
    layers[period].totals[area] = TotalBounds(lower: bounds.lower, upper: bounds.upper)
    layers[period].noteRow(area: area)
    return true
  }

  /// How many areas have a published total in a period.
  package func totalCount(period: Int) -> Int { layers[period].totals.count }

  /// Whether each known area, in code order, has a row in a period: a figure of a category that the grid
  /// receives or the job excludes, or a published total.
  package func hasRow(period: Int) -> [Bool] {
    areas.order.map { $0 < layers[period].hasRow.count && layers[period].hasRow[$0] }
  }

  private mutating func noteRow(of cell: Cell, _ category: AxisShare) {
    guard cell.area >= 0, category.mapped + category.excluded > 0 else { return }
    layers[cell.period].noteRow(area: cell.area)
  }

  /// Whether the grid receives all of a cell, but for what the job excludes.
  package func losesNothing(of cell: Cell) -> Bool {
    losses(areas.share(at: cell.area), categories.share(at: cell.category)).isEmpty
  }

  /// Notes what the source calls a code of a cell that the grid does not wholly receive, once the figure is
  /// added; of several names the first in order counts.
  package mutating func noteName(
    _ name: String, _ dimension: Dimension, of cell: Cell, input: Int
  ) {
    let key = UnmappedKey(dimension, of: cell, input: input)
    guard !name.isEmpty, let amount = unmapped[key] else { return }
    if let known = amount.name, !Codebook.precedes(name, known) { return }
    unmapped[key]?.name = name
  }

  private func losses(_ area: AxisShare, _ category: AxisShare) -> [(Double, Dimension)] {
    let areaLoss = 1 - area.mapped - area.excluded
    let categoryLoss = area.mapped * (1 - category.mapped - category.excluded)
    guard areaLoss > WeightedMap.tolerance || categoryLoss > WeightedMap.tolerance else {
      return []
    }
    return [(areaLoss, Dimension.area), (categoryLoss, .category)].filter {
      $0.0 > WeightedMap.tolerance
    }
  }

  private mutating func noteUnmapped(
    _ value: Double, isMarked: Bool, _ cell: Cell, _ origin: Origin, _ area: AxisShare,
    _ category: AxisShare
  ) {
    for (loss, dimension) in losses(area, category) {
      unmapped[UnmappedKey(dimension, of: cell, input: origin.input), default: UnmappedAmount()]
        .add(value * loss, isMarked: isMarked, area: cell.area)
    }
  }
}

/// The two dimensions along which a source code can be without a place in the grid.
package enum Dimension: String, Sendable {
  case area
  case category
}

struct UnmappedKey: Sendable, Hashable {
  let input: Int
  let period: Int
  let dimension: Dimension
  let position: Int

  init(_ dimension: Dimension, of cell: Cell, input: Int) {
    self.input = input
    self.dimension = dimension
    period = cell.period
    position = dimension == .area ? cell.area : cell.category
  }
}

struct UnmappedAmount: Sendable {
  var rowCount = 0
  var markedCount = 0
  var published = ExactSum()
  /// What of it stands in each source area, by place.
  var areas: [Int: ExactSum] = [:]
  var name: String?

  mutating func add(_ value: Double, isMarked: Bool, area: Int) {
    rowCount += 1
    if isMarked { markedCount += 1 } else { published.add(value) }
    areas[area, default: ExactSum()].add(value)
  }
}

struct TotalBounds: Sendable {
  let lower: Double
  let upper: Double
}

/// One marked figure of a layer; `category` may be unknown (below 0).
struct MarkedFigure: Sendable {
  let area: Int
  let category: Int
  let input: Int
  let marker: Marker
}

/// The sums of one side in one period.
struct Layer: Sendable {
  var values = SumTable()
  /// What lies between the values and their bounds; absent while every figure is exact.
  var below: SumTable?
  var above: SumTable?
  var origins: OriginTable
  var marked: [MarkedFigure] = []
  /// Published bounds of area totals, by place of the area.
  var totals: [Int: TotalBounds] = [:]
  /// Bounds of what stands under unknown categories, by place of the area.
  var unknownCategories: [Int: TotalBounds] = [:]
  /// By place of the area; those beyond its end have no row.
  var hasRow: [Bool] = []

  init(inputCount: Int) { origins = OriginTable(inputCount: inputCount) }

  mutating func add(
    _ value: Double, bounds: (lower: Double, upper: Double), area: Int, category: Int
  ) {
    guard category >= 0 else { return addUnknown(bounds, area: area) }
    values.add(value, row: area, column: category)
    addBounds(bounds, around: value, area: area, category: category)
  }

  mutating func addBounds(
    _ bounds: (lower: Double, upper: Double), around value: Double, area: Int, category: Int
  ) {
    if bounds.lower != value {
      if below == nil { below = SumTable() }
      below?.add(value - bounds.lower, row: area, column: category)
    }
    if bounds.upper != value {
      if above == nil { above = SumTable() }
      above?.add(bounds.upper - value, row: area, column: category)
    }
  }

  mutating func noteRow(area: Int) {
    reserveRows(count: area + 1)
    hasRow[area] = true
  }

  mutating func reserveRows(count: Int) {
    guard count > hasRow.count else { return }
    hasRow += Array(repeating: false, count: max(count, 2 * hasRow.count) - hasRow.count)
  }

  mutating func add(_ marker: Marker, area: Int, category: Int, input: Int) {
    marked.append(MarkedFigure(area: area, category: category, input: input, marker: marker))
    if category < 0 { addUnknown((marker.lower, marker.upper), area: area) }
  }

  private mutating func addUnknown(_ bounds: (lower: Double, upper: Double), area: Int) {
    let old = unknownCategories[area] ?? TotalBounds(lower: 0, upper: 0)
    unknownCategories[area] = TotalBounds(
      lower: old.lower + bounds.lower, upper: old.upper + bounds.upper)
  }
}

extension Tally {
  /// What stands under one source code that the grid does not wholly receive.
  package struct UnmappedCode: Sendable {
    package let input: Int
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

  /// The account of one input in one period, without points for marked figures.
  package func reconciliation(input: Int, period: Int) -> Reconciliation {
    reconciliations[input][period]
  }

  /// The periods that have a figure which passed the job's filters, in the order of first use.
  package var usedPeriods: [String] {
    periods.indices.filter { period in
      reconciliations.contains { input in
        let reconciliation = input[period]
        return reconciliation.rowCount > reconciliation.filteredByWhereRowCount
          + reconciliation.filteredAsTotalsRowCount
      }
    }.map { periods[$0] }
  }

  /// All source codes with something unmapped, by input, period, dimension and code.
  package func unmappedCodes() -> [UnmappedCode] {
    let rows = unmapped.map { key, amount in
      UnmappedCode(
        input: key.input, period: periods[key.period], dimension: key.dimension,
        code: (key.dimension == .area ? areas : categories).code(at: key.position),
        name: amount.name, rowCount: amount.rowCount, markedCount: amount.markedCount,
        published: amount.published.value, areaCount: amount.areas.count,
        largestAreas: largestAreas(amount))
    }
    let order = PeriodLabels.order(of: periods).map { periods[$0] }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { (Spelling($1), $0) })
    return rows.sorted { left, right in
      if left.input != right.input { return left.input < right.input }
      if !left.period.isSpelt(as: right.period) {
        return (places[Spelling(left.period)] ?? 0) < (places[Spelling(right.period)] ?? 0)
      }
      if left.dimension != right.dimension { return left.dimension == .area }
      return Codebook.precedes(left.code, right.code)
    }
  }

  private func largestAreas(_ amount: UnmappedAmount) -> [String] {
    amount.areas.map { (code: areas.code(at: $0.key), published: $0.value.value) }
      .sorted {
        $0.published != $1.published
          ? $0.published > $1.published : Codebook.precedes($0.code, $1.code)
      }
      .prefix(Tally.largestAreaCount).map(\.code)
  }

  /// How many areas are named of an unmapped code.
  package static let largestAreaCount = 3
}
