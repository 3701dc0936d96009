import Foundation
import Support
import Testing

@testable import Mismatch

/// Labels of periods: what is read, what is not, and how they are ordered.
struct PeriodParserTests {
  /// Labels with what they all are: kind, first day and first day after.
  struct Group: Sendable, CustomTestStringConvertible {
    let labels: [String]
    let kind: Period.Kind
    let start: [Int]
    let end: [Int]

    init(_ kind: Period.Kind, _ start: [Int], _ end: [Int], _ labels: [String]) {
      (self.labels, self.kind, self.start, self.end) = (labels, kind, start, end)
    }

    var testDescription: String { labels[0] }
  }

  static let groups: [Group] = [
    Group(
      .month, [2022, 12, 1], [2023, 1, 1],
      [
        "Dec 22", "Dec-22", "Dec22", "dec. 22", "DECEMBER 2022", "December 2022", "2022-12",
        "2022 December", "2022 Dec", "202212", "2022M12", "2022m12", "2022-M12", "Dec 22 ",
        " Dec 22 (p)", "Dec 22(r) ", "2022-12 [p]", "Dec 22 (r) (p)", "Dec 22 (provisional)",
        "Dec\u{a0}22",
      ]),
    Group(.month, [2021, 12, 1], [2022, 1, 1], ["202112", "Dec 21"]),
    Group(.month, [1998, 9, 1], [1998, 10, 1], ["Sept 1998", "Sep 98", "1998M9"]),
    Group(.month, [2021, 5, 1], [2021, 6, 1], ["May 2021", "May 21"]),
    Group(.month, [2068, 12, 1], [2069, 1, 1], ["Dec 68"]),
    Group(.month, [1969, 12, 1], [1970, 1, 1], ["Dec 69"]),
    Group(
      .quarter, [2023, 1, 1], [2023, 4, 1],
      ["Q1 2023", "2023 Q1", "2023Q1", "2023-Q1", "Q1 23", "quarter 1 2023", "2023 Q1 [r]"]),
    Group(.quarter, [2023, 10, 1], [2024, 1, 1], ["Q4 2023"]),
    Group(
      .quarter, [2022, 11, 1], [2023, 2, 1],
      ["2022/23 Q2", "Q2 2022/23", "202223 Q2", "AY22/23 Q2"]),
    Group(.quarter, [2022, 7, 1], [2022, 10, 1], ["FY 2022-23 Q2"]),
    Group(.halfYear, [2023, 1, 1], [2023, 7, 1], ["H1 2023", "2023 H1"]),
    Group(.halfYear, [2023, 2, 1], [2023, 8, 1], ["H2 2022/23"]),
    Group(
      .months, [2023, 1, 1], [2023, 4, 1],
      [
        "Jan-Mar 2023", "Jan to Mar 2023", "January to March 2023", "Jan - Mar 23",
        "Jan\u{2013}Mar 2023", "Jan 2023-Mar 2023", "2023 Jan-Mar", "2023-01 to 2023-03",
        "3 months to Mar 2023", "Three months ending March 2023", "quarter to Mar 23",
        "1 Jan 2023 to 31 Mar 2023",
      ]),
    Group(.months, [2001, 11, 1], [2002, 2, 1], ["Nov- Jan 2002", "Nov 2001-Jan 2002"]),
    Group(
      .months, [2024, 4, 1], [2025, 4, 1],
      [
        "Apr 2024-Mar 2025", "12 months ending Mar 2025", "12 months to March 2025",
        "year ending 31 March 2025", "rolling 12 months to Mar 25", "YE Mar 2025",
      ]),
    Group(.months, [2018, 12, 1], [2020, 1, 1], ["Dec 2018 - Dec 2019"]),
    Group(
      .twoYears, [2021, 8, 1], [2022, 8, 1],
      ["2021/22", "2021-22", "202122", "2021/2022", "2021-2022", "21/22", "2021/22 (p)"]),
    Group(.twoYears, [1999, 8, 1], [2000, 8, 1], ["1999/00", "199900", "99/00", "1999/2000"]),
    Group(.twoYears, [2011, 8, 1], [2012, 8, 1], ["2011-12", "201112"]),
    Group(
      .academicYear, [2023, 8, 1], [2024, 8, 1],
      ["AY23/24", "AY 2023/24", "AY23-24", "academic year 2023/24", "2023/24 academic year"]),
    Group(
      .financialYear, [2021, 4, 1], [2022, 4, 1],
      ["FY 2021-22", "FY21/22", "financial year 2021-22", "2021-22 financial year"]),
    Group(.financialYear, [2021, 4, 6], [2022, 4, 6], ["tax year 2021-22"]),
    Group(.partYear, [2025, 8, 1], [2026, 5, 1], ["2025/26 (Aug to Apr)"]),
    Group(.partYear, [2026, 1, 1], [2026, 4, 1], ["FY 2025/26 (Jan-Mar)"]),
    Group(.calendarYear, [2023, 1, 1], [2024, 1, 1], ["2023", "calendar year 2023", "CY2023"]),
    Group(
      .date, [2023, 3, 9], [2023, 3, 10],
      [
        "2023-03-09", "20230309", "09/03/2023", "9/3/2023", "9 March 2023", "09 Mar 2023",
        "9-Mar-23", "9th March 2023", "March 9, 2023", "2023-03-09T00:00:00Z",
        "2023-03-09 00:00:00", "09-03-2023 10:17:54",
      ]),
    Group(.date, [2024, 2, 29], [2024, 3, 1], ["29/02/2024"]),
    Group(.date, [2023, 12, 31], [2024, 1, 1], ["31/12/2023"]),
  ]

  @Test(arguments: groups)
  func labelsAreRead(_ group: Group) throws {
    for label in group.labels {
      let period = try #require(Period(label), "\(label)")
      #expect(period.label == label)
      #expect(period.kind == group.kind, "\(label)")
      #expect(parts(period.span.start) == group.start, "\(label)")
      #expect(parts(period.span.end) == group.end, "\(label)")
    }
  }

  private func parts(_ day: Period.Day) -> [Int] { [day.year, day.month, day.day] }

  @Test(arguments: [
    "", "all", "before", "Wave 1", "Total", "May", "March", "202125", "2021/25", "2021-25", "1234",
    "19-24", "16-18", "Decade 22", "99/00x", "Mar 194", "22-Dec", "202213", "202200", "2022-13",
    "2022M13", "Q5 2023", "Q0 2023", "H3 2023", "2017-2019", "2023/24/25", "12/31/2023",
    "31/11/2023", "29/02/2023", "2023-02-30", "20231301", "09/03/23", "AY 2023", "FY 2023",
    "2023 Q1 Q2", "Q1 Q2 2023", "Mar 2023-Jan 2023", "2025/26 (Apr to Aug)", "2025/26 (as printed)",
    "E06000001", "1899", "2101", "123456789", "2021 22", "Jan 2023-", "-2023", "Dec 22 22",
    "12 months to Wave 3", "0 months to Mar 2023", "0 Mar 2023", "2023\u{300}", "２０２３",
  ])
  func otherTextsAreNoPeriods(_ label: String) { #expect(Period(label) == nil) }

  @Test func everyMonthIsTheSameInEverySpelling() throws {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    var last: Period.Span?
    for year in 1969...2068 {
      for month in 1...12 {
        let name = names[month - 1]
        let (short, two) = (name.prefix(3), month < 10 ? "0\(month)" : "\(month)")
        let end = "\(year % 100 < 10 ? "0" : "")\(year % 100)"
        let alone = ["\(year)-\(two)", "\(year)\(two)"]
        let spellings =
          ["\(name) \(year)", "\(short) \(end)", "\(short)-\(end)", "\(year) \(name)"]
          + ["\(year)M\(two)", "1 months ending \(short) \(year)"]
          + ((year + 1) % 100 == month ? [] : alone)
        let spans = Set(spellings.compactMap { Period($0)?.span })
        #expect(spans.count == 1 && spellings.allSatisfy { Period($0) != nil }, "\(name) \(year)")
        #expect(alone.allSatisfy { spans.first == Period($0, prefersMonth: true)?.span })
        let span = try #require(spans.first)
        #expect(span.monthCount == 1)
        if let last { #expect(last < span && last.end == span.start) }
        last = span
      }
    }
  }

  @Test func orderIsAStrictWeakOrderByStartThenLength() throws {
    var draws = RandomSource(seed: 15)
    let spans = try Self.groups.map { try #require(Period($0.labels[0])).span }
    for _ in 0..<20_000 {
      let places = (0..<3).map { _ in draws.whole(0...spans.count - 1) }
      let (a, b, c) = (spans[places[0]], spans[places[1]], spans[places[2]])
      #expect(!(a < a) && !(a < b && b < a))
      if a < b && b < c { #expect(a < c) }
      // What is not stated apart is the same.
      if !(a < b) && !(b < a) { #expect(a == b) }
      if a < b { #expect(a.start < b.start || (a.start == b.start && a.end < b.end)) }
    }
  }

  @Test func labelsAreSortedByTimeAndOthersLast() {
    let labels = PeriodLabels([
      "Wave 2", "Feb 23", "2023", "Dec 22", "Jan 23", "all", "2022/23", "Q1 2023", "December 2022",
      "2023-01-01",
    ])
    #expect(
      labels.sorted == [
        "2022/23", "Dec 22", "December 2022", "2023-01-01", "Jan 23", "Q1 2023", "2023", "Feb 23",
        "Wave 2", "all",
      ])
    #expect(labels.twins == [["Dec 22", "December 2022"]])
    #expect(labels.label(for: "2023-01") == "Jan 23")
    #expect(labels.label(for: "December 2022") == "December 2022")
    #expect(labels.label(for: "2022-12") == nil)
    #expect(labels.label(for: "Wave 3") == nil)
    #expect(PeriodLabels.order(of: ["b", "Feb 23", "a", "Dec 22", "b"]) == [3, 1, 2, 0, 4])
  }

  @Test func figuresAloneAreReadTogether() {
    let months = PeriodLabels((1...12).map { "2011-\($0 < 10 ? "0" : "")\($0)" })
    #expect(months.sorted.last == "2011-12" && months["2011-12"]?.kind == .month)
    #expect(months.label(for: "December 2011") == "2011-12")
    #expect(PeriodLabels(["201111", "201112"])["201112"]?.kind == .month)
    let years = PeriodLabels(["2010-11", "2011-12", "2012-13"])
    #expect(years["2011-12"]?.kind == .twoYears && years["2010-11"]?.kind == .twoYears)
    // Neither where both kinds stand side by side: the rule for one label by itself holds.
    #expect(PeriodLabels(["2011-11", "2011-12", "2020-21"])["2011-12"]?.kind == .twoYears)
    #expect(PeriodLabels(["Nov 2011", "2011-12"])["2011-12"]?.kind == .twoYears)
  }

  @Test func labelsOfTheDocumentsAreReadAsTheyTell() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Documentation/reference/job.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    var met: Set<Period.Kind> = []
    for line in text.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let kind = Period.Kind(rawValue: cells[0]) else { continue }
      met.insert(kind)
      for label in cells[1].matches(of: /`([^`]+)`/) {
        #expect(Period(String(label.1))?.kind == kind, "\(label.1)")
      }
    }
    #expect(met == Set(Period.Kind.allCases))
  }
}
