/// Columns of a wide table, one beside the other, that are for the same: one line of an account's text.
struct ColumnRun {
  let columns: ArraySlice<ColumnAccount>

  /// How many alike columns make a run.
  private static let least = 3

  /// The columns in their order, runs of alike ones together.
  static func runs(of columns: [ColumnAccount]) -> [ColumnRun] {
    var runs: [ColumnRun] = []
    var start = 0
    while start < columns.count {
      let others = columns[start...]
      let end = others.firstIndex { !$0.isLike(columns[start]) } ?? columns.count
      if end - start < least {
        runs += (start..<end).map { ColumnRun(columns: columns[$0...$0]) }
      } else {
        runs.append(ColumnRun(columns: columns[start..<end]))
      }
      start = end
    }
    return runs
  }

  /// `7`, or `7-8006`.
  var position: String {
    ColumnRun.range(columns.first?.position ?? 0, columns.last?.position ?? 0)
  }

  /// The name, or the first and the last one where they differ.
  var name: String {
    guard let first = columns.first, let last = columns.last else { return "" }
    guard first.name != last.name else { return String(first.name.prefix(40)) }
    return [first, last].map { String($0.name.prefix(20)) }.joined(separator: " … ")
  }

  /// How many distinct texts a column has, at least and at most.
  var distinctCount: String {
    let counts = columns.map(\.distinctCount)
    return ColumnRun.range(counts.min() ?? 0, counts.max() ?? 0)
      + (columns.contains(where: \.isDistinctCapped) ? "+" : "")
  }

  /// The first column's account with the marks, blanks and roundings of all.
  var account: ColumnAccount? {
    guard var account = columns.first else { return nil }
    var places: [String: Int] = [:]
    account.markers = []
    for marker in columns.lazy.flatMap(\.markers) {
      if let place = places[marker.text] {
        account.markers[place].count += marker.count
      } else {
        places[marker.text] = account.markers.count
        account.markers.append(marker)
      }
    }
    account.blankCount = columns.reduce(0) { $0 + $1.blankCount }
    let roundings = Set(columns.map { $0.rounding ?? "not stated" })
    account.rounding = roundings.sorted().joined(separator: " or ")
    return account
  }

  private static func range(_ first: Int, _ last: Int) -> String {
    first == last ? "\(first)" : "\(first)-\(last)"
  }
}

extension ColumnAccount {
  /// Whether a line that says what this column is for says it of the other one too.
  fileprivate func isLike(_ other: ColumnAccount) -> Bool {
    role == other.role && scheme == other.scheme && area == other.area && periods == other.periods
      && totals == other.totals && endsWithNumber == other.endsWithNumber
  }

  /// Whether the last example is a number: the first ones of a sheet may be rests of a heading.
  private var endsWithNumber: Bool { examples.last.map(FigureText.isNumber) == true }
}
