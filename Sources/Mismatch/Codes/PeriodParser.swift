extension Period {
  /// The period of a label by itself; nil for a text that is no period.
  package init?(_ label: String) { self.init(label, prefersMonth: false) }

  /// The period of a label, by the rules that ``Period`` states.
  ///
  /// - Parameter prefersMonth: whether `2011-12` and `201112` are months.
  init?(_ label: String, prefersMonth: Bool) {
    guard let reading = PeriodParser.read(label, prefersMonth: prefersMonth) else { return nil }
    self.init(label: label, kind: reading.kind, span: reading.span)
  }
}

/// Reads the label of a period by the rules that ``Period`` states.
struct PeriodParser {
  typealias Reading = (kind: Period.Kind, span: Period.Span)
  private typealias Form = @Sendable (inout PeriodParser) -> Reading?

  var rest: ArraySlice<PeriodToken>
  private let prefersMonth: Bool

  /// The kind and the span of a label; nil for a text that is no period.
  static func read(_ label: String, prefersMonth: Bool) -> Reading? {
    guard let tokens = PeriodToken.tokens(of: label) else { return nil }
    let start = PeriodParser(rest: tokens, prefersMonth: prefersMonth)
    for form in forms {
      var parser = start
      if let reading = form(&parser), parser.rest.isEmpty { return reading }
    }
    return nil
  }

  /// The first that fits a whole label is what it is.
  private static let forms: [Form] = [
    { $0.datePeriod() }, { $0.monthPeriod() }, { $0.weekPeriod() }, { $0.partOfYear() },
    { $0.wholeYear() },
    { $0.range() }, { $0.months() },
  ]
}

// MARK: Forms

extension PeriodParser {
  private mutating func datePeriod() -> Reading? {
    guard let day = date() else { return nil }
    // A time of day says nothing of the period.
    if take(.word(.t)) || number(2) != nil {
      while number(1...8) != nil {}
      _ = take(.word(.z))
    }
    return (.date, Period.Span(day: day))
  }

  private mutating func monthPeriod() -> Reading? {
    monthOfYear().map { (.month, Period.Span($0, months: 1)) }
  }

  /// A quarter, a half or some months of a year.
  private mutating func partOfYear() -> Reading? {
    var part = self.part()
    guard let year = twoYears() ?? calendarYear(anyWidth: part != nil) else { return nil }
    if part == nil {
      if let months = monthsInBrackets(of: year) { return (.partYear, months) }
      _ = take(.dash)
      part = self.part() ?? term(of: year)
    }
    return part.map { part in
      let kinds: [Int: Period.Kind] = [3: .quarter, 6: .halfYear]
      return (
        part.isTerm ? .partYear : kinds[part.count] ?? .partYear,
        Period.Span(year.start.adding(months: part.first), months: part.count)
      )
    }
  }

  /// A week of a year.
  private mutating func weekPeriod() -> Reading? {
    let week = self.week()
    guard let year = year() else { return nil }
    if week == nil { _ = take(.dash) }
    guard let week = week ?? self.week() else { return nil }
    return Period.Span(year: year, week: week).map { (.week, $0) }
  }

  private mutating func wholeYear() -> Reading? {
    (twoYears() ?? calendarYear(anyWidth: false)).map { year in
      (year.kind, Period.Span(year.start, months: 12))
    }
  }

  /// From a month or a day to another one.
  private mutating func range() -> Reading? {
    if let months = monthsOfYear() { return (.months, months) }
    guard let first = point(), take(.dash) || take(.word(.to)), let last = point() else {
      return nil
    }
    return Period.Span(from: first.start, to: last.end).map { (.months, $0) }
  }

  /// So many months that end with a month or a day.
  private mutating func months() -> Reading? {
    let isYear = take(.word(.ye))
    guard let count = isYear ? 12 : monthCount(),
      isYear || take(.word(.to)) || take(.word(.ending)) || take(.word(.ended)),
      let last = point()
    else { return nil }
    return Period.Span(from: last.end.adding(months: -count), to: last.end).map { (.months, $0) }
  }
}

// MARK: Parts

extension PeriodParser {
  /// A year with the kind that it is and the day that its quarters count from.
  private typealias Year = (kind: Period.Kind, start: Period.Day)

  private mutating func date() -> Period.Day? {
    attempt { parser in
      guard let year = parser.year(), let mark = parser.mark(), let month = parser.number(1...2),
        parser.take(mark), let day = parser.number(1...2)
      else { return nil }
      return Period.Day(year, month, day)
    }
      ?? attempt { parser in
        guard let day = parser.number(1...2), let mark = parser.mark(),
          let month = parser.number(1...2), parser.take(mark), let year = parser.year()
        else { return nil }
        return Period.Day(year, month, day)
      }
      ?? attempt { parser in
        guard let day = parser.ordinal() else { return nil }
        let mark = parser.mark()
        guard let month = parser.month(), mark.map({ parser.take($0) }) ?? true,
          let year = parser.anyYear()
        else { return nil }
        return Period.Day(year, month, day)
      }
      ?? attempt { parser in
        guard let month = parser.month(), let day = parser.ordinal(), let year = parser.year()
        else { return nil }
        return Period.Day(year, month, day)
      }
      ?? attempt { parser in
        guard let figures = parser.number(8), isYear(figures / 10_000) else { return nil }
        return Period.Day(figures / 10_000, figures / 100 % 100, figures % 100)
      }
  }

  /// The first day of a month that names its year.
  private mutating func monthOfYear() -> Period.Day? {
    attempt { parser in
      guard let month = parser.month() else { return nil }
      _ = parser.mark()
      return parser.anyYear().flatMap { Period.Day($0, month, 1) }
    }
      ?? attempt { parser in
        guard let year = parser.year() else { return nil }
        let hasDash = parser.take(.dash)
        if let month = parser.month() { return Period.Day(year, month, 1) }
        if parser.take(.word(.m)) {
          return parser.number(1...2).flatMap { Period.Day(year, $0, 1) }
        }
        guard hasDash, let month = parser.number(2) else { return nil }
        return parser.plainMonth(year, month)
      }
      ?? attempt { parser in
        guard let figures = parser.number(6), isYear(figures / 100) else { return nil }
        return parser.plainMonth(figures / 100, figures % 100)
      }
  }

  /// The month of a year in figures alone, where these are not two years.
  private func plainMonth(_ year: Int, _ month: Int) -> Period.Day? {
    !prefersMonth && (year + 1) % 100 == month ? nil : Period.Day(year, month, 1)
  }

  /// A month with its year, or a day.
  private mutating func point() -> Period.Span? {
    date().map { Period.Span(day: $0) } ?? monthOfYear().map { Period.Span($0, months: 1) }
  }

  /// A range of months whose year stands once, before or behind it.
  private mutating func monthsOfYear() -> Period.Span? {
    attempt { parser in
      let year = parser.year()
      guard let (first, last) = parser.twoMonths(), let year = year ?? parser.anyYear(),
        let start = Period.Day(first > last ? year - 1 : year, first, 1)
      else { return nil }
      return Period.Span(start, months: (last - first + 12) % 12 + 1)
    }
  }

  /// The months of a year that brackets behind it name, such as `(Aug to Apr)`.
  private mutating func monthsInBrackets(of year: Year) -> Period.Span? {
    attempt { parser in
      var year = year
      if parser.take(.word(.part)) {
        // Parts of EES halve a financial year, whatever the two years say.
        guard parser.number(1) != nil, let start = Period.Day(year.start.year, 4, 1) else {
          return nil
        }
        year.start = start
      }
      guard year.kind != .calendarYear, parser.take(.open), let (first, last) = parser.twoMonths(),
        parser.take(.close)
      else { return nil }
      let offset = { (month: Int) in (month - year.start.month + 12) % 12 }
      guard offset(first) <= offset(last) else { return nil }
      let start = year.start.adding(months: offset(first))
      return Period.Span(start, months: offset(last) - offset(first) + 1)
    }
  }

  private mutating func twoMonths() -> (first: Int, last: Int)? {
    attempt { parser in
      guard let first = parser.month(), parser.take(.dash) || parser.take(.word(.to)),
        let last = parser.month()
      else { return nil }
      return (first, last)
    }
  }

  /// Some months of a year, counted from its first.
  private typealias Part = (first: Int, count: Int, isTerm: Bool)

  /// A quarter, several quarters, or a half.
  private mutating func part() -> Part? {
    attempt { parser in
      let isHalf = parser.take(.word(.h))
      guard isHalf || parser.take(.word(.q)) || parser.take(.word(.quarter)),
        let first = parser.number(1), (1...(isHalf ? 2 : 4)).contains(first)
      else { return nil }
      if isHalf { return ((first - 1) * 6, 6, false) }
      let last = parser.attempt { parser -> Int? in
        guard parser.take(.dash), parser.take(.word(.q)) else { return nil }
        return parser.number(1).flatMap { (first + 1...5).contains($0) && $0 < 5 ? $0 : nil }
      }
      return ((first - 1) * 3, ((last ?? first) - first + 1) * 3, false)
    }
  }

  /// One or two terms of an academic year.
  private mutating func term(of year: Year) -> Part? {
    guard year.kind == .twoYears || year.kind == .academicYear else { return nil }
    return attempt { parser in
      let terms: [(PeriodToken.Word, Part)] = [
        (.autumn, (1, 4, true)), (.spring, (5, 3, true)), (.summer, (8, 4, true)),
      ]
      guard var part = terms.first(where: { parser.take(.word($0.0)) })?.1 else { return nil }
      if parser.take(.word(.and)) {
        guard part.first == 1, parser.take(.word(.spring)) else { return nil }
        part.count = 7
      }
      return parser.take(.word(.term)) ? part : nil
    }
  }

  private mutating func week() -> Int? {
    attempt { parser in
      parser.take(.word(.week)) || parser.take(.word(.w)) ? parser.number(1...2) : nil
    }
  }

  private mutating func calendarYear(anyWidth: Bool) -> Year? {
    attempt { parser in
      let isNamed = parser.nameOfCalendarYear()
      let year = anyWidth ? parser.anyYear() : parser.year()
      if !isNamed { _ = parser.nameOfCalendarYear() }
      return year.flatMap { Period.Day($0, 1, 1) }.map { (.calendarYear, $0) }
    }
  }

  private mutating func nameOfCalendarYear() -> Bool {
    if take(.word(.cy)) { return true }
    return attempt { parser -> Bool? in
      let isNamed = parser.take(.word(.calendar)) || parser.take(.word(.reporting))
      return isNamed && parser.take(.word(.year)) ? true : nil
    } ?? false
  }

  /// A year from one to the next, with what its words say of it.
  private mutating func twoYears() -> Year? {
    attempt { parser in
      let before = parser.yearName()
      guard let year = parser.firstOfTwo(isNamed: before != nil) else { return nil }
      let name = before ?? parser.yearName()
      let start = name?.start ?? (month: 8, day: 1)
      return Period.Day(year, start.month, start.day).map { (name?.kind ?? .twoYears, $0) }
    }
  }

  /// The earlier of two years of which the second follows the first.
  private mutating func firstOfTwo(isNamed: Bool) -> Int? {
    attempt { parser in
      guard let first = parser.year(), parser.mark() != nil else { return nil }
      if let second = parser.number(2) { return (first + 1) % 100 == second ? first : nil }
      return parser.year() == first + 1 ? first : nil
    }
      ?? attempt { parser in
        guard let first = parser.number(2), parser.take(.slash) || (isNamed && parser.take(.dash)),
          let second = parser.number(2), (first + 1) % 100 == second
        else { return nil }
        return century(first)
      }
      ?? attempt { parser in
        guard let figures = parser.number(6), isYear(figures / 100),
          (figures / 100 + 1) % 100 == figures % 100
        else { return nil }
        return figures / 100
      }
  }

  private typealias YearName = (kind: Period.Kind, start: (month: Int, day: Int))

  private mutating func yearName() -> YearName? {
    if take(.word(.ay)) { return (.academicYear, (8, 1)) }
    if take(.word(.fy)) { return (.financialYear, (4, 1)) }
    let names: [(PeriodToken.Word, YearName)] = [
      (.academic, (.academicYear, (8, 1))), (.financial, (.financialYear, (4, 1))),
      (.tax, (.financialYear, (4, 6))),
    ]
    for (word, name) in names where take(.word(word)) {
      return take(.word(.year)) ? name : nil
    }
    return nil
  }

  private mutating func monthCount() -> Int? {
    _ = take(.word(.rolling))
    if take(.word(.year)) { return 12 }
    if take(.word(.quarter)) { return 3 }
    let words: [(PeriodToken.Word, Int)] = [(.three, 3), (.six, 6), (.twelve, 12)]
    let number = words.first { take(.word($0.0)) }?.1 ?? number(1...2)
    guard take(.word(.months)) || take(.word(.month)), let number, number > 0 else { return nil }
    return number
  }
}
