/// Periods of one length that follow each other at equal steps of whole months, from the first that a side has to its
/// last, with those between that it lacks.
package struct PeriodSequence: Sendable {
  /// Months from the start of one period to the start of the next.
  package let step: Int
  /// As the side writes them; of periods that it lacks, as ``label(_:)``.
  package let labels: [String]
  /// Whether the side has each of them.
  package let isKnown: [Bool]
  private let first: Period

  /// The sequence of a side's labels.
  ///
  /// - Throws: ``Failure`` (`badData`) for a label that is no period, for two labels of one period, for periods that
  ///   are no whole months or differ in length, and for one that stands between two steps.
  package init(_ labels: [String]) throws {
    let all = PeriodLabels(labels)
    let periods = try all.sorted.map { label in
      guard let period = all[label], let count = period.span.monthCount else {
        throw Failure(
          .badData, "the period \"\(label)\" is not a date of whole months",
          expected: "labels such as Dec 22, 2023 Q1 or 2021/22",
          advice: "Leave other rows out with `where`")
      }
      return (period: period, months: count)
    }
    if let twins = all.twins.first {
      throw Failure(
        .badData, "\(Failure.examples(twins)) are one period",
        expected: "one label for each period",
        advice: "Leave one of them out with `where`")
    }
    guard let first = periods.first else {
      throw Failure(.badData, "there is no period", expected: "rows below the header")
    }
    let start = first.period.span.start
    func verify(_ period: Period, _ isInStep: Bool) throws {
      guard !isInStep else { return }
      throw Failure(
        .badData, "the period \"\(period.label)\" is not in step with the others",
        expected: "periods of \(first.months) months, as \"\(first.period.label)\", at equal steps",
        advice: "Leave other periods out with `where`")
    }
    for item in periods {
      let isAlike = item.months == first.months && item.period.span.start.day == start.day
      try verify(item.period, isAlike)
    }
    let starts = periods.map { Self.month($0.period.span.start) }
    let step = zip(starts, starts.dropFirst()).map { $1 - $0 }.min() ?? first.months
    for (start, item) in zip(starts, periods) {
      try verify(item.period, (start - starts[0]).isMultiple(of: step))
    }
    (self.step, self.first) = (step, first.period)
    var known: [Int: String] = [:]
    for (start, item) in zip(starts, periods) {
      known[(start - starts[0]) / step] = item.period.label
    }
    let numbers = 0...((starts[starts.count - 1] - starts[0]) / step)
    let (own, span) = (first.period, step)
    self.labels = numbers.map { known[$0] ?? Self.label($0, from: own, step: span) }
    isKnown = numbers.map { known[$0] != nil }
  }

  package var count: Int { labels.count }

  /// A year's periods where a year has several, as a season; nil otherwise.
  package var season: Int? { step < 12 && 12.isMultiple(of: step) ? 12 / step : nil }

  /// The label of a period by its number from the first on, also beyond the last: as the side writes it where it has
  /// it, otherwise `Jul 2026`, `2026`, `2026/27` or a range of months.
  package func label(_ number: Int) -> String {
    labels.indices.contains(number)
      ? labels[number] : Self.label(number, from: first, step: step)
  }

  /// The number of a period that a text means, from the first on; nil where the text is no period in step.
  package func number(of text: String) -> Int? {
    guard let span = Period(text, prefersMonth: first.kind == .month)?.span else { return nil }
    let distance = Self.month(span.start) - Self.month(first.span.start)
    let number = distance / step
    guard distance >= 0, distance.isMultiple(of: step), self.span(number) == span else {
      return nil
    }
    return number
  }

  /// The number of the period that holds the middle of another one; nil where none does.
  package func number(holding other: Period.Span) -> Int? {
    guard let months = other.monthCount, let length = first.span.monthCount else { return nil }
    let middle = 2 * Self.month(other.start) + months
    return labels.indices.first { number in
      let start = 2 * (Self.month(first.span.start) + number * step)
      return start <= middle && middle < start + 2 * length
    }
  }

  /// When a period begins and ends.
  package func span(_ number: Int) -> Period.Span {
    Period.Span(
      first.span.start.adding(months: number * step), months: first.span.monthCount ?? step)
  }

  private static func month(_ day: Period.Day) -> Int { day.year * 12 + day.month - 1 }

  private static func label(_ number: Int, from first: Period, step: Int) -> String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let start = first.span.start.adding(months: number * step)
    let last = first.span.end.adding(months: number * step - 1)
    let years = "\(start.year)/\((start.year + 1) % 100 < 10 ? "0" : "")\((start.year + 1) % 100)"
    switch first.kind {
    case .month: return "\(names[start.month - 1]) \(start.year)"
    case .calendarYear: return "\(start.year)"
    case .twoYears: return years
    case .academicYear: return "AY\(years)"
    case .financialYear: return "FY \(years)"
    default:
      return
        "\(names[start.month - 1]) \(start.year)-\(names[last.month - 1]) \(last.year)"
    }
  }
}
