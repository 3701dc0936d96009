import Extracts
import Mismatch
import Runs

/// What a part of B's cells and those of A come to.
struct ComparedCells: Sendable {
  /// A cell with its place in B's order.
  struct Ranked: Sendable {
    let cell: ComparedCell
    let row: Int

    static func precedes(_ left: Ranked, _ right: Ranked) -> Bool {
      let (a, b) = (abs(left.cell.difference), abs(right.cell.difference))
      return a != b ? a > b : left.row < right.row
    }
  }

  private(set) var counts = Comparison.Counts()
  /// By the call in A and in B, none last.
  private(set) var calls = [Int](repeating: 0, count: Self.callCount * Self.callCount)
  private(set) var moved: [Ranked] = []
  /// Rows of the table, where it is wanted.
  private(set) var text = CSVText()
  private let limit: Int
  private let writesRows: Bool
  private var rowCount = 0

  private static var callCount: Int { 5 }

  init(limit: Int, writesRows: Bool) { (self.limit, self.writesRows) = (limit, writesRows) }

  // MARK: Cells

  /// Takes up a cell of B, and the same one of A where it has it, whose period has another label.
  mutating func add(
    _ a: ComparedGap?, _ b: ComparedGap, _ rows: WrittenBlock, _ row: Int,
    periodA: (_ periodB: String) -> String
  ) {
    defer { rowCount += 1 }
    if let a { count(a, b) } else { counts.onlyInB += 1 }
    let change = a.flatMap { GapChange($0, b) }
    let isMoved = change?.isMoved == true
    guard writesRows || isMoved else { return }
    let undefined = ComparedGap(gap: .nan, lower: .nan, upper: .nan, call: nil)
    let periodB = rows.text(row, 0)
    let cell = ComparedCell(
      periodA: a == nil ? "" : periodA(periodB), periodB: periodB, areaCode: rows.text(row, 1),
      areaName: rows.text(row, 2), sectorCode: rows.text(row, 3), sectorName: rows.text(row, 4),
      a: a ?? undefined, b: b)
    if isMoved { moved.append(Ranked(cell: cell, row: rowCount)) }
    if writesRows { write(cell, change) }
  }

  private mutating func count(_ a: ComparedGap, _ b: ComparedGap) {
    counts.both += 1
    if a.gap == b.gap { counts.same += 1 }
    calls[Self.number(a.call) * Self.callCount + Self.number(b.call)] += 1
    if a.call != b.call { counts.flipped += 1 }
    if (a.call, b.call) == (.over, .under) || (a.call, b.call) == (.under, .over) {
      counts.reversed += 1
    }
    guard let change = GapChange(a, b) else { return }
    counts.compared += 1
    if change.isOutsideA { counts.outsideA += 1 }
    if change.isOutsideB { counts.outsideB += 1 }
    if change.isMoved { counts.moved += 1 }
    if change.isApart { counts.apart += 1 }
  }

  /// Takes up cells that A alone has.
  mutating func add(onlyInA count: Int) { counts.onlyInA += count }

  /// Writes a cell that A alone has.
  mutating func write(onlyInA cell: ComparedCell) { write(cell, nil) }

  /// Takes what a later part of B's cells came to; its rows of text are its own.
  mutating func add(_ part: ComparedCells) {
    counts += part.counts
    for place in calls.indices { calls[place] += part.calls[place] }
    moved += part.moved.map { Ranked(cell: $0.cell, row: rowCount + $0.row) }
    rowCount += part.rowCount
    if moved.count > 2 * limit + 64 { keepLargest() }
  }

  /// Leaves the cells that moved most, in their order.
  mutating func keepLargest() {
    moved.sort(by: Ranked.precedes)
    moved.removeSubrange(min(limit, moved.count)...)
  }

  mutating func removeText() { text.removeAll() }

  // MARK: Calls

  private static func number(_ call: Call?) -> Int {
    call?.place ?? callCount - 1
  }

  /// The pairs of calls that occur.
  var flips: [Comparison.Flip] {
    let names = Call.allCases.map(\.rawValue) + [""]
    return calls.indices.filter { calls[$0] > 0 }.map { place in
      Comparison.Flip(
        a: names[place / names.count], b: names[place % names.count], count: calls[place])
    }
  }

  // MARK: Rows

  static let columns = [
    "period_a", "period_b", "area_code", "area_name", "sector_code", "sector_name", "gap_a",
    "gap_a_lower", "gap_a_upper", "call_a", "gap_b", "gap_b_lower", "gap_b_upper", "call_b",
    "difference", "outside_a", "outside_b", "moved", "flipped",
  ]

  private mutating func write(_ cell: ComparedCell, _ change: GapChange?) {
    for key in [
      cell.periodA, cell.periodB, cell.areaCode, cell.areaName, cell.sectorCode, cell.sectorName,
    ] {
      text.text(key)
    }
    for gap in [cell.a, cell.b] {
      for number in [gap.gap, gap.lower, gap.upper] { text.number(number) }
      text.text(gap.call?.rawValue ?? "")
    }
    text.number(cell.difference)
    for isSo in [change?.isOutsideA, change?.isOutsideB, change?.isMoved] {
      text.text(isSo.map { "\($0)" } ?? "")
    }
    let isInBoth = !cell.periodA.isEmpty && !cell.periodB.isEmpty
    text.text(isInBoth ? "\(cell.a.call != cell.b.call)" : "")
    text.endRow()
  }
}
