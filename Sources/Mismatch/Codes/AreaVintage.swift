/// The years of boundaries in which a set of district codes was in use.
///
/// Only changes that the Register of Geographic Codes dates are known here; codes that never changed
/// say nothing.
package enum AreaVintage {
  private struct Change {
    let year: Int
    let introduced: [String]
    let abolished: [String]
  }

  private static func district(_ letter: Int, _ serials: ClosedRange<Int>) -> [String] {
    serials.map { serial in
      let digits = String(serial)
      return "E0\(letter)" + String(repeating: "0", count: 6 - digits.count) + digits
    }
  }

  private static let changes = [
    Change(
      year: 2019, introduced: ["E06000058", "E06000059"] + district(7, 244...246),
      abolished: ["E06000028", "E06000029"] + district(7, 48...53)
        + district(7, 190...191) + ["E07000201"] + district(7, 204...206)),
    Change(year: 2020, introduced: ["E06000060"], abolished: district(7, 4...7)),
    Change(
      year: 2021, introduced: ["E06000061", "E06000062"], abolished: district(7, 150...156)),
    Change(
      year: 2023, introduced: district(6, 63...66),
      abolished: district(7, 26...31) + district(7, 163...169) + district(7, 187...189)
        + ["E07000246"]),
    Change(
      year: 2025, introduced: ["E08000038", "E08000039"], abolished: ["E08000016", "E08000019"]),
  ]

  /// What a set of codes says of the boundaries that it follows; nil where they say nothing.
  package static func text(of codes: Set<String>) -> String? {
    var from: (year: Int, code: String)?
    var before: (year: Int, code: String)?
    for change in changes {
      if let code = change.introduced.first(where: codes.contains) { from = (change.year, code) }
      if before == nil, let code = change.abolished.first(where: codes.contains) {
        before = (change.year, code)
      }
    }
    switch (from, before) {
    case (let from?, let before?) where from.year >= before.year:
      return
        "mixed: \(before.code) ended with the changes of \(before.year), "
        + "\(from.code) began with those of \(from.year)"
    case (let from?, let before?):
      return "after the changes of \(from.year), before those of \(before.year)"
    case (let from?, nil): return "after the changes of \(from.year)"
    case (nil, let before?): return "before the changes of \(before.year)"
    default: return nil
    }
  }
}
