import Extracts
import Jobs
import Mismatch

extension SideReading {
  /// Writes the side's tally in parts.
  ///
  /// - Throws: ``Failure`` (`badData`) for a sum that two doubles do not hold.
  package func writeTally(_ job: SideJob, to sink: ([UInt8]) throws -> Void) throws {
    try TallyText(self).write(TallyHead(job, holdsParts: tally.holdsParts), to: sink)
  }

  /// Adds up tallies and writes the sum in parts.
  ///
  /// - Throws: ``Failure`` (`badData`) for what is no tally, and for tallies that do not belong together.
  package static func merge(_ files: [InputFile], to sink: ([UInt8]) throws -> Void) throws {
    var reader = TallyReader()
    for file in files { try reader.add(file) }
    let (reading, head) = try reader.reading()
    try TallyText(reading).write(head, to: sink)
  }

  /// The side from its tallies.
  ///
  /// - Parameter watch: what to take down of its figures.
  static func adding(
    _ files: [InputFile], of job: SideJob, watch: CellWatch?,
    onRead: @escaping @Sendable (Int) -> Void
  ) throws -> SideReading {
    var reader = TallyReader(of: job, watch: watch)
    for file in files { try reader.add(file, onRead: onRead) }
    return try reader.reading().reading
  }

  /// The side that a tally is of, by its beginning.
  ///
  /// - Throws: ``Failure`` (`badData`) for what is no tally.
  package static func side(ofTally file: InputFile) throws -> Side {
    try TallyReader.side(of: file)
  }

  /// Writes the figures of one cell as rows of a tally, the largest first; those beyond `top` as their sum.
  package func writeLines(
    of name: SourceCellName, top: Int?, _ job: SideJob, to sink: ([UInt8]) throws -> Void
  ) throws {
    let figures = (watch?.figures ?? []).filter { $0.period.isSpelt(as: name.period) }
    var rows = figures.map { TallyRow(lineOf: $0, job) }
    rows.sort { left, right in
      if left.value.high != right.value.high { return left.value.high > right.value.high }
      return (Spelling(left.firstInput), left.firstLine) < (
        Spelling(right.firstInput), right.firstLine
      )
    }
    var csv = CSVText(TallyRecord.columns)
    for row in rows.prefix(top ?? rows.count) { row.write(to: &csv) }
    if let top, rows.count > top {
      var rest = TallyRow(.line)
      (rest.area, rest.category, rest.period) = (name.area, name.category, name.period)
      rest.figures = rows.count - top
      rest.value =
        rows.dropFirst(top).reduce(into: InputAccount.Amount()) {
          $0.add($1.value.high)
        }.sum.parts
      rest.text = "\(rest.figures) more"
      rest.write(to: &csv)
    }
    try sink(csv.bytes)
  }
}

/// A cell of a source by its codes: `AREA,CATEGORY,PERIOD`.
package struct SourceCellName: Sendable {
  package let area: String
  package let category: String
  package let period: String

  /// The cell of a text in CSV; nil where it has not three fields.
  package init?(_ text: String) {
    var fields: [String] = [""]
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    guard fields.count == 3, !isQuoted, fields.allSatisfy({ !$0.isEmpty }) else { return nil }
    (area, category, period) = (fields[0], fields[1], fields[2])
  }
}

extension TallyRow {
  fileprivate init(lineOf figure: CellWatch.Figure, _ job: SideJob) {
    self.init(.line)
    (period, area, category) = (figure.period, figure.area, figure.category)
    figures = 1
    let place = job.files.named(figure.place)
    (firstInput, firstLine) = (place.file, place.line ?? 0)
    text = figure.text
    switch figure.figure {
    case .number(let number):
      value = (number, 0)
      below = (number - figure.bounds.lower, 0)
      above = (figure.bounds.upper - number, 0)
    case .marked(let marker): mark = marker.tallyText
    }
  }
}

extension Job {
  /// The job with other files for one side.
  ///
  /// - Parameters:
  ///   - paths: the files; none leaves those of the job.
  ///   - name: of the one file, for messages; nil names files as they are given.
  ///   - rowCount: how many rows the one file has; nil where that is not known.
  /// - Throws: ``Failure`` (`usage`) where the side has several tables, since a file could be of any, and for a number of
  ///   rows of several files.
  package func reading(
    _ side: Side, from paths: [String], named name: String?, rowCount: Int?
  ) throws -> Job {
    var job = self
    // What the job announces is of its own file.
    if rowCount != nil || !paths.isEmpty { job.sides[side].table.announcedRowCount = rowCount }
    guard rowCount == nil || (paths.isEmpty ? sides[side].files.count : paths.count) == 1 else {
      throw Failure(
        .usage, "--rows is the number of rows of one file, and there are several",
        advice: "Make a tally of each, and merge them")
    }
    guard !paths.isEmpty else { return job }
    guard sides[side].further.isEmpty else {
      throw Failure(
        .usage,
        "\(side.rawValue) has several tables, and --input does not say which of them a file is of",
        advice: "Write a job with one table for each kind of file")
    }
    job.sides[side].table.files = paths.map { InputFile(name: name ?? $0, path: $0) }
    return job
  }
}
