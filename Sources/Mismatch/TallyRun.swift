import Dense

/// Figures of consecutive rows of one input that belong to one period.
package struct FigureRun {
  /// The figures; NaN for what is no plain number.
  package let values: UnsafeBufferPointer<Double>
  /// Places on the tally's axes, as many as figures; below 0 for codes that are unknown or not resolved.
  package let areas: UnsafeBufferPointer<Int32>
  package let categories: UnsafeBufferPointer<Int32>
  package let period: Int
  package let input: Int
  /// The line of the first figure; the others follow one by one.
  package let firstLine: Int

  package init(
    values: UnsafeBufferPointer<Double>, areas: UnsafeBufferPointer<Int32>,
    categories: UnsafeBufferPointer<Int32>, period: Int, input: Int, firstLine: Int
  ) {
    self.values = values
    self.areas = areas
    self.categories = categories
    self.period = period
    self.input = input
    self.firstLine = firstLine
  }
}

extension Tally {
  /// Takes up the figures of a run as ``claim(_:from:)`` and ``add(_:bounds:to:from:)`` would, up to the
  /// first one that is not plain: no number, a code that the grid does not wholly receive, or a cell that
  /// has a figure already.
  ///
  /// - Returns: how many were taken up.
  package mutating func add(_ run: FigureRun, rounding: Rounding, zeroIsExact: Bool) -> Int {
    let isWhole = (areas: areas.isWhole, categories: categories.isWhole)
    guard !isWhole.areas.isEmpty, !isWhole.categories.isEmpty else { return 0 }
    var sums = RunSums()
    let count = layers[run.period].claim(run, isWhole: isWhole, sums: &sums)
    reconciliations[run.input][run.period].rowCount += count
    sums.flush(into: &reconciliations[run.input][run.period].counts)
    if rounding != .none { addBounds(run, count, rounding, zeroIsExact) }
    return count
  }

  private mutating func addBounds(
    _ run: FigureRun, _ count: Int, _ rounding: Rounding, _ zeroIsExact: Bool
  ) {
    for index in 0..<count {
      let value = run.values[index]
      layers[run.period].addBounds(
        rounding.bounds(of: value, zeroIsExact: zeroIsExact), around: value,
        area: Int(run.areas[index]), category: Int(run.categories[index]))
    }
  }
}

extension Layer {
  /// Takes up values and origins; returns how many.
  fileprivate mutating func claim(
    _ run: FigureRun, isWhole: (areas: [Bool], categories: [Bool]), sums: inout RunSums
  ) -> Int {
    reserveRows(count: isWhole.areas.count)
    return Layer.claim(
      run, isWhole: isWhole, values: &values, origins: &origins, hasRow: &hasRow, sums: &sums)
  }

  private static func claim(
    _ run: FigureRun, isWhole: (areas: [Bool], categories: [Bool]), values: inout SumTable,
    origins: inout OriginTable, hasRow: inout [Bool], sums: inout RunSums
  ) -> Int {
    let last = Origin(input: run.input, line: run.firstLine + run.values.count)
    guard let end = origins.code(of: last) else { return 0 }
    let step = origins.code(of: Origin(input: 0, line: 1)) ?? 1
    let (rowCount, columnCount) = (isWhole.areas.count, isWhole.categories.count)
    return values.withSums(rowCount: rowCount, columnCount: columnCount) { values, valueStride in
      origins.withCodes(rowCount: rowCount, columnCount: columnCount) { origins, originStride in
        var code = end - step * UInt32(run.values.count)
        var lastArea = -1
        for index in run.values.indices {
          let (area, category) = (Int(run.areas[index]), Int(run.categories[index]))
          let value = run.values[index]
          guard area >= 0, category >= 0, !value.isNaN, isWhole.areas[area],
            isWhole.categories[category], origins[area * originStride + category] == 0
          else { return index }
          origins[area * originStride + category] = code
          code += step
          values[area * valueStride + category] = value
          if area != lastArea { hasRow[area] = true }
          lastArea = area
          sums.add(value)
        }
        return run.values.count
      }
    }
  }
}

/// Sums of a run, of which whole numbers are added as such; exact, so that it makes no difference.
private struct RunSums {
  private var whole = 0
  private var other = ExactSum()

  @inline(__always)
  mutating func add(_ value: Double) {
    let number = value < 0x1p31 ? Int(value) : -1
    if Double(number) == value { whole += number } else { other.add(value) }
  }

  /// Adds what the grid receives as a whole.
  func flush(into counts: inout Reconciliation.Split) {
    for term in [ExactSum([Double(whole)]), other] {
      counts.published.add(term)
      counts.mapped.add(term)
    }
  }
}
