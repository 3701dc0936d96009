import Dense
import Extracts
import Mismatch

/// Where the cells of a run stand among those of another one, by the codes of their rows.
struct CellAxes: Sendable {
  static let columns = [
    "period", "area_code", "area_name", "sector_code", "sector_name", Measure.shareGap.name,
    "\(Measure.shareGap.name)_combined_lower", "\(Measure.shareGap.name)_combined_upper", "call",
  ]

  private let periods: [Spelling: Int]
  private let areas: [Spelling: Int]
  private let sectors: [Spelling: Int]
  private let areaCount: Int
  private let sectorCount: Int

  /// - Parameter periods: the number of each label.
  init(_ codes: RunCodes, periods: [Spelling: Int]) {
    func numbers(_ codes: NamedCodes) -> [Spelling: Int] {
      Dictionary(uniqueKeysWithValues: codes.codes.enumerated().map { (Spelling($1), $0) })
    }
    (areas, sectors) = (numbers(codes.areas), numbers(codes.sectors))
    (areaCount, sectorCount) = (codes.areas.codes.count, codes.sectors.codes.count)
    self.periods = periods
  }

  func place(period: Int, area: Int, sector: Int) -> Int {
    (period * areaCount + area) * sectorCount + sector
  }

  /// Reads the cells of rows; each distinct text is looked up once, and not by rows, which threads share.
  struct Reader {
    private let axes: CellAxes
    private var period = TextNumbers()
    private var area = TextNumbers()
    private var sector = TextNumbers()
    private var call = TextNumbers()

    init(_ axes: CellAxes) { self.axes = axes }

    /// The place of a row's cell; nil where the other run has none of its codes.
    @inline(__always)
    mutating func place(_ row: Int, _ rows: WrittenBlock) -> Int? {
      let period = period.number(rows, row, 0) { axes.periods[Spelling($0)] }
      let area = area.number(rows, row, 1) { axes.areas[Spelling($0)] }
      let sector = sector.number(rows, row, 3) { axes.sectors[Spelling($0)] }
      guard period >= 0, area >= 0, sector >= 0 else { return nil }
      return axes.place(period: period, area: area, sector: sector)
    }

    /// The gap of a row.
    @inline(__always)
    mutating func gap(_ row: Int, _ rows: WrittenBlock) -> ComparedGap {
      let call = call.number(rows, row, 8) { text in
        Call.allCases.firstIndex { $0.rawValue == text }
      }
      return ComparedGap(
        gap: rows.number(row, 5) ?? .nan, lower: rows.number(row, 6) ?? .nan,
        upper: rows.number(row, 7) ?? .nan, call: call < 0 ? nil : Call.ordered[call])
    }
  }
}

/// What the distinct texts of a column stand for, as numbers; -1 for those that stand for nothing.
struct TextNumbers {
  private var texts = ByteDictionary()
  private var numbers: [Int] = []

  @inline(__always)
  mutating func number(
    _ rows: WrittenBlock, _ row: Int, _ column: Int, _ meaning: (String) -> Int?
  ) -> Int {
    let (number, isNew) = texts.number(of: rows.bytes(row, column))
    if isNew { numbers.append(meaning(rows.text(row, column)) ?? -1) }
    return numbers[number]
  }
}

extension Call {
  static let ordered = Call.allCases

  /// Its place among all.
  var place: Int {
    switch self {
    case .over: 0
    case .under: 1
    case .balanced: 2
    case .unclear: 3
    }
  }
}

/// The gaps of all cells of a run, in memory.
///
/// Threads fill in, and mark, cells of their own.
final class HeldGaps: @unchecked Sendable {
  private struct Cell {
    var gap: ComparedGap
    var isPresent = false
    var isMet = false
  }

  /// Cells for which there is room: about 1 GB.
  static let limit = 25_000_000

  private let cells: UnsafeMutableBufferPointer<Cell>

  /// Reads the cells of a run.
  ///
  /// - Throws: ``Failure`` where there are too many, and as ``WrittenTable/eachBlock(_:workerCount:blockSize:work:take:)``.
  init(_ run: FinishedRun, _ table: WrittenTable, _ codes: RunCodes, workerCount: Int) throws {
    let periods = codes.periods.codes
    let counts = [periods.count, codes.areas.codes.count, codes.sectors.codes.count]
    let count = counts.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard counts[1] < HeldGaps.limit, counts[2] < HeldGaps.limit, count <= HeldGaps.limit else {
      throw Failure(
        .failed, at: Place(file: run.folder),
        "has \(counts[0]) x \(counts[1]) x \(counts[2]) cells",
        expected: "at most \(HeldGaps.limit), as many as are held in 1 GB",
        advice: "Compare runs of fewer periods")
    }
    cells = .allocate(capacity: count)
    cells.initialize(
      repeating: Cell(gap: ComparedGap(gap: .nan, lower: .nan, upper: .nan, call: nil)))
    let numbers = Dictionary(
      uniqueKeysWithValues: periods.enumerated().map { (Spelling($1), $0) })
    let axes = CellAxes(codes, periods: numbers)
    let held = cells
    let shared = Shared(held)
    try table.eachBlock(CellAxes.columns, workerCount: workerCount) { rows in
      var reader = CellAxes.Reader(axes)
      for row in 0..<rows.rowCount {
        guard let place = reader.place(row, rows) else { continue }
        shared.value[place] = Cell(gap: reader.gap(row, rows), isPresent: true)
      }
    } take: { _ in
    }
  }

  deinit { cells.deallocate() }

  /// The gap of a cell, which is then known to be in both runs; nil where the run has no such cell.
  func meet(_ place: Int) -> ComparedGap? {
    guard cells[place].isPresent else { return nil }
    cells[place].isMet = true
    return cells[place].gap
  }

  /// The gap of a cell that the other run has not; nil for every other place.
  func unmet(_ place: Int) -> ComparedGap? {
    cells[place].isPresent && !cells[place].isMet ? cells[place].gap : nil
  }

  var unmetCount: Int { cells.count { $0.isPresent && !$0.isMet } }
}
