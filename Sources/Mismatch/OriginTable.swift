/// Where a figure was read: an input, by its number, and a line.
package struct Origin: Sendable, Equatable {
  package let input: Int
  package let line: Int

  package init(input: Int, line: Int) {
    self.input = input
    self.line = line
  }
}

/// Where the figure of each cell was read, in four bytes a cell for all but the longest files.
struct OriginTable: Sendable {
  private let inputCount: Int
  /// Line × inputs + input; 0 for a cell without a figure.
  private var near = GrowingTable<UInt32>(empty: 0)
  /// What does not fit there.
  private var far: [Place: Origin] = [:]

  private static let isFar = UInt32.max

  private struct Place: Hashable {
    let row: Int
    let column: Int
  }

  init(inputCount: Int) { self.inputCount = inputCount }

  /// Where a cell's figure was read; nil for a cell without one.
  subscript(row: Int, column: Int) -> Origin? {
    let code = near[row, column]
    if code == OriginTable.isFar { return far[Place(row: row, column: column)] }
    guard code != 0 else { return nil }
    let (line, input) = Int(code).quotientAndRemainder(dividingBy: inputCount)
    return Origin(input: input, line: line)
  }

  /// Notes where a cell's figure was read.
  mutating func note(_ origin: Origin, row: Int, column: Int) {
    let code = code(of: origin)
    near[row, column] = code ?? OriginTable.isFar
    if code == nil { far[Place(row: row, column: column)] = origin }
  }

  /// The code that ``withCodes(rowCount:columnCount:_:)`` takes for an origin; nil for one too far down.
  func code(of origin: Origin) -> UInt32? {
    let (number, overflows) = origin.line.multipliedReportingOverflow(by: inputCount)
    guard !overflows, let code = UInt32(exactly: number + origin.input), code != OriginTable.isFar
    else { return nil }
    return code
  }

  /// Gives the codes of so many rows and columns, 0 where there is none, each row `stride` after the one
  /// before.
  mutating func withCodes<Result>(
    rowCount: Int, columnCount: Int,
    _ body: (_ codes: UnsafeMutableBufferPointer<UInt32>, _ stride: Int) -> Result
  ) -> Result {
    near.withElements(rowCount: rowCount, columnCount: columnCount, body)
  }

  /// The codes of rows and columns in this order, row after row.
  func codes(rows: [Int], columns: [Int]) -> [UInt32] {
    near.elements(rows: rows, columns: columns)
  }
}
