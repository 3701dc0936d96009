import Mismatch

/// A time as explore education statistics has it.
struct EESTime: Hashable {
  /// Four digits of one year, or six of two.
  let period: String
  let identifier: String
  /// Identifiers that one file may hold together.
  let family: String

  /// Nil for a label that is no such time.
  init?(_ label: String) {
    guard let span = Period(label)?.span, let length = span.monthCount else { return nil }
    let start = span.start
    guard start.day == 1 || (length, start.month, start.day) == (12, 4, 6) else { return nil }
    let identifier: String? =
      switch length {
      case 1: EESTime.months[start.month - 1]
      case 3 where start.month % 3 == 1: "Financial year Q\((start.month + 8) % 12 / 3 + 1)"
      case 6 where start.month == 4: "Part 1 (April to September)"
      case 6 where start.month == 10: "Part 2 (October to March)"
      case 12:
        [
          1: "Calendar year", 4: start.day == 6 ? "Tax year" : "Financial year", 8: "Academic year",
        ][
          start.month]
      default: nil
      }
    guard let identifier else { return nil }
    self.identifier = identifier
    family = length == 12 ? identifier : "\(length) months"
    let hasOneYear = length == 1 || identifier == "Calendar year"
    let first = !hasOneYear && start.month < 4 ? start.year - 1 : start.year
    let second = String((first + 1) % 100)
    period = hasOneYear ? "\(first)" : "\(first)" + (second.count == 1 ? "0" : "") + second
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The time of each pair of periods, that of its provision.
  ///
  /// - Throws: ``Failure`` (`badData`) for a label that is no such time, and for those that one file cannot hold.
  static func times(of pairs: [String], in file: String) throws -> [Spelling: EESTime] {
    var times: [Spelling: EESTime] = [:]
    var first: (label: String, time: EESTime)?
    for pair in pairs {
      let label = provision(of: pair)
      guard let time = EESTime(label) else {
        throw Failure(
          .badData, at: Place(file: file),
          "the period \"\(label)\" is no time of explore education statistics",
          expected:
            "a calendar, academic, financial or tax year, a half or a quarter of a financial year, or a month",
          advice: "Leave `ees` out of `output`, or pair such periods")
      }
      if let first, first.time.family != time.family {
        throw Failure(
          .badData, at: Place(file: file),
          "the periods \"\(first.label)\" and \"\(label)\" cannot stand in one file of explore education statistics",
          expected: "\(first.time.identifier) in all",
          advice: "Run a job for each kind of period")
      }
      first = first ?? (label, time)
      times[Spelling(pair)] = time
    }
    return times
  }

  /// The period of provision in the label of a pair.
  private static func provision(of pair: String) -> String {
    (pair.split(separator: "=").first.map(String.init) ?? pair).trimmed()
  }
}
