import Extracts
import Jobs
import Mismatch

extension SideReader {
  /// Two records of one reference.
  func duplicated(_ reference: String, _ place: Place, _ earlier: Origin) -> Failure {
    let first = Place(file: job.files[earlier.input].path, line: earlier.line)
    return Failure(
      .badData, at: place, "the record \"\(reference)\" is duplicated, first at \(first)",
      expected: "each `\(job.uniqueColumn ?? "")` once in a period",
      advice: "Remove one of the rows, or leave out `unique` where a record may have several")
  }

  /// What to do about rows of one cell that differ in these columns.
  private func remedy(for columns: [String]) -> String {
    let identifier = columns.first { $0.lowercased() == "time_identifier" }
    if let identifier, case .column(let period, _) = job.period {
      return
        "take the period from both columns, `period: { columns: [\(period), \(identifier)] }`, or keep "
        + "one kind of period with `where`"
    }
    return "keep one with `where`, or add the parts with `sum-over: [\(columns.first ?? "")]`"
  }

  /// Two figures for one cell: an error that says in what their rows differ.
  func repeated(_ place: Place, _ origin: Origin, _ earlier: Origin) throws -> Failure {
    let files = job.blocks.flatMap { block in block.table.files.map { (block.table, $0) } }
    let first = Place(file: files[earlier.input].1.path, line: earlier.line)
    guard files[origin.input].1.isLasting, files[earlier.input].1.isLasting else {
      return RepeatedFigure.failure(
        at: place, first: first, advice: "To see in what the rows differ, read them from a file")
    }
    let later = try files[origin.input].0.open(files[origin.input].1).rows(at: place)
      .first { $0.place == place || $0.place.column == nil }
    let candidates = try files[earlier.input].0.open(files[earlier.input].1).rows(at: first)
      .filter { $0.place != place || place.column == nil }
    let counted = job.countColumns
    func names(_ row: LinedRow) -> [String] {
      Codebook.sorted(
        row.texts.keys.filter { name in
          !counted.contains(name) && later?.texts[name].map { $0 != row.texts[name] } ?? false
        })
    }
    // A reader makes several rows of one line: the one that is meant differs in the fewest columns.
    let row = candidates.min { names($0).count < names($1).count }
    let differing = row.map(names) ?? []
    let texts = differing.map {
      "`\($0)` (\"\(row?.texts[$0]?.text ?? "")\", \"\(later?.texts[$0]?.text ?? "")\")"
    }
    return RepeatedFigure.failure(
      at: place, first: Place(file: row?.place.file ?? first.file, line: first.line),
      advice: texts.isEmpty
        ? "The rows differ only in their counts; remove one"
        : "The rows differ in \(texts.joined(separator: ", ")): " + remedy(for: differing))
  }
}

private enum RepeatedFigure {
  static func failure(at place: Place, first: Place, advice: String) -> Failure {
    Failure(
      .badData, at: place,
      "a second figure for the same area, category and period, first at \(first)", expected: "one",
      advice: advice)
  }
}

extension SideJob {
  /// Columns that hold counts and bounds, not what they are counts of.
  fileprivate var countColumns: Set<Spelling> {
    var columns = [bounds?.lower, bounds?.upper, status].compactMap { $0 }
    if case .column(let name) = value { columns.append(name) }
    return Set(columns.map(Spelling.init))
  }
}

/// The texts of a row by column name, and where its count stands.
private struct LinedRow {
  let place: Place
  let texts: [Spelling: Spelling]
}

extension RowTable {
  /// The rows of a line, of which a plain table has one; for messages about them.
  fileprivate consuming func rows(at place: Place) throws -> [LinedRow] {
    var rows = self
    var found: [LinedRow] = []
    // To the end: the lines of a workbook's sheets begin at 1 again.
    while try rows.next() {
      guard rows.line == place.line else { continue }
      var texts: [Spelling: Spelling] = [:]
      for (index, name) in rows.header.enumerated() {
        texts[Spelling(name)] = Spelling(try rows.text(index))
      }
      found.append(LinedRow(place: rows.place(), texts: texts))
    }
    return found
  }
}
