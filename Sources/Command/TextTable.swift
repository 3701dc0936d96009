import Extracts
/// Rows of text set in columns.
struct TextTable {
  private var rows: [[String]]

  init(_ headings: [String]) { rows = [headings] }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The rows with columns of equal width; the first `leftColumns` lean left, the others right.
  func lines(leftColumns: Int) -> [String] {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let fields = row.enumerated().map { column, text in
        let padding = String(repeating: " ", count: widths[column] - text.count)
        return column < leftColumns ? text + padding : padding + text
      }
      var line = fields.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// A count with thousands separators, to one decimal where it is not whole.
func count(_ value: Double) -> String { value.isNaN ? "" : NumberText.grouped(value) }

/// A number of things: "1 area", "38 areas".
func counted(_ number: Int, _ thing: String) -> String {
  "\(number) \(thing)\(number == 1 ? "" : "s")"
}
