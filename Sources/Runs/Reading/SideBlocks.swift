import Extracts
import Jobs
import Dense
import Mismatch

// Rows in blocks: what is regular is taken up by the block, and every other row as it would be alone, so
// that results and errors are those of reading row by row.
extension SideReader {
  /// Takes up all rows that are left in a table.
  mutating func takeAll(_ rows: inout RowTable, _ table: inout SideTable) throws {
    let columnCount = rows.header.count
    let trimsFields = rows.trimsFields
    guard let size = blockSize, let (blocks, delimiter, firstLine) = rows.blocks(size: size) else {
      while try rows.next() { try take(&rows, &table) }
      return
    }
    let isPlain =
      parts.isEmpty && table.uniqueColumn == nil && table.ownBounds == nil
      && !table.figures.hasNumericMarker && watch == nil
    let (start, workers) = (table, workerCount)
    var line = firstLine
    try withUnsafeMutablePointer(to: &self) { reader in
      try withUnsafeMutablePointer(to: &rows) { rows in
        try withUnsafeMutablePointer(to: &table) { table in
          try withUnsafeMutablePointer(to: &line) { line in
            let shared = Shared((reader, rows, table, line, blocks, start))
            let conveyor = Conveyor(
              carrier: {
                SideLane(
                  shared.value.5, columnCount: columnCount, delimiter: delimiter,
                  trimsFields: trimsFields, blockSize: size)
              },
              bring: { try shared.value.4.next(into: $0.block) },
              record: { shared.value.4.digest($0.block) },
              work: { $0.look() },
              deliver: { lane in
                let (reader, rows, table, line, _, _) = shared.value
                try reader.pointee.take(
                  lane, &rows.pointee, &table.pointee, line: line.pointee, isPlain: isPlain)
                line.pointee += lane.breakCount
              })
            try conveyor.run(workerCount: workers)
          }
        }
      }
    }
  }

  private mutating func take(
    _ lane: SideLane, _ rows: inout RowTable, _ table: inout SideTable, line: Int, isPlain: Bool
  ) throws {
    let hasPages = table.nomis?.offset != nil && table.nomis?.count != nil
    guard isPlain, lane.isRegular, !hasPages || lane.page != nil else {
      rows.scan(lane.records, line: line, isWhole: lane.block.isWhole)
      while try rows.next() { try take(&rows, &table) }
      return
    }
    var (row, column, noted) = (0, 0, 0)
    while row < lane.rowCount {
      (row, column) = takePlain(lane, &table, from: row, line: line)
      note(lane, noted..<(column == 0 ? row : row + 1), &table)
      noted = row + 1
      guard row < lane.rowCount else { break }
      rows.scan(lane.record(row), line: line + row, isWhole: true)
      if try rows.next() {
        try take(&rows, &table, from: column)
        try lane.learn(row, &rows, &table, isCompared: isCompared)
      }
      row += 1
    }
  }

  /// Notes rows that were taken up as what they are in their file.
  private mutating func note(_ lane: SideLane, _ rows: Range<Int>, _ table: inout SideTable) {
    guard !rows.isEmpty else { return }
    table.rowCount += rows.count
    guard table.nomis != nil else { return }
    pages.note(recordCount: rows.count)
    if let page = lane.page {
      pages.note(
        page.first + rows.lowerBound...page.first + rows.upperBound - 1, of: page.count,
        in: table.file)
    }
  }

  /// Takes up rows from one on for as long as they are plain.
  ///
  /// - Returns: the row that is not, and how many of its value columns were taken up.
  private mutating func takePlain(
    _ lane: SideLane, _ table: inout SideTable, from first: Int, line: Int
  ) -> (row: Int, column: Int) {
    var row = first
    let isSingle = table.columns.count == 1
    while row < lane.rowCount {
      if isSingle, job.countsRecords {
        let end = min(lane.rowCount, row + lane.runLimit)
        let taken = takeRecords(lane, &table, row..<end, line: line)
        lane.note(taken: taken - row, of: end - row)
        row = taken
        if taken == end { continue }
      }
      let end = isSingle ? lane.end(ofRowsLike: row) : row + 1
      guard end > row else { return (row, 0) }
      for column in table.columns.indices {
        let taken = takeAlike(lane, &table, row..<end, column: column, line: line)
        lane.note(taken: taken - row, of: end - row)
        if taken < end { return (taken, column) }
      }
      row = end
    }
    return (row, 0)
  }

  /// Takes up figures of one column in rows that the gates treat alike; returns the first row that is
  /// not plain.
  private mutating func takeAlike(
    _ lane: SideLane, _ table: inout SideTable, _ rows: Range<Int>, column: Int, line: Int
  ) -> Int {
    switch lane.gate(rows.lowerBound, column: column) {
    case .unknown:
      return rows.lowerBound
    case .leftOut(let isKept, let period):
      for row in rows {
        let value = lane.values[column][row]
        let isMarked = lane.marker(row, column: column) != nil
        if value.isNaN && !isMarked { return row }
        leaveOut(isMarked ? nil : value, isKept: isKept, period: period, input: table.number)
      }
      return rows.upperBound
    case .taken(let period):
      lane.translate(rows, column: column)
      if let marker = lane.marker(rows.lowerBound, column: column) {
        let origin = Origin(input: table.number, line: line + rows.lowerBound)
        let isTaken = add(marker, lane, rows.lowerBound, period: period, from: origin)
        return isTaken ? rows.lowerBound + 1 : rows.lowerBound
      }
      let end = rows.lowerBound + add(lane, table, rows, column: column, period: period, line: line)
      note(lane, &table, rows.lowerBound..<end, column: column, line: line)
      return end
    }
  }

  /// Notes what numbers say of their rounding.
  private func note(
    _ lane: SideLane, _ table: inout SideTable, _ rows: Range<Int>, column: Int, line: Int
  ) {
    guard table.columns[column].value != nil else { return }
    lane.values[column].withUnsafeBufferPointer { values in
      for row in rows { table.trace.note(values[row], line: line + row) }
    }
  }

  /// Takes up records; returns the first row that is not plain.
  private mutating func takeRecords(
    _ lane: SideLane, _ table: inout SideTable, _ rows: Range<Int>, line: Int
  ) -> Int {
    lane.translateRecords(rows)
    let first = rows.lowerBound
    let count = lane.values[0].withUnsafeBufferPointer { values in
      lane.areaPlaces.withUnsafeBufferPointer { areas in
        lane.categoryPlaces.withUnsafeBufferPointer { categories in
          lane.recordGates.withUnsafeBufferPointer { gates in
            tally.add(
              RecordRun(
                values: UnsafeBufferPointer(rebasing: values[rows]),
                areas: UnsafeBufferPointer(rebasing: areas[rows]),
                categories: UnsafeBufferPointer(rebasing: categories[rows]),
                gates: UnsafeBufferPointer(rebasing: gates[rows]), input: table.number,
                firstLine: line + first),
              rounding: table.job.figures.rounding, zeroIsExact: table.job.figures.zeroIsExact)
          }
        }
      }
    }
    guard table.columns[0].value != nil else { return first + count }
    for row in first..<first + count where lane.isCounted(row) {
      table.trace.note(lane.values[0][row], line: line + row)
    }
    return first + count
  }

  /// Takes up a marked figure; false where its codes are not resolved or its cell has a figure already.
  private mutating func add(
    _ marker: Marker, _ lane: SideLane, _ row: Int, period: Int, from origin: Origin
  ) -> Bool {
    let (area, category) = (Int(lane.areaPlaces[row]), Int(lane.categoryPlaces[row]))
    guard area >= 0, category >= 0 else { return false }
    let cell = Cell(area: area, category: category, period: period)
    guard job.countsRecords || tally.origin(of: cell) == nil else { return false }
    tally.add(marker, to: cell, from: origin)
    return true
  }

  private mutating func add(
    _ lane: SideLane, _ table: SideTable, _ rows: Range<Int>, column: Int, period: Int, line: Int
  ) -> Int {
    lane.values[column].withUnsafeBufferPointer { values in
      lane.areaPlaces.withUnsafeBufferPointer { areas in
        lane.categoryPlaces.withUnsafeBufferPointer { categories in
          let run = FigureRun(
            values: UnsafeBufferPointer(rebasing: values[rows]),
            areas: UnsafeBufferPointer(rebasing: areas[rows]),
            categories: UnsafeBufferPointer(rebasing: categories[rows]), period: period,
            input: table.number, firstLine: line + rows.lowerBound)
          return tally.add(
            run, rounding: table.job.figures.rounding,
            zeroIsExact: table.job.figures.zeroIsExact)
        }
      }
    }
  }
}
