import Extracts

/// What a row of a tally says.
enum TallyRecord: String, CaseIterable {
  case tally
  case input
  case account
  case rounding
  case name
  case cell
  case mark
  case total
  case line

  /// The columns of every tally.
  static let columns = [
    "record", "period", "area", "category", "mark", "input", "figures", "value", "value_rest",
    "below", "below_rest", "above", "above_rest", "first_input", "first_line", "text",
  ]
}

/// A row of a tally, of which most fields are empty.
struct TallyRow {
  let record: TallyRecord
  var period = ""
  var area = ""
  var category = ""
  var mark = ""
  var input = ""
  var figures = 0
  var value: (high: Double, low: Double) = (0, 0)
  var below: (high: Double, low: Double) = (0, 0)
  var above: (high: Double, low: Double) = (0, 0)
  var firstInput = ""
  var firstLine = 0
  var text = ""

  init(_ record: TallyRecord) { self.record = record }

  /// Adds the row to a text; 0 is an empty field.
  func write(to csv: inout CSVText) {
    for key in [record.rawValue, period, area, category, mark, input] { csv.text(key) }
    csv.number(figures == 0 ? .nan : Double(figures))
    for pair in [value, below, above] {
      for number in [pair.high, pair.low] { csv.exactNumber(number) }
    }
    csv.text(firstInput)
    csv.number(firstLine == 0 ? .nan : Double(firstLine))
    csv.text(text)
    csv.endRow()
  }
}

extension CSVText {
  /// Adds a number of a tally: nothing for 0, `inf` for what has no limit.
  fileprivate mutating func exactNumber(_ number: Double) {
    if number == .infinity { text("inf") } else { self.number(number == 0 ? .nan : number) }
  }
}
