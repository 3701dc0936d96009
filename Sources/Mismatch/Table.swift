import Dense

/// One side of one period in the grid's own areas and sectors.
package struct Table: Sendable {
  /// Areas × sectors, in code order.
  ///
  /// NaN where a withheld figure has no point.
  package let value: Matrix
  package let lower: Matrix
  /// May hold infinities.
  package let upper: Matrix
  /// Areas × sectors, row after row: the marks of all figures that a cell was made from.
  ///
  /// Empty where no cell has any.
  package let status: [Status]
  /// Bounds of each area's sum over all sectors; tighter than the sums of the cells' bounds where the
  /// source publishes totals.
  package let totalLower: [Double]
  package let totalUpper: [Double]
  /// Areas that the source has no row for: 0 or more, and no value.
  package let absentAreas: Set<Int>
  /// What uncertain weights bring; nil where none are.
  package var mapVariance: MapVariance?
  /// What forecasts bring; nil where counts are none.
  package var forecastVariance: ForecastVariance?

  package init(
    value: Matrix, lower: Matrix, upper: Matrix, status: [Status], totalLower: [Double],
    totalUpper: [Double]
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.status = status
    self.totalLower = totalLower
    self.totalUpper = totalUpper
    absentAreas = Set(
      (0..<value.rowCount).filter { area in
        let marks = status.isEmpty ? [] : status[area * value.columnCount]
        return marks.contains(.absent) && !marks.contains(.incomplete)
      })
  }

  /// A table of exact counts, areas × sectors.
  package init(exact counts: Matrix) {
    let totals = (0..<counts.rowCount).map { ExactSum(counts.row($0)).value }
    self.init(
      value: counts, lower: counts, upper: counts, status: [], totalLower: totals,
      totalUpper: totals)
  }

  /// One area's figures.
  package func profile(area: Int) -> Profile {
    let start = area * value.columnCount
    let cells = (start..<start + value.columnCount).map(figure)
    return Profile(
      cells: cells,
      total: Figure(
        ExactSum.orNaN(value.row(area)), lower: totalLower[area], upper: totalUpper[area],
        status: cells.reduce(into: []) { $0.formUnion($1.status) }
      ).snapped())
  }

  /// One sector's figures, a cell per area; the total has the bounds that follow from them.
  package func profile(sector: Int) -> Profile {
    Profile(parts: (0..<value.rowCount).map { figure(area: $0, sector: sector) })
  }

  /// The figures of several areas, added up.
  package func pooled(_ areas: some Sequence<Int>) -> Profile {
    let areas = Array(areas)
    let values = value.columnSums(of: areas)
    let lowers = lower.isCopy(of: value) ? values : lower.columnSums(of: areas)
    let uppers = upper.isCopy(of: value) ? values : upper.columnSums(of: areas)
    var status = Array(repeating: Status(), count: value.columnCount)
    var total = (lower: 0.0, upper: 0.0)
    for area in areas {
      total.lower += totalLower[area]
      total.upper += totalUpper[area]
      for sector in status.indices where !self.status.isEmpty {
        status[sector].formUnion(self.status[area * value.columnCount + sector])
      }
    }
    let cells = values.indices.map { sector in
      Figure(
        values[sector], lower: lowers[sector], upper: uppers[sector], status: status[sector])
    }
    return Profile(
      cells: cells,
      total: Figure(
        ExactSum.orNaN(cells.map(\.value)), lower: total.lower, upper: total.upper,
        status: status.reduce(into: []) { $0.formUnion($1) }))
  }

  /// The figure of one cell.
  package func figure(area: Int, sector: Int) -> Figure {
    figure(area * value.columnCount + sector)
  }

  /// The figure of the cell with this place among all, row after row.
  private func figure(_ place: Int) -> Figure {
    Figure(
      value.elements[place], lower: lower.elements[place], upper: upper.elements[place],
      status: status.isEmpty ? [] : status[place])
  }
}

/// One side of one area: a figure per sector and their total.
package struct Profile: Sendable, Equatable {
  package var cells: [Figure]
  /// Its bounds may be tighter than the sums of the cells' bounds, never wider.
  package var total: Figure

  package init(cells: [Figure], total: Figure) {
    self.cells = cells
    self.total = total
  }

  /// A profile of parts whose total is their sum.
  package init(parts: [Figure]) {
    self.init(
      cells: parts,
      total: Figure(
        ExactSum.orNaN(parts.map(\.value)), lower: parts.reduce(0) { $0 + $1.lower },
        upper: parts.reduce(0) { $0 + $1.upper },
        status: parts.reduce(into: []) { $0.formUnion($1.status) }))
  }

  /// A profile of exact counts.
  package init(exact counts: [Double]) {
    self.init(cells: counts.map(Figure.init(exact:)), total: Figure(exact: ExactSum(counts).value))
  }

  /// Whether all figures have their value for bounds.
  var isExact: Bool { total.isExact && cells.allSatisfy(\.isExact) }
}

/// Both sides of one area, sector by sector.
package struct ProfilePair: Sendable, Equatable {
  package var provision: Profile
  package var demand: Profile

  package init(provision: Profile, demand: Profile) {
    self.provision = provision
    self.demand = demand
  }

  /// The pair with these marks on every figure.
  func marked(_ status: Status) -> ProfilePair {
    func marked(_ side: Profile) -> Profile {
      var side = side
      side.total.status.formUnion(status)
      for cell in side.cells.indices { side.cells[cell].status.formUnion(status) }
      return side
    }
    return ProfilePair(provision: marked(provision), demand: marked(demand))
  }
}

extension ExactSum {
  /// The sum, or NaN where a term is none or infinite: both parts of the sum are then.
  static func orNaN(_ terms: some Sequence<Double>) -> Double { ExactSum(terms).value }
}
