import Extracts
import Mismatch

/// A day, a whole year, or any other stretch of days.
package struct Span: Sendable, Equatable {
  /// The first day, as the number yyyymmdd.
  let start: Int
  /// The first day after, in the same order.
  let end: Int
  /// Whether it is a whole year.
  let isYear: Bool

  /// The span of a text: `2025-09-29`, `29/09/2025` or `2025`; nil for any other.
  package init?(_ text: String) {
    let isISO = text.contains("-")
    let parts = text.split(separator: isISO ? "-" : "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == parts.count else { return nil }
    switch parts.map(\.count) {
    case [4]:
      self.init(start: numbers[0] * 10000 + 101, end: (numbers[0] + 1) * 10000 + 101, isYear: true)
    case [4, 2, 2] where isISO:
      self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    case [2, 2, 4] where !isISO:
      self.init(year: numbers[2], month: numbers[1], day: numbers[0])
    default: return nil
    }
  }

  private init(start: Int, end: Int, isYear: Bool) {
    self.start = start
    self.end = end
    self.isYear = isYear
  }

  private init?(year: Int, month: Int, day: Int) {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...days[month - 1]).contains(day) else { return nil }
    let number = year * 10000 + month * 100 + day
    self.init(start: number, end: number + 1, isYear: false)
  }
}

/// When a code is in use: from its first day to the day before it ends; open where nothing is said.
package struct Lifetime: Sendable, Equatable {
  package var start = Int.min
  package var end = Int.max

  package init() {

  }

  /// How a lifetime meets a span.
  package enum Standing { case throughout, partly, never }

  /// A lifetime from dates of introduction and termination.
  ///
  /// A code is no longer in use on the day of its termination; one that ends with a year is in use to
  /// that year's end.
  package init(from: Span?, to: Span?) {
    if let from { start = from.start }
    if let to { end = to.isYear ? to.end : to.start }
  }

  package func standing(in span: Span) -> Standing {
    if start <= span.start, span.end <= end { return .throughout }
    return span.end <= start || end <= span.start ? .never : .partly
  }

  /// A lifetime that holds both.
  package func union(_ other: Lifetime) -> Lifetime {
    var union = self
    union.start = min(start, other.start)
    union.end = max(end, other.end)
    return union
  }

  /// "from 2023-04-01", "until 2025-09-29", or both.
  package var text: String {
    var parts: [String] = []
    if start != .min { parts.append("from \(Lifetime.date(start))") }
    if end != .max { parts.append("until \(Lifetime.date(end))") }
    return parts.isEmpty ? "at all times" : parts.joined(separator: " ")
  }

  private static func date(_ number: Int) -> String {
    let digits = String(number)
    return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
  }
}

/// Columns that say when a row of a register or a lookup holds, and the time that the job wants.
package struct LifeJob: Sendable {
  package let from: String?
  package let to: String?
  /// Nil keeps rows of all times.
  package let asOf: Span?
  package let asOfText: String
}

/// Keys of a register that say when its codes live.
let lifeKeys = ["introduced", "terminated", "as-of"]

extension JobNode {
  /// The columns and the date of a register or a lookup; nil where the job names none.
  package func life(_ keys: [String: JobNode], from fromKey: String, to toKey: String) throws
    -> LifeJob?
  {
    let (from, to) = (try keys[fromKey]?.text(), try keys[toKey]?.text())
    guard let asOf = keys["as-of"] else {
      return from == nil && to == nil ? nil : LifeJob(from: from, to: to, asOf: nil, asOfText: "")
    }
    guard from != nil || to != nil else {
      throw asOf.wrong(expected: "also the columns `\(fromKey)`, `\(toKey)`")
    }
    guard let span = Span(try asOf.text()) else {
      throw asOf.wrong(expected: "a date or a year: 2025-09-29, 29/09/2025 or 2025")
    }
    return LifeJob(from: from, to: to, asOf: span, asOfText: try asOf.text())
  }
}
