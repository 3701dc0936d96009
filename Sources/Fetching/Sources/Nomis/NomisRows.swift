import CScan
import Extracts
import Jobs
import Mismatch

/// The number of rows of an answer is no longer what it was: the source was updated.
struct TotalChanged: Error {}

/// What rows have shown of what was asked for.
struct NomisEvidence {
  /// Codes that have a row, by column of ``NomisRows/Layout/checked``.
  var seen: [Set<String>]
  /// The types of areas.
  var areaTypes: Set<String> = []

  init(_ plan: NomisPlan) { seen = Array(repeating: [], count: plan.dimensions.count + 1) }

  mutating func add(_ other: NomisEvidence) {
    for column in seen.indices { seen[column].formUnion(other.seen[column]) }
    areaTypes.formUnion(other.areaTypes)
  }
}

/// Takes a page of rows up and proves, row by row, that they are those that were asked for.
///
/// A row is taken where its RECORD_OFFSET is the next one, its RECORD_COUNT the total, and its period and the code of
/// every dimension are among those asked for. Anything else is a ``Fault`` of the page, another total ``TotalChanged``.
final class NomisRows: AnswerReceiver {
  /// What a whole page came to.
  struct Page {
    let rowCount: Int
    let total: Int
    let sha256: String
    let evidence: NomisEvidence
  }

  /// Where the columns stand.
  private struct Layout {
    let count: Int
    let offset: Int
    let total: Int
    /// Columns of periods and dimensions, and what they may hold.
    let checked: [(place: Int, codes: NomisCodes)]
    /// Columns of GSS codes and types of areas, by dimension.
    let areas: [(code: Int, type: Int)?]
  }

  private static let blockSize = 1 << 18
  private static let longestRecord = 1 << 20

  private let plan: NomisPlan
  private let firstOffset: Int
  private let keep: (UnsafeRawBufferPointer) throws -> Void
  private let keepsHeader: Bool
  private let kernel = scan_best()
  private let digest: Digest
  private var bytes: [UInt8] = []
  private var places = [UInt32](repeating: 0, count: NomisRows.blockSize)
  private var layout: Layout?
  private var total: Int?
  private var rowCount = 0
  private var evidence: NomisEvidence
  /// The fields of the last row that were looked at, by column.
  private var last: [[UInt8]]

  /// - Parameters:
  ///   - offset: of the first row.
  ///   - total: how many rows the query has; nil where that is the question.
  ///   - keep: given the rows that are proved, the header before them where they are the first ones.
  init(
    _ plan: NomisPlan, from offset: Int, total: Int?,
    keep: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    (self.plan, firstOffset, self.total, self.keep) = (plan, offset, total, keep)
    keepsHeader = offset == 0
    digest = try Digest()
    evidence = NomisEvidence(plan)
    last = Array(repeating: [], count: plan.dimensions.count + 1)
  }

  func take(_ new: UnsafeRawBufferPointer) throws {
    bytes.append(contentsOf: new)
    if bytes.count >= NomisRows.blockSize { try takeRecords() }
  }

  func finish(_ response: Response) throws -> Page {
    try takeRecords()
    if !bytes.isEmpty { try takeUnended() }
    guard layout != nil else { throw Fault(found: Fault.beginning(of: bytes)) }
    if total == nil, rowCount == 0 {
      throw Failure(
        .badData, at: Place(file: plan.definition.id), "Nomis has no rows for the query",
        expected: "at least one", advice: "Check the areas and the period")
    }
    guard rowCount > 0, let total else {
      throw Fault(found: "no rows from RECORD_OFFSET \(firstOffset) on")
    }
    return Page(
      rowCount: rowCount, total: total, sha256: digest.finish(), evidence: evidence)
  }

  /// A last row without a line feed: whole if its last field is the total, and cut off otherwise.
  private func takeUnended() throws {
    guard let layout else { throw Fault(found: "no table of rows: \(Fault.beginning(of: bytes))") }
    guard layout.total == layout.count - 1, total != nil else {
      throw Fault(found: "a page that breaks off: \(Fault.beginning(of: bytes))")
    }
    bytes.append(10)
    do {
      try takeRecords()
    } catch is TotalChanged {
      throw Fault(found: "a page that breaks off within a row")
    }
    guard bytes.isEmpty else { throw Fault(found: "a page that breaks off within a row") }
  }

  /// Takes the whole records of what is held.
  private func takeRecords() throws {
    let end = bytes.withUnsafeBufferPointer {
      $0.baseAddress.map { scan_last_record_end(kernel, $0, bytes.count) } ?? 0
    }
    guard end > 0 else {
      if bytes.count > NomisRows.longestRecord { throw Fault(found: "a row without an end") }
      return
    }
    if places.count < end + 64 { places = [UInt32](repeating: 0, count: end + 64) }
    let account = bytes.withUnsafeBufferPointer { bytes in
      places.withUnsafeMutableBufferPointer { places in
        scan_separators(kernel, bytes.baseAddress, end, UInt8(ascii: ","), places.baseAddress)
      }
    }
    guard !account.is_broken, !account.is_open else { throw Fault(found: "text that is no CSV") }
    var start = 0
    var separator = 0
    if layout == nil {
      separator = try takeHeader(upTo: account.separator_count)
      start = Int(places[separator - 1]) + 1
    }
    let kept = keepsHeader && rowCount == 0 ? 0 : start
    try takeRows(from: separator, to: account.separator_count, startingAt: start)
    try bytes.withUnsafeBytes {
      let rows = UnsafeRawBufferPointer(rebasing: $0[kept..<end])
      digest.update(rows)
      try keep(rows)
    }
    bytes.removeSubrange(..<end)
  }

  private func takeRows(from first: Int, to end: Int, startingAt start: Int) throws {
    guard let layout else { return }
    guard (end - first) % layout.count == 0 else {
      throw Fault(found: "rows that do not have \(layout.count) fields")
    }
    try bytes.withUnsafeBufferPointer { bytes in
      var start = start
      for record in stride(from: first, to: end, by: layout.count) {
        let lastPlace = Int(places[record + layout.count - 1])
        guard bytes[lastPlace] == 10 else {
          throw Fault(found: "a row that does not have \(layout.count) fields")
        }
        let row = Row(bytes: bytes, places: places[record..<record + layout.count], start: start)
        try take(row, layout)
        start = lastPlace + 1
      }
    }
  }

  private func take(_ row: Row, _ layout: Layout) throws {
    guard row.number(layout.offset) == firstOffset + rowCount else {
      throw Fault(
        found: "RECORD_OFFSET \(row.text(layout.offset)) in the place of \(firstOffset + rowCount)")
    }
    guard let count = row.number(layout.total), count > firstOffset + rowCount else {
      throw Fault(found: "RECORD_COUNT \(row.text(layout.total))")
    }
    if let total, total != count { throw TotalChanged() }
    total = count
    for (index, column) in layout.checked.enumerated() {
      let field = row[column.place]
      guard !field.elementsEqual(last[index]) else { continue }
      last[index] = Array(field)
      let text = String(decoding: field, as: UTF8.self)
      let area = layout.areas[index]
      let isAsked =
        column.codes.codes.contains(text)
        || area.map({ column.codes.areaCodes.contains(row.text($0.code)) }) ?? false
      guard isAsked else { throw wrongCode(text, index) }
      evidence.seen[index].insert(text)
      if let area {
        evidence.seen[index].insert(row.text(area.code))
        evidence.areaTypes.insert(row.text(area.type))
      }
    }
    rowCount += 1
  }

  private func wrongCode(_ text: String, _ index: Int) -> Fault {
    let name = index == 0 ? "DATE" : plan.dimensions[index - 1].name.uppercased()
    // Nomis does so for a period out of range, each time.
    return Fault(
      found: "\(name) \"\(text)\" in row \(firstOffset + rowCount), which was not asked for",
      tryCount: 2)
  }

  /// Finds the columns that are asked for, in any order.
  ///
  /// - Returns: how many separators the header has.
  private func takeHeader(upTo end: Int) throws -> Int {
    guard let last = (0..<end).first(where: { bytes[Int(places[$0])] == 10 }) else {
      throw Fault(found: Fault.beginning(of: bytes))
    }
    let names = bytes.withUnsafeBufferPointer { bytes in
      let row = Row(bytes: bytes, places: places[...last], start: 0)
      return (0...last).map { row.text($0).uppercased() }
    }
    func place(_ name: String) throws -> Int {
      guard let place = names.firstIndex(of: name) else {
        throw Fault(found: "no column \(name): \(Fault.beginning(of: bytes))")
      }
      return place
    }
    for name in plan.columns { _ = try place(name) }
    let dates = NomisCodes(text: "", codes: Set(plan.periods))
    let dimensions = plan.dimensions.map { ($0.name.uppercased(), $0.codes) }
    layout = Layout(
      count: names.count, offset: try place("RECORD_OFFSET"), total: try place("RECORD_COUNT"),
      checked: try ([("DATE", dates)] + dimensions).map { (try place($0.0), $0.1) },
      areas: try [nil]
        + dimensions.map { name, _ in
          NomisDefinition.isArea(name)
            ? (try place(name + "_CODE"), try place(name + "_TYPE")) : nil
        })
    return last + 1
  }
}

/// The fields of one record.
private struct Row {
  let bytes: UnsafeBufferPointer<UInt8>
  /// The places behind each field.
  let places: ArraySlice<UInt32>
  let start: Int

  /// A field without the quotes around it.
  subscript(column: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    var first = column == 0 ? start : Int(places[places.startIndex + column - 1]) + 1
    var end = Int(places[places.startIndex + column])
    if column == places.count - 1, end > first, bytes[end - 1] == 13 { end -= 1 }
    if end - first >= 2, bytes[first] == 34, bytes[end - 1] == 34 {
      first += 1
      end -= 1
    }
    return bytes[first..<end]
  }

  func text(_ column: Int) -> String { String(decoding: self[column], as: UTF8.self) }

  /// A whole number; nil for anything else.
  func number(_ column: Int) -> Int? {
    let field = self[column]
    guard !field.isEmpty, field.count < 16 else { return nil }
    var number = 0
    for byte in field {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }
}
