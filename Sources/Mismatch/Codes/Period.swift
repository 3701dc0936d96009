/// A period as a source writes it: its label, the kind of period, and when it begins and ends.
///
/// What is read, in any case, with any spaces, and with or without a mark of revision at the end such as
/// `(p)` or `[r]`:
///
/// | Kind | Examples |
/// | --- | --- |
/// | month | `Dec 22`, `December 2022`, `Jul-25`, `2022-12`, `2022 December`, `202212`, `2022M12` |
/// | week | `2022 Week 5`, `2022-W05` (ISO 8601) |
/// | quarter | `Q1 2023`, `2023 Q1`, `2023Q1`, `2022/23 Q2`; several: `2022/23 Q1-Q3` |
/// | half-year | `H1 2023`, `2023 H2` |
/// | range of months | `Jan-Mar 2023`, `Nov-Jan 2002`, `Apr 2024-Mar 2025`, `12 months ending Mar 2025` |
/// | two-year label | `2021/22`, `2021-22`, `2021/2022`, `202122`, `21/22` |
/// | academic year | `AY23/24`, `academic year 2023/24` |
/// | financial year | `FY 2021-22`, `2021-22 financial year`, `tax year 2021-22` |
/// | part of such a year | `2025/26 (Aug to Apr)`, `202223 Autumn term`, `202223 Part 1 (April to September)` |
/// | calendar year | `2023`, `calendar year 2023`, `2023 reporting year` |
/// | date | `2023-03-09`, `20230309`, `09/03/2023`, `9 March 2023` |
///
/// Where a label could be read in two ways, these rules decide:
///
/// - Two numbers of which the second is the year after the first are a year from one to the other:
///   `202122` is 2021/22, `202112` is December 2021. `2011-12` and `201112` could be either: among other labels
///   of months they are months (``PeriodLabels``), otherwise 2011/12.
/// - Such a year is an academic year, from 1 August, unless its label says that it is a financial year (from
///   1 April) or a tax year (from 6 April). Its quarters and halves count from there.
/// - A date in numbers is day, month, year, as in Britain, unless the year comes first.
/// - Two digits of a year are those from 1969 to 2068.
/// - A range of months that names one year names that of its last month.
///
/// Years lie between 1900 and 2100. All else is no period: nothing is guessed.
package struct Period: Sendable, Hashable {
  /// What a label stands for.
  package enum Kind: String, Sendable, CaseIterable {
    case twoYears = "academic or financial year"
    case academicYear = "academic year"
    case financialYear = "financial year"
    case partYear = "part of an academic or financial year"
    case calendarYear = "calendar year"
    case halfYear = "half-year"
    case quarter
    case month
    case months = "range of months"
    case week
    case date
  }

  /// The label as the source has it.
  package let label: String
  package let kind: Kind
  package let span: Span
}

extension Period {
  /// A day of the Gregorian calendar.
  package struct Day: Sendable, Hashable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// A day that there is; nil for any other.
    package init?(_ year: Int, _ month: Int, _ day: Int) {
      guard (1...12).contains(month), day >= 1, day <= Day.count(year, month) else { return nil }
      (self.year, self.month, self.day) = (year, month, day)
    }

    /// The same or the nearest earlier day of the month so many months on.
    func adding(months: Int) -> Day {
      let number = year * 12 + month - 1 + months
      let (year, month) = (number / 12, number % 12 + 1)
      return Day(unchecked: (year, month, min(day, Day.count(year, month))))
    }

    /// The day after.
    var next: Day {
      Day(year, month, day + 1) ?? Day(unchecked: (year, month, 1)).adding(months: 1)
    }

    private init(unchecked parts: (Int, Int, Int)) { (year, month, day) = parts }

    private static func count(_ year: Int, _ month: Int) -> Int {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    package static func < (left: Day, right: Day) -> Bool {
      (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
  }

  /// When a period begins and ends; in order of start, then of length.
  package struct Span: Sendable, Hashable, Comparable {
    package let start: Day
    /// The first day after it.
    package let end: Day

    /// Nil where nothing lies between.
    init?(from start: Day, to end: Day) {
      guard start < end else { return nil }
      (self.start, self.end) = (start, end)
    }

    init(_ start: Day, months: Int) {
      (self.start, end) = (start, start.adding(months: months))
    }

    init(day: Day) { (start, end) = (day, day.next) }

    /// A week of ISO 8601, from Monday on: the first one of a year has its 4 January; nil for a week that the year
    /// lacks.
    init?(year: Int, week: Int) {
      let before = year - 1
      guard week > 0, var monday = Day(before, 12, 29) else { return nil }
      // The year 1 began on a Monday.
      let newYear = (before * 365 + before / 4 - before / 100 + before / 400) % 7
      for _ in 0..<(10 - newYear) % 7 + (week - 1) * 7 { monday = monday.next }
      let end = (0..<7).reduce(monday) { day, _ in day.next }
      guard (0..<3).reduce(monday, { day, _ in day.next }).year == year else { return nil }
      (start, self.end) = (monday, end)
    }

    /// Its length in months; nil where that is no whole number of them.
    package var monthCount: Int? {
      start.day == end.day ? (end.year - start.year) * 12 + end.month - start.month : nil
    }

    package static func < (left: Span, right: Span) -> Bool {
      (left.start, left.end) < (right.start, right.end)
    }
  }
}
