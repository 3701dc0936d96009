import Extracts
import Mismatch

/// Reads the rows of tallies, of which most have the same few texts.
struct TallyRows {
  private var texts: [Int: (dictionary: ByteDictionary, texts: [String])] = [:]

  mutating func row(_ table: inout RowTable) throws -> TallyRow {
    let name = try text(&table, 0)
    guard let record = TallyRecord(rawValue: name) else {
      if name == SideQuery.refusedRecord { throw try SideQuery.refusal(of: &table) }
      throw Failure(
        .badData, at: table.place(0), "a row of a tally is of kind \"\(name)\"",
        expected: TallyRecord.allCases.map(\.rawValue).joined(separator: ", "),
        advice: "Make the tally again with this version")
    }
    var row = TallyRow(record)
    row.period = try text(&table, 1)
    row.area = try text(&table, 2)
    row.category = try text(&table, 3)
    row.mark = try text(&table, 4)
    row.input = try text(&table, 5)
    row.figures = try whole(&table, 6)
    row.value = (try number(&table, 7), try number(&table, 8))
    row.below = (try number(&table, 9), try number(&table, 10))
    row.above = (try number(&table, 11), try number(&table, 12))
    row.firstInput = try text(&table, 13)
    row.firstLine = try whole(&table, 14)
    row.text = try table.text(15)
    return row
  }

  private mutating func text(_ table: inout RowTable, _ column: Int) throws -> String {
    let (number, isNew) = texts[column, default: (ByteDictionary(), [])].dictionary.number(
      of: table.bytes(column))
    if isNew { texts[column]?.texts.append(try table.text(column)) }
    return texts[column]?.texts[number] ?? ""
  }

  private func number(_ table: inout RowTable, _ column: Int) throws -> Double {
    let bytes = table.bytes(column)
    if bytes.isEmpty { return 0 }
    if let plain = NumberText.plain(bytes) { return plain }
    let text = try table.text(column)
    if text == "inf" { return .infinity }
    guard let number = Double(text), number.isFinite else {
      throw Failure(
        .badData, at: table.place(column), "\"\(text)\" is no number of a tally",
        expected: "a number, or nothing for 0", advice: "Make the tally again")
    }
    return number
  }

  private func whole(_ table: inout RowTable, _ column: Int) throws -> Int {
    let number = try number(&table, column)
    guard let whole = Int(exactly: number), whole >= 0, whole < 1 << 39 else {
      throw Failure(
        .badData, at: table.place(column), "\"\(try table.text(column))\" is no number of figures",
        expected: "a whole number", advice: "Make the tally again")
    }
    return whole
  }
}
