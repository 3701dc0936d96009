import Dense

/// Figures of consecutive rows of one input that belong to one period.
package struct FigureRun {
  /// The figures; NaN for what is no plain number.
  package let values: UnsafeBufferPointer<Double>
  /// Places on the tally's lists of codes, as many as figures; below 0 for codes that are not resolved.
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
  /// Takes up the figures of a run as ``add(_:bounds:status:to:from:)`` would, up to the first one that is not
  /// plain: no number, a code that is not resolved, or, where cells have one figure, a cell that has one already.
  ///
  /// - Returns: how many were taken up.
  package mutating func add(_ run: FigureRun, rounding: Rounding, zeroIsExact: Bool) -> Int {
    guard !areas.codes.isEmpty, !categories.codes.isEmpty else { return 0 }
    cells.reserve(
      periods: periods.count, areas: areas.codes.count, categories: categories.codes.count)
    var sums = RunSums()
    let isDense = cells.index == nil && !holdsParts
    let count = isDense ? cells.claim(run, sums: &sums) : addEach(run, sums: &sums)
    sums.flush(into: &accounts[run.input][run.period].published)
    if rounding != .none { addBounds(run, count, rounding, zeroIsExact) }
    return count
  }

  private mutating func addEach(_ run: FigureRun, sums: inout RunSums) -> Int {
    for index in run.values.indices {
      let (area, category) = (Int(run.areas[index]), Int(run.categories[index]))
      let value = run.values[index]
      guard area >= 0, category >= 0, !value.isNaN else { return index }
      let cell = Cell(area: area, category: category, period: run.period)
      if !holdsParts, cells.origin(of: cell) != nil { return index }
      let origin = Origin(input: run.input, line: run.firstLine + index)
      cells.addFigures(1, slot: cells.claim(cell, from: origin).slot)
      cells.add(value, to: \.sums, cell)
      sums.add(value)
    }
    return run.values.count
  }

  private mutating func addBounds(
    _ run: FigureRun, _ count: Int, _ rounding: Rounding, _ zeroIsExact: Bool
  ) {
    for index in 0..<count {
      let value = run.values[index]
      addBounds(
        rounding.bounds(of: value, zeroIsExact: zeroIsExact), around: value,
        Cell(
          area: Int(run.areas[index]), category: Int(run.categories[index]), period: run.period))
    }
  }
}

extension CellTable {
  /// Takes up values and origins of cells that have none yet, in a dense table; returns how many.
  fileprivate mutating func claim(_ run: FigureRun, sums taken: inout RunSums) -> Int {
    let (first, width) = (shape.slot(run.period, 0, 0), shape.categories)
    let count = sums.highs.withUnsafeMutableBufferPointer { values in
      origins.withUnsafeMutableBufferPointer { origins in
        var code = Origin(input: run.input, line: run.firstLine).code
        for index in run.values.indices {
          let (area, category) = (Int(run.areas[index]), Int(run.categories[index]))
          let value = run.values[index]
          guard area >= 0, category >= 0, !value.isNaN else { return index }
          let slot = first + area * width + category
          guard origins[slot] == 0 else { return index }
          origins[slot] = code
          code += Origin.codesPerLine
          values[slot] = value
          taken.add(value)
        }
        return run.values.count
      }
    }
    noteClaimed(count)
    return count
  }
}

/// Rows of one input that are records: of any periods, and as many of a cell as there are.
package struct RecordRun {
  /// The figures; NaN for what is no plain number.
  package let values: UnsafeBufferPointer<Double>
  /// Places on the tally's lists of codes; below 0 for codes that are not resolved.
  package let areas: UnsafeBufferPointer<Int32>
  package let categories: UnsafeBufferPointer<Int32>
  /// What becomes of each row, as ``gate(period:_:)``.
  package let gates: UnsafeBufferPointer<Int32>
  package let input: Int
  /// The line of the first row; the others follow one by one.
  package let firstLine: Int

  package init(
    values: UnsafeBufferPointer<Double>, areas: UnsafeBufferPointer<Int32>,
    categories: UnsafeBufferPointer<Int32>, gates: UnsafeBufferPointer<Int32>, input: Int,
    firstLine: Int
  ) {
    self.values = values
    self.areas = areas
    self.categories = categories
    self.gates = gates
    self.input = input
    self.firstLine = firstLine
  }

  /// Whether a row joins its cell, is published in a period that is not compared, or is left out by a filter.
  package enum Fate: Int32 {
    case counted
    case published
    case filtered
  }

  /// A row's period and fate as one number; below 0 stands what is not known.
  package static func gate(period: Int, _ fate: Fate) -> Int32 {
    Int32(truncatingIfNeeded: period) << 2 | fate.rawValue
  }
}

extension Tally {
  /// Takes up records as ``add(_:bounds:status:to:from:)`` and ``leaveOut(_:by:period:input:)`` would, up to the
  /// first one that is not plain: no number, a gate or a code that is not resolved.
  ///
  /// - Returns: how many were taken up.
  package mutating func add(_ run: RecordRun, rounding: Rounding, zeroIsExact: Bool) -> Int {
    guard !areas.codes.isEmpty, !categories.codes.isEmpty else { return 0 }
    cells.reserve(
      periods: periods.count, areas: areas.codes.count, categories: categories.codes.count)
    var taken = [RunSums](repeating: RunSums(), count: 2 * periods.count)
    let isPlain = cells.index == nil && cells.sums.lows.isEmpty
    let count = isPlain ? cells.add(run, &taken) : addEach(run, &taken)
    for period in periods.indices {
      taken[2 * period].flush(into: &accounts[run.input][period].filteredByWhere)
      taken[2 * period + 1].flush(into: &accounts[run.input][period].published)
    }
    guard rounding != .none else { return count }
    for row in 0..<count where run.gates[row] & 3 == RecordRun.Fate.counted.rawValue {
      addBounds(
        rounding.bounds(of: run.values[row], zeroIsExact: zeroIsExact), around: run.values[row],
        run.cell(row))
    }
    return count
  }

  private mutating func addEach(_ run: RecordRun, _ taken: inout [RunSums]) -> Int {
    for row in run.values.indices {
      guard run.isPlain(row) else { return row }
      taken[run.sum(row)].add(run.values[row])
      guard run.gates[row] & 3 == RecordRun.Fate.counted.rawValue else { continue }
      let origin = Origin(input: run.input, line: run.firstLine + row)
      cells.addFigures(1, slot: cells.claim(run.cell(row), from: origin).slot)
      cells.add(run.values[row], to: \.sums, run.cell(row))
    }
    return run.values.count
  }
}

extension RecordRun {
  @inline(__always)
  fileprivate func isPlain(_ row: Int) -> Bool {
    let gate = gates[row]
    guard gate >= 0, !values[row].isNaN else { return false }
    return gate & 3 != Fate.counted.rawValue || (areas[row] >= 0 && categories[row] >= 0)
  }

  /// The place of a row's sum: by period, first of what is filtered and then of what is published.
  @inline(__always)
  fileprivate func sum(_ row: Int) -> Int {
    Int(gates[row] >> 2) * 2 + (gates[row] & 3 == Fate.filtered.rawValue ? 0 : 1)
  }

  fileprivate func cell(_ row: Int) -> Cell {
    Cell(area: Int(areas[row]), category: Int(categories[row]), period: Int(gates[row] >> 2))
  }
}

extension CellTable {
  /// Takes up records in a dense table whose sums fit one double each, as long as they do; returns how many.
  fileprivate mutating func add(_ run: RecordRun, _ taken: inout [RunSums]) -> Int {
    let first = Origin(input: run.input, line: run.firstLine).code
    let shape = shape
    var newCount = 0
    let count = sums.highs.withUnsafeMutableBufferPointer { sums in
      figureCounts.withUnsafeMutableBufferPointer { figures in
        origins.withUnsafeMutableBufferPointer { origins in
          taken.withUnsafeMutableBufferPointer { taken in
            for row in run.values.indices {
              guard run.isPlain(row) else { return row }
              let value = run.values[row]
              if run.gates[row] & 3 == RecordRun.Fate.counted.rawValue {
                let slot = shape.slot(
                  Int(run.gates[row] >> 2), Int(run.areas[row]), Int(run.categories[row]))
                let (sum, error) = twoSum(sums[slot], value)
                guard error == 0 else { return row }
                sums[slot] = sum
                figures[slot] += 1
                if origins[slot] == 0 {
                  origins[slot] = first + Origin.codesPerLine * UInt64(row)
                  newCount += 1
                }
              }
              taken[run.sum(row)].add(value)
            }
            return run.values.count
          }
        }
      }
    }
    noteClaimed(newCount)
    return count
  }
}

/// Sums of a run, of which whole numbers are added as such; exact, so that it makes no difference.
private struct RunSums {
  private var whole = 0
  private var other = ExactSum()
  private var count = 0

  @inline(__always)
  mutating func add(_ value: Double) {
    count += 1
    let number = value < 0x1p31 ? Int(value) : -1
    if Double(number) == value { whole += number } else { other.add(value) }
  }

  func flush(into amount: inout InputAccount.Amount) {
    amount.rowCount += count
    amount.sum.add(Double(whole))
    amount.sum.add(other)
  }
}
