import Extracts
import Jobs
import Mismatch

extension SideQuery {
  /// Makes sure that SQL can read a side as a reading from files does.
  ///
  /// - Throws: ``Failure`` (`badData`) that names the key that SQL cannot follow.
  static func verify(_ job: SideJob, in dialect: SQLDialect, table: String) throws {
    let side = job.subject.text
    for (key, problem) in limits(of: job) {
      throw Failure(
        .badData, "\(side): `\(key)` \(problem)",
        expected: "a side that SQL reads as files are read",
        advice: "Make the tally from files or from a stream: `mismatch tally JOB --side \(side)`")
    }
    let names = columnNames(of: job) + table.split(separator: ".").map(String.init)
    for name in names {
      try verify(name: name, in: dialect, at: side)
    }
  }

  /// Keys that a query cannot follow, and why.
  private static func limits(of job: SideJob) -> [(key: String, problem: String)] {
    var limits: [(String, String)] = []
    func refuse(_ key: String, _ problem: String, where isAsked: Bool) {
      if isAsked { limits.append((key, problem)) }
    }
    refuse(
      "tables",
      "has several tables, and a query reads one: write a job for each and merge the tallies",
      where: !job.further.isEmpty)
    for (role, key) in [("area", job.area), ("category", job.category), ("period", job.period)] {
      if case .column(_, let match) = key {
        refuse(
          role, "takes a part of a label by a pattern of RE2, which engines read otherwise",
          where: match != nil)
      }
    }
    if case .columns(let names, _) = job.value {
      refuse(
        "value", "names columns by a pattern, and a query has to name each",
        where: names.contains { $0.contains("*") })
    }
    refuse(
      "trim", "takes off spaces that SQL does not know as spaces", where: job.table.trimsFields)
    refuse("decimal", "reads decimal commas", where: job.table.decimal != .point)
    refuse(
      "sheet", "names sheets of a workbook; a query reads a table",
      where: !job.table.sheets.isEmpty)
    refuse(
      "header", "names lines of a file; a query reads a table",
      where: !job.table.headerLines.isEmpty)
    refuse(
      "reader", "lays out a file that is no plain table",
      where: job.table.readerName.map { $0 != Reader.plainName } ?? false)
    refuse(
      "bounds", "may have no upper bound, and a query adds numbers only", where: job.bounds != nil)
    refuse(
      "status", "says something of each figure, by lists of codes and symbols",
      where: job.status != nil)
    refuse("unit", "is no whole number", where: !isWhole(job.figures.unit.size))
    refuse(
      "rounding", "has bounds that are no halves of counts",
      where: !hasWholeBounds(job.figures.rounding))
    if case .rows = job.totals {
      refuse(
        "markers", "has bounds that are no whole counts, which published totals need",
        where: job.figures.markers.values.contains {
          !isWhole($0.lower) || $0.upper.isFinite && !isWhole($0.upper)
        })
    }
    return limits
  }

  private static func isWhole(_ number: Double) -> Bool {
    number == number.rounded() && abs(number) <= Figure.largestCount
  }

  private static func hasWholeBounds(_ rounding: Rounding) -> Bool {
    switch rounding {
    case .none: true
    case .nearest(let unit): isWhole(unit)
    case .banded(let bands):
      bands.allSatisfy { isWhole($0.from) && isWhole($0.relaxed) && isWhole($0.strict) }
    }
  }

  /// Every column that a query names.
  private static func columnNames(of job: SideJob) -> [String] {
    var names =
      job.table.filters.map(\.column) + job.allPartColumns + job.names.values
      + [job.uniqueColumn].compactMap { $0 }
    for key in [job.area, job.category, job.period] {
      switch key {
      case .column(let name, _): names.append(name)
      case .columns(let columns): names += columns
      case .constant: break
      }
    }
    switch job.value {
    case .rows: break
    case .column(let name): names.append(name)
    case .columns(let columns, _): names += columns
    }
    return names
  }

  /// Makes sure that a name can be quoted.
  private static func verify(name: String, in dialect: SQLDialect, at side: String) throws {
    let isUnheaded = name.hasPrefix("[") && name.hasSuffix("]")
    let isVariable = dialect == .spark && name.contains("${")
    let hasControls = name.unicodeScalars.contains { $0.value < 32 }
    guard name.isEmpty || isUnheaded || isVariable || hasControls else { return }
    throw Failure(
      .badData, "\(side): no query can name \"\(name)\"",
      expected: "a column or a table of the engine",
      advice: "Give the column another name in the engine, such as by a view, and in the job")
  }
}
