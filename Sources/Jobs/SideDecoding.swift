import Extracts
import Mismatch

extension JobNode {
  /// Keys of a side that each of its tables may have for itself.
  private static let blockKeys =
    [
      "area", "category", "period", "value", "bounds", "status", "sum-over", "unique", "unit",
      "rounding", "markers",
    ]
    + tableKeys

  /// A side, or with `tables` one that is read from several tables: what a table does not state is the side's.
  func side(_ side: Side, folder: String) throws -> SideJob {
    let keys = try keyed(
      [
        "kind", "tables", "totals", "area-lookup", "crosswalk", "balance-to", "absent-areas",
        "point",
      ]
        + JobNode.blockKeys)
    var job = try tables(keys, of: Subject(side), folder: folder)
    job.readingText = canonicalText(leavingOut: JobNode.keysBeyondReading)
    return job
  }

  /// Keys of a side that say where its files are, or what becomes of its counts once they are read.
  private static let keysBeyondReading: Set<String> = [
    "file", "source", "rows", "kind", "area-lookup", "crosswalk", "balance-to", "absent-areas",
    "point",
  ]

  /// An extract that stands beside the sides: read as they are, without categories.
  ///
  /// - Parameter own: keys beside its own, for those who know them.
  /// - Throws: ``Failure`` also for a rate that would be added up.
  package func extract(named name: String, besides own: [String], folder: String) throws -> SideJob
  {
    let keys = try keyed(
      own + ["kind", "area-lookup", "absent-areas", "point"]
        + JobNode.blockKeys.filter { $0 != "category" })
    let job = try block(keys, of: .indicator(Spelling(name)), folder: folder)
    if case .columns(_, let headings) = job.value,
      headings.contains(where: { $0.role == .category })
    {
      throw try keys.required("value", of: self).wrong(
        expected: "headings with areas or periods, as an indicator has no categories",
        advice: "Name one column, or filter and add up rows with `where` and `sum-over`")
    }
    if job.kind == .rate, job.holdsParts {
      throw (keys["sum-over"] ?? keys["where"] ?? self).wrong(
        expected: "one figure for each area and period, since rates are never added up",
        advice:
          "Keep one text in each filter, or give the counts and what they are divided by (`per`)")
    }
    return job
  }

  private func tables(_ keys: [String: JobNode], of subject: Subject, folder: String) throws
    -> SideJob
  {
    guard let tables = keys["tables"] else { return try block(keys, of: subject, folder: folder) }
    for key in ["file", "source"] {
      guard let node = keys[key] else { continue }
      throw node.wrong(expected: "a `\(key)` in each of `tables`, and none beside them")
    }
    let blocks = try tables.someItems().map { table in
      try table.block(
        keys.merging(table.keyed(JobNode.blockKeys)) { $1 }, of: subject, folder: folder)
    }
    if let other = blocks.firstIndex(where: { $0.countsRecords != blocks[0].countsRecords }) {
      throw try tables.someItems()[other].wrong(
        expected: "`sum-over: rows` in all tables of a side or in none")
    }
    var job = blocks[0]
    job.further = Array(blocks.dropFirst())
    return job
  }

  /// One table of a side.
  private func block(_ keys: [String: JobNode], of subject: Subject, folder: String) throws
    -> SideJob
  {
    let table = try table(keys, folder: folder)
    let figures = try figures(keys)
    let value = try keys.required("value", of: self).value()
    let parts = try self.parts(keys, of: value)
    var across: [KeyRole] = []
    if case .columns(_, let headings) = value { across = headings.map(\.role) }
    let area = try keys["area"]?.key(mayHaveName: true)
    let category =
      if case .indicator = subject { KeyJob.constant("all") } else {
        try keys["category"]?.key(mayHaveName: true)
      }
    let period = try keys["period"]?.period() ?? .constant("all")
    for (role, key) in [(KeyRole.area, area), (.category, category)]
    where key == nil && !across.contains(role) {
      _ = try keys.required(role.rawValue, of: self)
    }
    return SideJob(
      subject: subject, kind: try kind(keys, of: subject), table: table,
      area: area ?? .constant(""), category: category ?? .constant(""), period: period,
      value: value,
      bounds: try keys["bounds"]?.bounds(besides: keys["rounding"]),
      status: try keys["status"]?.text(), partColumns: parts.columns,
      countsRecords: parts.areRecords, uniqueColumn: try unique(keys, areRecords: parts.areRecords),
      figures: figures,
      totals: try keys["totals"]?.totals(
        area: area, period: period, figures: figures, folder: folder),
      lookups: try keys["area-lookup"]?.chain(folder: folder) ?? [],
      crosswalks: try keys["crosswalk"]?.chain(folder: folder) ?? [],
      raking: try keys["balance-to"]?.raking(folder: folder),
      absentAreasAreZero: try keys["absent-areas"]?.isZero() ?? false,
      names: [
        .area: try keys["area"]?.nameOfKey(), .category: try keys["category"]?.nameOfKey(),
      ].compactMapValues { $0 })
  }

  /// What `sum-over` adds up: columns that tell parts of a count apart, or `rows`, which are records.
  private func parts(_ keys: [String: JobNode], of value: ValueJob) throws -> (
    columns: [String], areRecords: Bool
  ) {
    let node = keys["sum-over"]
    let areRecords = try node.map { try !$0.isSequence && $0.text() == "rows" } ?? false
    guard case .rows = value else {
      return (areRecords ? [] : try node?.texts() ?? [], areRecords)
    }
    for key in ["bounds", "status", "unit", "rounding"] {
      guard let other = keys[key] else { continue }
      throw other.wrong(
        expected: "no `\(key)` where each row counts 1",
        advice: "Leave it out, or name the column of the figures as `value`")
    }
    if let node, !areRecords {
      throw node.wrong(expected: "rows, as `value` counts them")
    }
    return ([], true)
  }

  private func unique(_ keys: [String: JobNode], areRecords: Bool) throws -> String? {
    guard let node = keys["unique"] else { return nil }
    guard areRecords else {
      throw node.wrong(
        expected: "`sum-over: rows` beside it",
        advice:
          "Leave it out: without `sum-over: rows` each area, category and period has one figure")
    }
    return try node.text()
  }

  /// `zero`, the only thing that a job can say of absent areas.
  private func isZero() throws -> Bool {
    guard try text() == "zero" else {
      throw wrong(
        expected: "zero", advice: "Leave the key out if absent areas are not known to be empty")
    }
    return true
  }

  private func kind(_ keys: [String: JobNode], of subject: Subject) throws -> Kind {
    let known: [Kind]
    switch subject {
    case .indicator:
      guard keys["kind"] != nil else { return .count }
      known = [.count, .rate]
    case .provision: known = Kind.all.filter { $0.side == .provision }
    case .demand: known = Kind.all.filter { $0.side == .demand }
    }
    let node = try keys.required("kind", of: self)
    let name = try node.text()
    guard let kind = known.first(where: { $0.name == name }) else {
      throw Failure.unknown(
        "kind of \(subject.text)", name, known: known.map(\.name), at: node.place)
    }
    return kind
  }

  /// A column, `{ rows: 1 }` for records, or for wide tables `{ columns: [names], name: area | category | period, match: }` or
  /// `{ columns: [names], area: pattern, category: pattern, period: pattern }`.
  private func value() throws -> ValueJob {
    guard isMapping else { return .column(try text()) }
    let roles: [KeyRole] = [.area, .category, .period]
    let keys = try keyed(["columns", "name", "match", "rows"] + roles.map(\.rawValue))
    if let rows = keys["rows"] {
      guard keys.count == 1, try rows.text() == "1" else {
        throw rows.wrong(expected: "`{ rows: 1 }`: each row counts 1")
      }
      return .rows
    }
    let columns = try keys.required("columns", of: self).texts()
    let parts = try roles.compactMap { role in
      try keys[role.rawValue].map {
        HeadingJob(role: role, match: try $0.pattern(), isStrict: true)
      }
    }
    guard parts.isEmpty else {
      if let other = keys["name"] ?? keys["match"] {
        throw other.wrong(expected: "either `name`, or a pattern for each key in the headings")
      }
      return .columns(columns, headings: parts)
    }
    let roleNode = try keys.required("name", of: self)
    guard let role = KeyRole(rawValue: try roleNode.text()) else {
      throw roleNode.wrong(expected: "area, category or period: the content of the headings")
    }
    let heading = HeadingJob(role: role, match: try keys["match"]?.pattern(), isStrict: false)
    return .columns(columns, headings: [heading])
  }

  /// `{ lower: column, upper: column }`, in the place of a rounding.
  private func bounds(besides rounding: JobNode?) throws -> BoundsJob {
    let keys = try keyed(["lower", "upper"])
    if let rounding { throw rounding.wrong(expected: "either `rounding` or `bounds`") }
    return BoundsJob(
      lower: try keys.required("lower", of: self).text(),
      upper: try keys.required("upper", of: self).text())
  }

  private func totals(area: KeyJob?, period: KeyJob, figures: FigureJob, folder: String) throws
    -> TotalsJob
  {
    let keys = try keyed(["category", "area", "period", "value"] + tableKeys + figureKeys)
    if let category = keys["category"] {
      guard keys.count == 1 else { throw wrong(expected: "either `category` or `file`") }
      return .rows(category: try category.text())
    }
    guard let areaKey = try keys["area"]?.key() ?? area else {
      throw wrong(expected: "a key `area`")
    }
    return .table(
      try table(keys, folder: folder), area: areaKey,
      period: try keys["period"]?.period() ?? period,
      value: try keys.required("value", of: self).text(),
      figures: try self.figures(keys, inherited: figures))
  }
}
