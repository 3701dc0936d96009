import Dense

/// Figures of areas × sectors, of which weighted sums over areas are taken.
package struct Figures: Sendable {
  /// NaN where a figure has no value.
  package var value: Matrix
  package var lower: Matrix
  package var upper: Matrix
  /// Row after row.
  package var status: [Status]
  /// Areas that sums over areas leave out, which gives a sum the status `absent incomplete`.
  package var absentAreas: Set<Int> = []

  package init(value: Matrix, lower: Matrix, upper: Matrix, status: [Status]) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.status = status
  }

  package var areaCount: Int { value.rowCount }
  package var sectorCount: Int { value.columnCount }

  package func figure(area: Int, sector: Int) -> Figure {
    let index = area * sectorCount + sector
    return Figure(
      value.elements[index], lower: lower.elements[index], upper: upper.elements[index],
      status: status[index])
  }

  /// What a sum over areas takes of an area: nothing where it is absent.
  fileprivate func summand(area: Int, sector: Int) -> Figure {
    guard absentAreas.contains(area) else { return figure(area: area, sector: sector) }
    return Figure(0, lower: 0, upper: 0, status: [.absent, .incomplete])
  }

  /// These figures with each replaced.
  package func map(_ change: (_ figure: Figure, _ area: Int, _ sector: Int) -> Figure) -> Figures {
    var changed = self
    for area in 0..<areaCount {
      for sector in 0..<sectorCount {
        let figure = change(figure(area: area, sector: sector), area, sector)
        let index = area * sectorCount + sector
        changed.value.elements[index] = figure.value
        changed.lower.elements[index] = figure.lower
        changed.upper.elements[index] = figure.upper
        changed.status[index] = figure.status
      }
    }
    return changed
  }
}

/// Figures as columns of plain numbers that weighted sums can be taken of, and back.
///
/// Value and bounds of a sector are one column where they are equal. What no sum may meet (NaN, infinity) is
/// 0 there, and a column of its own says by 1 where it stood; so does one for each status. Weights are at or
/// above 0, so an area whose sum of such a column is above 0 has met it. A sum that meets absent areas and no
/// other is absent itself.
package struct FigureColumns: Sendable {
  private enum Content: Sendable, Equatable {
    case value
    case lower
    case upper
    case isUndefined
    case isInfinite
    case isOpen
    case hasStatus(Status)
    case isPresent
  }

  private let contents: [(sector: Int, content: Content)]
  private let sectorCount: Int
  /// Areas × columns.
  package let columns: Matrix

  package init(_ figures: Figures) {
    var contents: [(sector: Int, content: Content)] = []
    for sector in 0..<figures.sectorCount {
      contents += Self.contents(of: sector, figures).map { (sector, $0) }
    }
    var columns = Matrix(rowCount: figures.areaCount, columnCount: contents.count)
    for area in 0..<figures.areaCount {
      for (column, (sector, content)) in contents.enumerated() {
        columns[area, column] = Self.number(
          content, of: figures.summand(area: area, sector: sector),
          isPresent: !figures.absentAreas.contains(area))
      }
    }
    self.contents = contents
    self.columns = columns
    sectorCount = figures.sectorCount
  }

  /// How many columns figures need.
  package static func count(of figures: Figures) -> Int {
    (0..<figures.sectorCount).reduce(0) { $0 + contents(of: $1, figures).count }
  }

  private static func contents(of sector: Int, _ figures: Figures) -> [Content] {
    var (differs, present): (Set<Int>, Status) = ([], [])
    var flags: Set<Int> = []
    for area in 0..<figures.areaCount {
      let figure = figures.summand(area: area, sector: sector)
      if figure.lower != figure.value { differs.insert(0) }
      if figure.upper != figure.value { differs.insert(1) }
      if figure.value.isNaN { flags.insert(0) }
      if figure.value == .infinity { flags.insert(1) }
      if figure.upper == .infinity { flags.insert(2) }
      present.formUnion(figure.status)
    }
    var contents: [Content] = [.value]
    if differs.contains(0) { contents.append(.lower) }
    if differs.contains(1) { contents.append(.upper) }
    let flagContents: [Content] = [.isUndefined, .isInfinite, .isOpen]
    contents += flagContents.indices.filter(flags.contains).map { flagContents[$0] }
    return contents
      + Status.codes.map(\.status).filter(present.contains).map { .hasStatus($0) }
      + (figures.absentAreas.isEmpty ? [] : [.isPresent])
  }

  private static func number(_ content: Content, of figure: Figure, isPresent: Bool) -> Double {
    func finite(_ number: Double) -> Double { number.isFinite ? number : 0 }
    switch content {
    case .value: return finite(figure.value)
    case .lower: return finite(figure.lower)
    case .upper: return finite(figure.upper)
    case .isUndefined: return figure.value.isNaN ? 1 : 0
    case .isInfinite: return figure.value == .infinity ? 1 : 0
    case .isOpen: return figure.upper == .infinity ? 1 : 0
    case .hasStatus(let status): return figure.status.contains(status) ? 1 : 0
    case .isPresent: return isPresent ? 1 : 0
    }
  }

  /// The figures that sums of the columns stand for: areas × columns, as ``columns`` has them.
  package func figures(of sums: Matrix) -> Figures {
    let empty = Matrix(rowCount: sums.rowCount, columnCount: sectorCount)
    var figures = Figures(
      value: empty, lower: empty, upper: empty,
      status: Array(repeating: [], count: empty.elements.count))
    for area in 0..<sums.rowCount {
      for (column, (sector, content)) in contents.enumerated() {
        let (sum, index) = (sums[area, column], area * sectorCount + sector)
        switch content {
        case .value:
          figures.value.elements[index] = sum
          figures.lower.elements[index] = sum
          figures.upper.elements[index] = sum
        case .lower: figures.lower.elements[index] = sum
        case .upper: figures.upper.elements[index] = sum
        case .isUndefined where sum > 0: figures.value.elements[index] = .nan
        case .isInfinite where sum > 0: figures.value.elements[index] = .infinity
        case .isOpen where sum > 0: figures.upper.elements[index] = .infinity
        case .hasStatus(let status) where sum > 0: figures.status[index].formUnion(status)
        case .isPresent where sum == 0 && figures.status[index].contains(.absent):
          figures.value.elements[index] = .nan
          figures.upper.elements[index] = .infinity
          figures.status[index] = .absent
        default: break
        }
      }
    }
    return figures
  }
}

extension Table {
  /// The table's figures.
  package var figures: Figures {
    var figures = Figures(
      value: value, lower: lower, upper: upper,
      status: status.isEmpty ? Array(repeating: [], count: value.elements.count) : status)
    figures.absentAreas = absentAreas
    return figures
  }

  /// The table's figures, with the totals of areas as a further sector at the end.
  package var figuresWithTotals: Figures {
    func withTotals(_ cells: Matrix, _ totals: [Double]) -> Matrix {
      cells.beside(Matrix(rows: totals.map { [$0] }))
    }
    let marks = figures.status
    var status: [Status] = []
    for area in 0..<value.rowCount {
      status += marks[area * value.columnCount..<(area + 1) * value.columnCount] + [[]]
    }
    var figures = Figures(
      value: withTotals(value, totalLower), lower: withTotals(lower, totalLower),
      upper: withTotals(upper, totalUpper), status: status)
    figures.absentAreas = absentAreas
    return figures
  }

  /// A table of figures whose last sector holds the totals.
  package init(withTotals figures: Figures) {
    let sectors = 0..<figures.sectorCount - 1
    let last = figures.sectorCount - 1
    self.init(
      value: figures.value.columns(sectors), lower: figures.lower.columns(sectors),
      upper: figures.upper.columns(sectors),
      status: figures.status.enumerated().filter { ($0.offset + 1) % figures.sectorCount != 0 }
        .map(\.element),
      totalLower: figures.lower.column(last), totalUpper: figures.upper.column(last))
  }
}
