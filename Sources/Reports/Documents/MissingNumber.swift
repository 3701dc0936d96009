import Mismatch

/// What stands in the place of a number that a table leaves empty, as the shorthand of the statistical services has it
/// (``Shorthand``).
enum MissingNumber {
  /// Symbols that say by themselves that there is no number.
  private static let withheld = [Status.confidential, .low, .unavailable, .notApplicable]
  /// Reasons for which a number is not known; for all others it has no meaning.
  private static let unknown = [Status.unknown, .absent].map(\.text)

  /// The bare symbol of a number whose row has this text of status.
  static func symbol(status: String) -> String {
    let codes = status.split(separator: " ").map(String.init)
    if let symbol = withheld.map(\.text).first(where: codes.contains) { return symbol }
    let isUnknown = codes.contains { unknown.contains($0) }
    return (isUnknown ? Status.unavailable : .notApplicable).text
  }

  /// The symbols that can stand there, and what they say.
  static let meanings: [(symbol: String, meaning: String)] = Shorthand.symbols
    .filter { withheld.contains($0.status) }.map { ($0.text, $0.result) }

  /// The place of the column that says why a column's field is empty; nil where there is none.
  static func statusColumn(of column: Int, in columns: [String]) -> Int? {
    var stem = columns[column]
    for ending in ["_lower", "_upper"] where stem.hasSuffix(ending) {
      stem.removeLast(ending.count)
    }
    return columns.firstIndex(of: stem + "_status") ?? columns.firstIndex(of: "status")
  }
}
