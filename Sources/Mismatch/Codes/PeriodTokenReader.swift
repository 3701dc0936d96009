/// What a parser takes of a label's parts.
extension PeriodParser {
  /// What a form finds; nothing is taken where it finds nothing.
  mutating func attempt<Found>(_ form: (inout PeriodParser) -> Found?) -> Found? {
    var parser = self
    guard let found = form(&parser) else { return nil }
    self = parser
    return found
  }

  mutating func take(_ token: PeriodToken) -> Bool {
    guard rest.first == token else { return false }
    rest.removeFirst()
    return true
  }

  /// A dash or a slash.
  mutating func mark() -> PeriodToken? {
    take(.dash) ? .dash : take(.slash) ? .slash : nil
  }

  mutating func month() -> Int? {
    guard case .month(let month)? = rest.first else { return nil }
    rest.removeFirst()
    return month
  }

  /// A number of so many digits.
  mutating func number(_ widths: ClosedRange<Int>) -> Int? {
    guard case .number(let value, let width)? = rest.first, widths.contains(width) else {
      return nil
    }
    rest.removeFirst()
    return value
  }

  mutating func number(_ width: Int) -> Int? { number(width...width) }

  /// A day of a month, `9` or `9th`.
  mutating func ordinal() -> Int? {
    guard let day = number(1...2) else { return nil }
    _ = take(.word(.th)) || take(.word(.st)) || take(.word(.nd)) || take(.word(.rd))
    return day
  }

  /// A year of four digits.
  mutating func year() -> Int? {
    guard case .number(let value, width: 4)? = rest.first, isYear(value) else { return nil }
    return number(4)
  }

  /// A year of four digits or two.
  mutating func anyYear() -> Int? { year() ?? number(2).map(century) }
}
