import Mismatch

/// The records of an input with a look ahead; blank ones are left out.
final class RecordWindow {
  private let records: any RecordStream
  private var waiting: [RawRecord] = []
  private var isAtEnd = false
  /// The line of the last record that was taken, and whether a blank record was met before the next one.
  private var lastLine = 0

  init(_ records: any RecordStream) {
    self.records = records
  }

  var path: String { records.path }

  /// The record that comes `distance` records after the next one, or nil past the end.
  func peek(_ distance: Int = 0) throws -> RawRecord? {
    while waiting.count <= distance, !isAtEnd {
      guard let record = try records.next() else {
        isAtEnd = true
        break
      }
      if !record.isBlank { waiting.append(record) }
    }
    return distance < waiting.count ? waiting[distance] : nil
  }

  /// The next record, or nil at the end.
  func next() throws -> RawRecord? {
    guard let record = try peek() else { return nil }
    waiting.removeFirst()
    lastLine = record.line
    return record
  }

  /// Whether the next record stands apart from the one before it, or is the first one.
  func isNextApart() throws -> Bool {
    guard let record = try peek() else { return true }
    return lastLine == 0 || record.line > lastLine + 1
  }

  /// Makes sure that a row is not the rest of one that was cut off, which would show a part of a count.
  ///
  /// - Parameter count: the cells of the row or the headings above it.
  /// - Throws: ``Failure`` (`badData`) for a shorter row with which the text ends, without a line break.
  func verifyWhole(_ record: RawRecord, besides count: Int) throws {
    guard record.isUnended, record.cells.count < count else { return }
    throw Failure(
      .badData, at: place(record, record.cells.count - 1),
      "the file ends within a row of \(record.cells.count) cells",
      expected: "\(count), as in the row above, and a line break",
      advice: "Fetch the file again; if it is whole, end its last line with a line break")
  }

  /// The place of a cell, counted from 0.
  func place(_ record: RawRecord, _ cell: Int? = nil) -> Place {
    Place(file: path, line: record.line, column: cell.map { $0 + 1 })
  }
}

extension RawRecord {
  /// The places of cells that hold more than spaces, counted from 0.
  package var filled: [Int] { cells.indices.filter { !text($0).isEmpty } }

  /// A cell's text without spaces around it, empty past the last cell.
  package func text(_ cell: Int) -> String {
    cell < cells.count ? cells[cell].trimmed() : ""
  }

  /// Whether the record looks like a row of figures: a label, and a figure beside it.
  var isFigures: Bool {
    !text(0).isEmpty && cells.indices.dropFirst().contains { FigureText.isFigure(text($0)) }
  }
}

/// What figures look like before the job's markers are asked.
enum FigureText {
  /// Whether a text is a number or may be a marker: a sign or two, or a short word in brackets.
  static func isFigure(_ text: String) -> Bool {
    if text.isEmpty { return false }
    if isNumber(text) { return true }
    if text.count <= 2 { return true }
    return text == "low" || (text.count <= 5 && text.hasPrefix("[") && text.hasSuffix("]"))
  }

  /// Whether a text is a number, with a decimal point or comma.
  static func isNumber(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 {
      NumberText.value(of: $0) ?? NumberText.value(of: $0, decimal: .comma)
    } != nil
  }
}
