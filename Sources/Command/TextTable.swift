import Extracts

/// Rows of text set in columns.
struct TextTable {
  private var rows: [[String]]

  init(_ headings: [String]) { rows = [headings] }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// The same in lines of at most `width` characters, as far as shorter texts in the first columns make
  /// room; a text that is cut ends in an ellipsis.
  func lines(leftColumns: Int, width: Int) -> [String] {
    let columnCount = rows.map(\.count).max() ?? 0
    var widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var excess = widths.reduce(2 * (columnCount - 1), +) - width
    let cut = widths.indices.prefix(leftColumns)
    while excess > 0, let widest = cut.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > TextTable.leastWidth
    {
      widths[widest] -= 1
      excess -= 1
    }
    var table = self
    table.rows = rows.map { row in
      row.enumerated().map { column, text in
        column < leftColumns ? text.shortened(to: widths[column]) : text
      }
    }
    return table.lines(leftColumns: leftColumns)
  }

  /// What a column of names keeps at least.
  private static let leastWidth = 12

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
