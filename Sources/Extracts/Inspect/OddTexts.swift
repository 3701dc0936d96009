import Mismatch

/// Texts of one column that do not fit the others, with the lines on which they were first met.
struct OddTexts {
  /// One for each.
  let sentences: [String]

  /// Most that are named.
  private static let limit = 5

  init(_ tally: ColumnTally, _ name: String, _ role: ColumnRole) {
    let found: [String]
    switch role {
    case .value: found = OddTexts.lookalikes(tally)
    case .period, .date: found = OddTexts.others(tally)
    default: found = []
    }
    sentences = found.prefix(OddTexts.limit).map { "`\(name)`: \($0)" }
  }

  /// Marks that differ only in case or spaces.
  private static func lookalikes(_ tally: ColumnTally) -> [String] {
    let marks = tally.texts.indices.filter { !tally.isNumber[$0] }
    let groups = Dictionary(grouping: marks) { Markers.shape(of: tally.texts[$0]) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { group in
      group.map { place(of: $0, in: tally) }.joined(separator: " and ")
        + " differ only in case or spaces"
    }
  }

  /// Texts that are no periods; months of changes and other sections below a table are several.
  private static func others(_ tally: ColumnTally) -> [String] {
    let others = tally.texts.indices.filter { Period(tally.texts[$0]) == nil }
    guard !others.isEmpty, tally.texts.count >= 4 * others.count else { return [] }
    return others.map { place(of: $0, in: tally) + " is no period, unlike the others" }
  }

  /// `"n/a" (line 7)`.
  private static func place(of index: Int, in tally: ColumnTally) -> String {
    "\"\(tally.texts[index].prefix(60))\" (line \(tally.lines[index]))"
  }
}
