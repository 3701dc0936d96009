import Mismatch

/// What a run would refuse or report of the texts in a column of keys.
struct KeyDoubt {
  let text: String

  private static let roles: Set<ColumnRole> = [
    .areaCode, .areaName, .categoryCode, .categoryLabel, .period, .unknown, .filter,
  ]

  /// Nil for a column that is no key, and for one whose texts may all be codes.
  init?(_ column: ColumnAccount, _ tally: ColumnTally) {
    guard KeyDoubt.roles.contains(column.role) else { return nil }
    let doubts: [(isDoubtful: (String) -> Bool, what: String)] = [
      (KeyText.isSpreadsheetError, "an error of a spreadsheet"),
      (KeyText.isMissing, "what programs write for a missing value"),
      ({ $0.trimmed().holdsBlanksWithoutWidth }, "a text with characters without width"),
      (
        { column.role != .period && (KeyText.isDate($0) || KeyText.isScientific($0)) },
        "a date or a power of ten among other texts"
      ),
    ]
    for doubt in doubts {
      let found = tally.texts.filter(doubt.isDoubtful)
      guard let first = found.first, found.count < tally.texts.count else { continue }
      let more = found.count > 1 ? " and \(found.count - 1) more" : ""
      text = "`\(column.name)` has \"\(first.withVisibleBlanks)\"\(more), \(doubt.what)"
      return
    }
    return nil
  }
}
