/// The years of boundaries in which district codes were in use.
///
/// Only changes that the Register of Geographic Codes dates are known here; codes that never changed say nothing.
package enum AreaVintage {
  private struct Change {
    let year: Int
    let introduced: [String]
    let abolished: [String]

    init(_ year: Int, introduced: String, abolished: String) {
      self.year = year
      self.introduced = AreaContainers.codes(introduced)
      self.abolished = AreaContainers.codes(abolished)
    }
  }

  /// Earliest first: new districts of England, and districts of England and Scotland that have had new codes since
  /// their borders moved.
  private static let changes = [
    Change(
      2013, introduced: "E06:57 E07:240-243 E08:37",
      abolished: "E06:48 E07:97,100,101,104 E08:20"),
    Change(2018, introduced: "S12:47,48", abolished: "S12:15,24"),
    Change(
      2019, introduced: "E06:58,59 E07:244-246 S12:49,50",
      abolished: "E06:28,29 E07:48-53,190,191,201,204-206 S12:44,46"),
    Change(2020, introduced: "E06:60", abolished: "E07:4-7"),
    Change(2021, introduced: "E06:61,62", abolished: "E07:150-156"),
    Change(
      2023, introduced: "E06:63-66", abolished: "E07:26-31,163-169,187-189,246"),
    Change(2025, introduced: "E08:38,39", abolished: "E08:16,19"),
  ]

  private static let years: (introduced: [String: Int], abolished: [String: Int]) = (
    introduced: byCode(\.introduced), abolished: byCode(\.abolished)
  )

  private static func byCode(_ codes: KeyPath<Change, [String]>) -> [String: Int] {
    changes.reduce(into: [:]) { all, change in
      for code in change[keyPath: codes] { all[code] = change.year }
    }
  }

  /// The changes with which a code began; nil where they are not known.
  package static func beginning(of code: String) -> Int? { years.introduced[code] }

  /// The changes with which a code ended; nil where they are not known.
  package static func end(of code: String) -> Int? { years.abolished[code] }

  /// What is known of one code: `ended with the changes of 2023`; nil where nothing is.
  package static func text(of code: String) -> String? {
    end(of: code).map { "ended with the changes of \($0)" }
      ?? beginning(of: code).map { "began with the changes of \($0)" }
  }

  /// Codes that cannot be of the same boundaries: those that ended with or before the changes with which others
  /// began; nil where there are none.
  ///
  /// Both are in code order.
  package static func conflict(ended: some Sequence<String>, began: some Sequence<String>) -> (
    ended: [String], began: [String]
  )? {
    let ends = ended.compactMap { code in end(of: code).map { (code: code, year: $0) } }
    let beginnings = began.compactMap { code in beginning(of: code).map { (code: code, year: $0) } }
    guard let first = ends.map(\.year).min(), let last = beginnings.map(\.year).max(), first <= last
    else { return nil }
    return (
      Codebook.sorted(ends.filter { $0.year <= last }.map(\.code)),
      Codebook.sorted(beginnings.filter { $0.year >= first }.map(\.code))
    )
  }

  /// What a set of codes says of the boundaries that it follows; nil where they say nothing.
  package static func text(of codes: Set<String>) -> String? {
    if let (ended, began) = conflict(ended: codes, began: codes),
      let last = began.max(by: { (beginning(of: $0) ?? 0, $1) < (beginning(of: $1) ?? 0, $0) }),
      let before = end(of: ended[0]), let from = beginning(of: last)
    {
      return "mixed: \(ended[0]) ended with the changes of \(before), "
        + "\(last) began with those of \(from)"
    }
    let from = codes.compactMap { beginning(of: $0) }.max()
    let before = codes.compactMap { end(of: $0) }.min()
    let parts = [
      from.map { "after the changes of \($0)" },
      before.map { from == nil ? "before the changes of \($0)" : "before those of \($0)" },
    ]
    return from == nil && before == nil ? nil : parts.compactMap { $0 }.joined(separator: ", ")
  }
}
