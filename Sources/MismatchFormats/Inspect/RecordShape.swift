import Mismatch

/// What a record looks like, whatever it says: how many of its cells are filled, and with what.
struct RecordShape {
  let record: RawRecord
  /// One more than the place of the last filled cell.
  let width: Int
  let filledCount: Int
  private let valueCount: Int
  /// Cells behind the first that are numbers, not marks.
  let numberCount: Int
  private let yearCount: Int
  /// Filled cells behind the first.
  private let bodyCount: Int

  init(_ record: RawRecord) {
    self.record = record
    var (width, filled, values, years, body) = (0, 0, 0, 0, 0)
    var numbers = 0
    for (place, cell) in record.cells.enumerated() {
      let text = cell.trimmingSpaces()
      if text.isEmpty { continue }
      width = place + 1
      filled += 1
      guard place > 0 else { continue }
      body += 1
      let number = RecordShape.number(text)
      if number != nil || Markers.isMark(text) { values += 1 }
      if number != nil { numbers += 1 }
      if let number, number >= 1900, number <= 2100, text.utf8.count == 4 { years += 1 }
    }
    numberCount = numbers
    (self.width, filledCount, valueCount, yearCount, bodyCount) = (
      width, filled, values, years, body
    )
  }

  private static func number(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { NumberText.value(of: $0) }
  }

  var isBlank: Bool { filledCount == 0 }

  /// Whether it looks like a row of figures: at least half of what stands behind its first cell.
  var hasFigures: Bool { bodyCount > 0 && valueCount * 2 >= bodyCount && valueCount > 0 }

  /// Whether its only numbers are years, as in a heading.
  var hasYearsOnly: Bool { yearCount > 0 && yearCount == valueCount }

  /// Whether it gives a name and what it is: `Units :`, `Persons`.
  var isKeyValue: Bool {
    filledCount == 2 && width == 2
      && (record.cells[0].trimmingSpaces().hasSuffix(":"))
  }

  var firstText: String { record.cells.first { !$0.trimmingSpaces().isEmpty } ?? "" }
}
