/// The names of a table's columns, out of one or several header rows.
struct HeaderNames {
  let names: [String]
  /// A text that spans all columns but the first, and so names none of them.
  let spanner: String?

  init(_ rows: [[String]], width: Int) {
    let width = max(width, rows.map(\.count).max() ?? 0)
    guard rows.count > 1 else {
      let row = rows.first ?? (0..<width).map { "column \($0 + 1)" }
      names = row + Array(repeating: "", count: max(0, width - row.count))
      spanner = nil
      return
    }
    var spanner: String?
    var parts = Array(repeating: [String](), count: width)
    for (number, row) in rows.enumerated() {
      var texts = row.map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      texts += Array(repeating: "", count: width - texts.count)
      let distinct = Set(texts.dropFirst().filter { !$0.isEmpty })
      if number == 0, distinct.count == 1, width > 3, texts.dropFirst().allSatisfy({ !$0.isEmpty })
      {
        spanner = distinct.first
        continue
      }
      let below = number + 1 < rows.count ? rows[number + 1] : []
      for column in 0..<width {
        var text = texts[column]
        let hasBelow = column < below.count && !below[column].trimmingSpaces().isEmpty
        // A name over several columns stands over the first of them only.
        if number == 0, text.isEmpty, column > 1, hasBelow, let left = parts[column - 1].first {
          text = left
        }
        if !text.isEmpty, parts[column].last != text { parts[column].append(text) }
      }
    }
    self.spanner = spanner
    names = parts.map { $0.joined(separator: " | ") }
  }
}
