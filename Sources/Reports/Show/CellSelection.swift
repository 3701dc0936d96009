import Extracts
import Mismatch

/// Which cells of a run are wanted, by their codes.
package struct CellQuery: Sendable {
  package var period: String?
  package var area: String?
  package var sector: String?
  /// Nil for every cell, also those without a call.
  package var calls: Set<Call>?
  /// How many of those with the largest gaps, or counts where the run has no gaps; nil for all.
  package var top: Int?

  package init(
    period: String? = nil, area: String? = nil, sector: String? = nil, calls: Set<Call>? = nil,
    top: Int? = nil
  ) {
    (self.period, self.area, self.sector) = (period, area, sector)
    (self.calls, self.top) = (calls, top)
  }
}

/// Cells of a run that answer a query.
package struct CellSelection: Sendable {
  /// From the largest gap in either direction to the smallest, or by the larger count where the run has no gaps;
  /// equal ones, and then those without a gap, in the order of the file.
  package let cells: [WrittenCell]
  /// How many answer the query, also those beyond its `top`.
  package let count: Int
}

extension FinishedRun {
  /// The cells that a query asks for.
  ///
  /// Memory grows with those that are returned, and not with the file.
  ///
  /// - Throws: ``Failure`` as ``cellsTable()`` does, and where a column is missing that the query needs.
  package func cells(_ query: CellQuery, workerCount: Int) throws -> CellSelection {
    let table = try cellsTable()
    let names = table.columns.map(\.name)
    if query.calls != nil { try verifyGaps(table) }
    let finder = CellFinder(query, columns: names)
    var best = BestCells(limit: query.top)
    try table.eachBlock(names, workerCount: workerCount) { rows in
      finder.found(in: rows)
    } take: { found in
      best.add(found)
    }
    let headings = WrittenCell.Headings(names)
    return CellSelection(
      cells: best.ranked.map { WrittenCell(headings, $0.fields) }, count: best.count)
  }
}

extension FinishedRun {
  /// Makes sure that a table of cells has their gaps and calls.
  func verifyGaps(_ table: WrittenTable) throws {
    for needed in [Measure.shareGap.name, "call"] where !table.has(needed) {
      throw Failure(
        .usage, at: Place(file: folder), "\(table.name) has no column \(needed)",
        expected: "a run that compares shares",
        advice: "Add \(Measure.shareGap.name) to `measures` of the job, and run it again")
    }
  }
}

/// A row that a query asks for.
private struct FoundCell: Sendable {
  /// How large its gap is, in either direction, or its larger count; below 0 where it has none.
  let size: Double
  let row: Int
  var fields: [String] = []

  static func precedes(_ left: FoundCell, _ right: FoundCell) -> Bool {
    left.size != right.size ? left.size > right.size : left.row < right.row
  }
}

/// What was found in a block of rows.
private struct FoundCells: Sendable {
  let cells: [FoundCell]
  let count: Int
  let rowCount: Int
}

/// Finds rows that a query asks for.
private struct CellFinder: Sendable {
  /// Columns, and the bytes that they must hold.
  private let keys: [(column: Int, bytes: [UInt8])]
  private let calls: [[UInt8]]?
  private let call: Int?
  /// The columns of which the largest number ranks a row.
  private let sizes: [Int]
  private let top: Int?
  private let columnCount: Int

  init(_ query: CellQuery, columns: [String]) {
    keys = [
      ("period", query.period), ("area_code", query.area), ("sector_code", query.sector),
    ].compactMap { name, code in
      guard let code, let column = columns.firstIndex(of: name) else { return nil }
      return (column, Array(code.utf8))
    }
    calls = query.calls?.map { Array($0.rawValue.utf8) }
    call = columns.firstIndex(of: "call")
    let gap = columns.firstIndex(of: Measure.shareGap.name)
    sizes =
      gap.map { [$0] } ?? Side.allCases.compactMap { columns.firstIndex(of: $0.rawValue) }
    top = query.top
    columnCount = columns.count
  }

  func found(in rows: WrittenBlock) -> FoundCells {
    var cells: [FoundCell] = []
    for row in 0..<rows.rowCount where isWanted(row, rows) {
      let size = sizes.compactMap { rows.number(row, $0) }.map(abs).max() ?? -1
      cells.append(FoundCell(size: size, row: row))
    }
    let count = cells.count
    if let top, count > top {
      cells.sort(by: FoundCell.precedes)
      cells.removeSubrange(top...)
    }
    for place in cells.indices {
      let row = cells[place].row
      cells[place].fields = (0..<columnCount).map { rows.text(row, $0) }
    }
    return FoundCells(cells: cells, count: count, rowCount: rows.rowCount)
  }

  private func isWanted(_ row: Int, _ rows: WrittenBlock) -> Bool {
    for key in keys {
      guard key.bytes.withUnsafeBufferPointer({ rows.bytes(row, key.column).holdsSame(as: $0) })
      else { return false }
    }
    guard let calls, let call else { return true }
    let own = rows.bytes(row, call)
    return calls.contains { $0.withUnsafeBufferPointer { own.holdsSame(as: $0) } }
  }
}

/// The cells with the largest gaps, of all that were found so far.
private struct BestCells {
  private let limit: Int?
  private var cells: [FoundCell] = []
  private var rowCount = 0
  private(set) var count = 0

  init(limit: Int?) { self.limit = limit }

  mutating func add(_ found: FoundCells) {
    cells += found.cells.map {
      FoundCell(size: $0.size, row: rowCount + $0.row, fields: $0.fields)
    }
    rowCount += found.rowCount
    count += found.count
    guard let limit, cells.count > 2 * limit + 64 else { return }
    cells = Array(ranked.prefix(limit))
  }

  var ranked: [FoundCell] {
    let ranked = cells.sorted(by: FoundCell.precedes)
    return limit.map { Array(ranked.prefix($0)) } ?? ranked
  }
}
