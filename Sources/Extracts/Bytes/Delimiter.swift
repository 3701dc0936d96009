/// What separates the fields of a text.
package enum Delimiter: UInt8, Sendable, CaseIterable {
  case comma = 44
  case tab = 9
  case semicolon = 59
  case pipe = 124

  /// As a job writes it.
  package var name: String { "\(self)" }

  package init?(named name: String) {
    guard let delimiter = Delimiter.allCases.first(where: { $0.name == name }) else { return nil }
    self = delimiter
  }

  /// The one that occurs equally often in most lines of a text's beginning; nil for none.
  static func found(in beginning: ArraySlice<UInt8>) -> Delimiter? {
    usual(in: beginning)?.delimiter
  }

  /// The one that separates the fields although another one is usual for the file, and the line on which its first
  /// record begins.
  static func found(in beginning: ArraySlice<UInt8>, insteadOf other: Delimiter) -> (
    delimiter: Delimiter, line: Int
  )? {
    guard let (delimiter, count) = usual(in: beginning), delimiter != other else { return nil }
    let counts = delimiter.breaks(in: beginning)
    let others = other.breaks(in: beginning)
    // Tabs may stand around the fields of lines that all have commas.
    guard regularity(of: others) < regularity(of: counts) else { return nil }
    guard let line = counts.firstIndex(of: count), others[line] < count else { return nil }
    return (delimiter, line + 1)
  }

  private static func usual(in beginning: ArraySlice<UInt8>) -> (
    delimiter: Delimiter, count: Int
  )? {
    var best: (delimiter: Delimiter, count: Int, score: Int)?
    for candidate in allCases {
      let counts = candidate.breaks(in: beginning).filter { $0 > 0 }
      let usual = Dictionary(grouping: counts, by: { $0 }).max {
        ($0.value.count, $0.key) < ($1.value.count, $1.key)
      }
      guard let usual else { continue }
      let score = usual.value.count * 4 + min(3, usual.key)
      if score > best?.score ?? 0 { best = (candidate, usual.key, score) }
    }
    return best.map { ($0.delimiter, $0.count) }
  }

  /// How many lines have the same number of breaks, of those with any.
  private static func regularity(of counts: [Int]) -> Int {
    Dictionary(grouping: counts.filter { $0 > 0 }, by: { $0 }).map(\.value.count).max() ?? 0
  }

  /// How often it occurs outside quotes, by line.
  private func breaks(in text: ArraySlice<UInt8>) -> [Int] {
    var counts: [Int] = []
    var count = 0
    var isQuoted = false
    for byte in text {
      if byte == 34 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == rawValue { count += 1 }
      if byte == 10 {
        counts.append(count)
        count = 0
      }
    }
    return counts + [count]
  }
}
