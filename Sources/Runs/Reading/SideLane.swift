import Extracts
import Jobs
import Mismatch

/// Takes one block of a side's file after another for one thread: what its rows hold as numbers, and what
/// those stand for.
final class SideLane {
  let block: RecordBlock
  private let columns: SideColumns
  private let fields: MarkedFields
  /// Nil for a column that is 1 in every row.
  private let valuePlaces: [Int?]
  private let offsetPlace: Int?
  private let countPlace: Int?
  private let gates: [Int]
  private var index: FieldIndex
  private var numbers: [FieldNumbers]
  /// Of value columns, as ``MarkedFields`` reads them.
  private(set) var values: [[Double]]
  /// Whether rows can be told by place.
  private(set) var isRegular = false
  /// The number of the first record and of all records, where records follow one another.
  private(set) var page: (first: Int, count: Int)?

  // What was learnt of texts; of value columns, one each.
  private var filters: [Meanings]
  private var witnesses: [Meanings]
  private var periods: [Meanings]
  private var areas: [Meanings]
  private var categories: [Meanings]
  private var statuses = Meanings()
  private(set) var areaPlaces: [Int32] = []
  private(set) var categoryPlaces: [Int32] = []
  /// Of records: what becomes of each row.
  private(set) var recordGates: [Int32] = []

  init(_ table: SideTable, columnCount: Int, delimiter: UInt8, trimsFields: Bool, blockSize: Int) {
    block = RecordBlock(capacity: blockSize + 1)
    columns = SideColumns(table)
    fields = table.figures.markedFields
    gates = columns.gates
    valuePlaces = table.columns.map(\.value)
    offsetPlace = table.nomis?.offset
    countPlace = table.nomis?.count
    index = FieldIndex(
      delimiter: delimiter, columnCount: columnCount, trimsFields: trimsFields)
    numbers = columns.places.map(FieldNumbers.init)
    values = valuePlaces.map { _ in [] }
    filters = columns.filters.map { _ in Meanings() }
    witnesses = columns.witnesses.map { _ in Meanings() }
    periods = valuePlaces.map { _ in Meanings() }
    areas = periods
    categories = periods
  }

  /// The most rows that are taken up at once.
  private static let runLength = 1024

  /// How many rows to take up next: fewer where a new text or an odd row ended the last run, so that
  /// what lies behind it is not looked at again and again.
  private(set) var runLimit = SideLane.runLength

  /// Rows of which all columns are read before those of the next ones.
  private static let stretchLength = 64

  var rowCount: Int { index.rowCount }
  var breakCount: Int { index.breakCount }

  /// A row's bytes.
  func record(_ row: Int) -> UnsafeMutableBufferPointer<UInt8> {
    let place = index.record(row)
    return UnsafeMutableBufferPointer(start: block.bytes + place.lowerBound, count: place.count)
  }

  /// The whole block.
  var records: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: block.bytes, count: block.count)
  }

  // MARK: Fields

  /// Looks through the block; nothing that other threads know is needed for that.
  func look() {
    isRegular = block.isWhole && index.look(through: block)
    guard isRegular else { return }
    page = firstPage()
    // Column after column of rows that a core's first cache holds.
    for start in stride(from: 0, to: index.rowCount, by: SideLane.stretchLength) {
      let rows = start..<min(index.rowCount, start + SideLane.stretchLength)
      for column in numbers.indices { numbers[column].read(index, rows) }
      for column in valuePlaces.indices { readValues(column, rows) }
      if let first = page?.first, !areNumbered(rows, from: first + start) { page = nil }
    }
  }

  private func readValues(_ column: Int, _ rows: Range<Int>) {
    if values[column].count < index.rowCount {
      values[column] = Array(repeating: 1, count: index.rowCount)
    }
    guard let place = valuePlaces[column] else { return }
    fields.read(index, column: place, rows, into: &values[column])
  }

  /// The number of the first record and of all, as the first record has them.
  private func firstPage() -> (first: Int, count: Int)? {
    guard let offsetPlace, let countPlace, index.rowCount > 0,
      let first = index.field(0, offsetPlace).flatMap({ NumberText.plain($0) }).flatMap(
        Int.init(exactly:)),
      let count = index.field(0, countPlace).flatMap({ NumberText.plain($0) }).flatMap(
        Int.init(exactly:)),
      first + index.rowCount <= count
    else { return nil }
    return (first, count)
  }

  /// Whether rows are numbered one by one, and all have the count of the first.
  private func areNumbered(_ rows: Range<Int>, from first: Int) -> Bool {
    guard let offsetPlace, let countPlace, let count = index.field(0, countPlace)
    else { return false }
    for row in rows {
      guard let offset = index.field(row, offsetPlace), let text = index.field(row, countPlace),
        NumberText.plain(offset) == Double(first + row - rows.lowerBound), text.holdsSame(as: count)
      else { return false }
    }
    return true
  }

  // MARK: Meanings

  /// What becomes of the rows from one on that the gates treat alike.
  enum Gate {
    case unknown
    case leftOut(isKept: Bool, period: Int)
    case taken(period: Int)
  }

  /// The end of the rows from one on that have the same texts in all gates as it, and numbers as their
  /// figures; the row itself where it has none.
  func end(ofRowsLike row: Int) -> Int {
    // A marked figure is alone. Otherwise as far as the next figure that is no number.
    if marker(row, column: 0) != nil { return row + 1 }
    var end = min(index.rowCount, row + runLimit)
    for gate in gates where !numbers[gate].isUniform {
      let texts = numbers[gate].numbers
      let text = texts[row]
      var next = row + 1
      while next < end, texts[next] == text { next += 1 }
      end = next
    }
    return values[0].withUnsafeBufferPointer { values in
      values[row..<end].firstIndex(where: \.isNaN) ?? end
    }
  }

  /// Notes how many rows of a run were taken up.
  func note(taken: Int, of run: Int) {
    runLimit = taken < run ? max(8, taken) : min(SideLane.runLength, runLimit * 2)
  }

  /// The marker that a figure is.
  func marker(_ row: Int, column: Int) -> Marker? { fields.marker(values[column][row]) }

  func gate(_ row: Int, column: Int) -> Gate {
    var isKept = true
    for (filter, place) in columns.filters.enumerated() where isKept {
      let verdict = filters[filter][numbers[place].numbers[row]]
      guard verdict != Meanings.unknown else { return .unknown }
      isKept = verdict == 1
    }
    for (witness, place) in columns.witnesses.enumerated() where isKept {
      guard witnesses[witness][numbers[place].numbers[row]] != Meanings.unknown else {
        return .unknown
      }
    }
    let period = periods[column][number(columns.periods[column], row)]
    guard period != Meanings.unknown else { return .unknown }
    guard isKept, period >= 0 else {
      return .leftOut(isKept: isKept, period: Int(period >= 0 ? period : ~period))
    }
    if let place = columns.status, statuses[numbers[place].numbers[row]] != 1 { return .unknown }
    return .taken(period: Int(period))
  }

  /// Puts the places of areas and categories where they are known.
  func translate(_ rows: Range<Int>, column: Int) {
    place(areas[column], columns.areas[column], rows, &areaPlaces)
    place(categories[column], columns.categories[column], rows, &categoryPlaces)
  }

  /// Puts the places of codes and the gates of records, where they are known.
  func translateRecords(_ rows: Range<Int>) {
    translate(rows, column: 0)
    if recordGates.count < rowCount { recordGates = Array(repeating: 0, count: rowCount) }
    for row in rows {
      recordGates[row] =
        switch gate(row, column: 0) {
        case .unknown: -1
        case .leftOut(let isKept, let period):
          RecordRun.gate(period: period, isKept ? .published : .filtered)
        case .taken(let period): RecordRun.gate(period: period, .counted)
        }
    }
  }

  /// Whether a record joins its cell.
  func isCounted(_ row: Int) -> Bool { recordGates[row] & 3 == RecordRun.Fate.counted.rawValue }

  private func place(
    _ meanings: Meanings, _ column: Int?, _ rows: Range<Int>, _ places: inout [Int32]
  ) {
    if let column {
      return meanings.translate(numbers[column].numbers, rows, into: &places)
    }
    if places.count < rows.upperBound { places = Array(repeating: 0, count: index.rowCount) }
    for row in rows { places[row] = meanings[0] }
  }

  /// A text's number; 0 for a key that is the same for every row.
  private func number(_ column: Int?, _ row: Int) -> Int32 {
    column.map { numbers[$0].numbers[row] } ?? 0
  }

  /// Learns what a row's texts stand for, once they were taken up with all that this may bring.
  func learn(
    _ row: Int, _ rows: inout RowTable, _ table: inout SideTable, isCompared: [Bool]
  ) throws {
    var isKept = true
    for (filter, place) in columns.filters.enumerated() where isKept {
      isKept = try table.filter.keeps(&rows, filter)
      filters[filter][numbers[place].numbers[row]] = isKept ? 1 : 0
    }
    for (witness, place) in columns.witnesses.enumerated() where isKept {
      witnesses[witness][numbers[place].numbers[row]] = 1
    }
    for column in valuePlaces.indices {
      let period = try table.columns[column].period.read(&rows, isTaken: isKept) { _ in 0 }
      // What is no period may stand in rows that filters leave out, and only there.
      guard table.columns[column].period.holdsCode(&rows) else { continue }
      let text = number(columns.periods[column], row)
      periods[column][text] = Int32(truncatingIfNeeded: isCompared[period] ? period : ~period)
      guard isKept, isCompared[period] else { continue }
      if let place = columns.status {
        let isPlain = table.statuses?.saysNothing(&rows) ?? true
        statuses[numbers[place].numbers[row]] = isPlain ? 1 : 0
      }
      let area = try table.columns[column].area.read(&rows) { _ in -1 }
      let category = try table.columns[column].category.read(&rows) { _ in -1 }
      areas[column][number(columns.areas[column], row)] = Int32(truncatingIfNeeded: max(-1, area))
      categories[column][number(columns.categories[column], row)] = Int32(
        truncatingIfNeeded: max(-1, category))
    }
  }
}
