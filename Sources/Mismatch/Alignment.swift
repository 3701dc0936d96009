import Dense

/// How one side's source codes reach the grid: S = Aᵀ P C.
package struct Alignment: Sendable {
  /// A: source areas to areas.
  ///
  /// Nil where the side already counts in the grid's own areas.
  package let lookup: WeightedMap?
  /// C: source categories to sectors.
  ///
  /// Nil where the side already counts in the grid's own sectors.
  package let crosswalk: WeightedMap?
  package let areas: Codebook
  package let sectors: Codebook

  package init(
    lookup: WeightedMap?, crosswalk: WeightedMap?, areas: Codebook, sectors: Codebook
  ) {
    self.lookup = lookup
    self.crosswalk = crosswalk
    self.areas = areas
    self.sectors = sectors
  }

  /// The side's table in the grid's areas and sectors.
  ///
  /// Values and both bounds go through the same products, which keeps them in order because weights
  /// are not negative. A cell is undefined, or open above, where any figure in it is.
  ///
  /// - Parameters:
  ///   - absent: areas of the grid that are to be without counts: 0 or more, and no value.
  ///   - leftOut: areas that take no part in what is said of all areas together; none where all would.
  package func table(
    of imputed: ImputedTally, absent: Set<Int> = [], leftOut: Set<Int> = [], workerCount: Int
  ) -> Table {
    let rows = matrix(lookup, from: imputed.areas, to: areas)
    let columns = matrix(crosswalk, from: imputed.categories, to: sectors)
    let toAreas = rows.transposed()
    func product(_ counts: Matrix) -> Matrix {
      toAreas.times(counts.times(columns, workerCount: workerCount), workerCount: workerCount)
    }
    var value = product(imputed.value)
    var lower =
      imputed.lower.isCopy(of: imputed.value) ? value : product(imputed.lower)
    var upper =
      imputed.upper.isCopy(of: imputed.value) ? value : product(imputed.upper)
    let markCount =
      imputed.markedCells.isEmpty && absent.isEmpty ? 0 : value.elements.count
    var status = Array(repeating: Status(), count: markCount)
    var totals = sourceTotals(imputed, columns)
    for cell in imputed.markedCells {
      for area in rows.row(cell.row) {
        for sector in columns.row(cell.column) {
          let index = area.column * sectors.count + sector.column
          status[index].formUnion(cell.status)
          if cell.isWithoutValue { value.elements[index] = .nan }
          if cell.isOpen { upper.elements[index] = .infinity }
        }
      }
      let isReceived = columns.rowSum(cell.column) > 0
      if cell.isOpen && isReceived { totals.isOpen[cell.row] = true }
    }
    for (row, isOpen) in totals.isOpen.enumerated() where isOpen {
      for area in rows.row(row) { totals.openAreas.insert(area.column) }
    }
    for area in absent {
      for sector in 0..<sectors.count {
        let index = area * sectors.count + sector
        (value.elements[index], lower.elements[index], upper.elements[index]) = (.nan, 0, .infinity)
        status[index] = .absent
      }
      totals.openAreas.insert(area)
    }
    let totalLower = toAreas.times(totals.lower).elements
    var totalUpper = toAreas.times(totals.upper).elements
    for area in totals.openAreas { totalUpper[area] = .infinity }
    var table = Table(
      value: value, lower: lower, upper: upper, status: status, totalLower: totalLower,
      totalUpper: totalUpper)
    if lookup?.isUncertain == true || crosswalk?.isUncertain == true {
      table.mapVariance = mapVariance(
        imputed, rows, columns, table: product(imputed.value),
        leftOut: leftOut.count < areas.count ? leftOut : [], workerCount: workerCount)
    }
    return table
  }

  /// What uncertain weights of the lookup and the crosswalk bring to the table.
  ///
  /// - Parameter table: counts by area and sector.
  private func mapVariance(
    _ imputed: ImputedTally, _ rows: SparseMatrix, _ columns: SparseMatrix, table: Matrix,
    leftOut: Set<Int>, workerCount: Int
  ) -> MapVariance {
    let expected = product(imputed, workerCount) { mean, _ in mean }
    let table = table.withSums(without: leftOut)
    var variance = MapVariance(rowCount: table.rowCount, columnCount: table.columnCount)
    if let crosswalk, crosswalk.isUncertain {
      let known = imputed.categories.codes.map(crosswalk.distribution)
      variance.addCrosswalk(
        sources: rows.transposedTimes(imputed.value).withSums(without: leftOut),
        weights: crosswalk.expected(rows: imputed.categories, columns: sectors) { mean, _ in
          mean
        },
        precisions: known.map { $0?.precision ?? .infinity }, table: table,
        workerCount: workerCount)
    }
    if let lookup, lookup.isUncertain {
      variance.addLookup(
        sources: imputed.value.times(columns, workerCount: workerCount),
        variances: lookup.expected(rows: imputed.areas, columns: areas) { mean, precision in
          mean * (1 - mean) / precision
        }, table: table)
    }
    variance.centre(
      on: expected.withSums(without: leftOut), instead: table,
      least: product(imputed, workerCount) { $1 == 1 ? 1 : 0 }.withSums(without: leftOut),
      most: product(imputed, workerCount) { _, _ in 1 }.withSums(without: leftOut))
    return variance
  }

  /// The side's values with other weights in the place of uncertain ones.
  ///
  /// - Parameter weight: from the expected share of a target and the number of targets.
  private func product(
    _ imputed: ImputedTally, _ workerCount: Int,
    _ weight: (_ mean: Double, _ targetCount: Int) -> Double
  ) -> Matrix {
    let rows =
      lookup?.matrix(rows: imputed.areas, columns: areas, uncertain: weight)
      ?? matrix(nil, from: imputed.areas, to: areas)
    let columns =
      crosswalk?.matrix(rows: imputed.categories, columns: sectors, uncertain: weight)
      ?? matrix(nil, from: imputed.categories, to: sectors)
    return rows.transposed().times(
      imputed.value.times(columns, workerCount: workerCount), workerCount: workerCount)
  }

  /// Bounds of what each source area sends to the grid, one row per source area.
  private func sourceTotals(_ imputed: ImputedTally, _ columns: SparseMatrix) -> SourceTotals {
    let received = (0..<columns.rowCount).map(columns.rowSum)
    var lower = imputed.lower.times(received)
    var upper =
      imputed.upper.isCopy(of: imputed.lower) ? lower : imputed.upper.times(received)
    for (row, bounds) in imputed.mappedTotals {
      lower[row] = max(lower[row], bounds.lower)
      upper[row] = min(upper[row], bounds.upper)
    }
    return SourceTotals(
      lower: Matrix(rows: lower.map { [$0] }), upper: Matrix(rows: upper.map { [$0] }),
      isOpen: Array(repeating: false, count: lower.count))
  }

  /// Areas of the grid that no row of the source reaches.
  ///
  /// - Parameter hasRow: whether each source area has one, as ``MappedTally/hasRow(period:)``.
  package func areasWithoutRow(sources: Codebook, hasRow: [Bool]) -> Set<Int> {
    let rows = matrix(lookup, from: sources, to: areas)
    var absent = Set(areas.codes.indices)
    for source in hasRow.indices where hasRow[source] {
      for area in rows.row(source) { absent.remove(area.column) }
    }
    return absent
  }

  /// How much of each category the grid receives, within 0...1.
  package func receivedParts(of categories: Codebook) -> [Double] {
    let columns = matrix(crosswalk, from: categories, to: sectors)
    return (0..<columns.rowCount).map(columns.rowSum)
  }

  private func matrix(_ map: WeightedMap?, from source: Codebook, to target: Codebook)
    -> SparseMatrix
  {
    if let map { return map.matrix(rows: source, columns: target) }
    if source.codes.areSpelt(as: target.codes) { return .identity(count: source.count) }
    var entries = SparseMatrix.Entries()
    for (row, code) in source.codes.enumerated() {
      if let column = target.position(of: code) { entries.add(row: row, column: column, weight: 1) }
    }
    return SparseMatrix(rowCount: source.count, columnCount: target.count, entries: entries)
  }

  private struct SourceTotals {
    var lower: Matrix
    var upper: Matrix
    var isOpen: [Bool]
    var openAreas: Set<Int> = []
  }
}

extension WeightedMap {
  /// The map as a matrix with other weights in the place of uncertain ones.
  fileprivate func matrix(
    rows: Codebook, columns: Codebook,
    uncertain weight: (_ mean: Double, _ targetCount: Int) -> Double
  ) -> SparseMatrix {
    var entries = SparseMatrix.Entries()
    for (row, source) in rows.codes.enumerated() {
      let targets = targets(of: source)
      let means = distribution(of: source)?.mean
      for (number, target) in targets.enumerated() {
        guard let column = columns.position(of: target.to) else { continue }
        entries.add(
          row: row, column: column,
          weight: means.map { weight($0[number], targets.count) } ?? target.weight)
      }
    }
    return SparseMatrix(rowCount: rows.count, columnCount: columns.count, entries: entries)
  }

  /// A number for every uncertain weight, from its expected value and its precision, as a matrix.
  fileprivate func expected(
    rows: Codebook, columns: Codebook, _ number: (_ mean: Double, _ precision: Double) -> Double
  ) -> SparseMatrix {
    var entries = SparseMatrix.Entries()
    for (row, source) in rows.codes.enumerated() {
      guard let distribution = distribution(of: source) else { continue }
      for (target, mean) in zip(targets(of: source), distribution.mean) {
        guard let column = columns.position(of: target.to) else { continue }
        entries.add(row: row, column: column, weight: number(mean, distribution.precision))
      }
    }
    return SparseMatrix(rowCount: rows.count, columnCount: columns.count, entries: entries)
  }
}

extension Matrix {
  /// The matrix with one more row: the sums of its columns, over all rows but some.
  fileprivate func withSums(without leftOut: Set<Int>) -> Matrix {
    var result = Matrix(rowCount: rowCount + 1, columnCount: columnCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        result[row, column] = self[row, column]
        if !leftOut.contains(row) { result[rowCount, column] += self[row, column] }
      }
    }
    return result
  }
}
