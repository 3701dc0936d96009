import Dense
import Extracts
import Foundation
import Jobs
import Mismatch

/// Adds up tallies of one side.
///
/// Sums are exact, so that neither the order of tallies nor how they were put together shows in what comes out.
struct TallyReader {
  /// Where something was met.
  private typealias Placed<Value> = (value: Value, place: Place)

  /// The side as a job reads it; nil where tallies are added up without one.
  private let job: SideJob?
  /// What to take down of cells.
  private var watch: CellWatch?
  /// The files that were added.
  private var files: [InputRecord] = []
  private var head: Placed<TallyHead>?
  private var tally = Tally(of: .provision, inputCount: 0, holdsParts: true)
  private var names: [Spelling: Int] = [:]
  /// The same by number.
  private var inputNames: [String] = []
  private var inputs: [Int: Placed<(kept: TallyInput, name: String, rowCount: Int)>] = [:]
  private var traces: [Int: Placed<RoundingTrace.Record>] = [:]
  private var heads: [TallyHead] = []

  init(of job: SideJob? = nil, watch: CellWatch? = nil) {
    self.job = job
    self.watch = watch
  }

  /// The side of a tally, of which its beginning is read.
  static func side(of file: InputFile) throws -> Side {
    var table = try open(file) { _ in }
    var rows = TallyRows()
    while try table.next() {
      let row = try rows.row(&table)
      guard row.record == .tally else { continue }
      let head: TallyHead = try TallyReader.decoded(row, at: table.place())
      if let side = Side(rawValue: head.side) { return side }
    }
    throw headless(file)
  }

  private static func open(_ file: InputFile, onRead: @escaping @Sendable (Int) -> Void) throws
    -> RowTable
  {
    let table = try TableJob(files: [file], readerName: Reader.plainName).open(file, onRead: onRead)
    guard table.header == TallyRecord.columns else {
      throw Failure(
        .badData, at: Place(file: file.path, line: 1), "these are not the columns of a tally",
        expected: TallyRecord.columns.joined(separator: ","),
        advice: "Make it by `mismatch tally`, or by the query of `mismatch tally --sql`")
    }
    return table
  }

  private static func headless(_ file: InputFile) -> Failure {
    Failure(
      .badData, at: Place(file: file.path), "has no `tally` row, so it is not known what it counts",
      advice: "Make it again; it may be cut")
  }

  /// Adds a file.
  ///
  /// - Throws: ``Failure`` (`badData`) with its place for what is no tally, a tally of another kind, an input that two
  ///   tallies have, and where a cell may have one figure only, for a second one, with both places.
  mutating func add(_ file: InputFile, onRead: @escaping @Sendable (Int) -> Void = { _ in }) throws
  {
    var table = try TallyReader.open(file, onRead: onRead)
    var (rows, rowCount) = (TallyRows(), 0)
    let inputCount = inputs.count
    var ownHead: TallyHead?
    // Rows may come in any order, and what they mean follows from the head.
    var waiting: [(row: TallyRow, place: Place)] = []
    while try table.next() {
      rowCount += 1
      let (row, place) = (try rows.row(&table), table.place())
      if row.record == .tally {
        guard ownHead == nil else { throw second("`tally` row", at: place) }
        ownHead = try take(headOf: row, at: place)
        for (row, place) in waiting { try take(row, at: place) }
        waiting = []
      } else if ownHead == nil {
        waiting.append((row, place))
      } else {
        try take(row, at: place)
      }
    }
    guard let ownHead else { throw TallyReader.headless(file) }
    guard inputs.count > inputCount else {
      throw Failure(
        .badData, at: Place(file: file.path),
        "has no `input` row, so it is not known what was counted",
        advice: "Make it again; it may be cut")
    }
    heads.append(ownHead)
    files.append(try table.record(role: SideReading.tally(ownHead.side), rowCount: rowCount))
  }

  /// The sum of all that was added.
  ///
  /// - Throws: ``Failure`` (`badData`) for an input of cells or accounts that no row describes.
  func reading() throws -> (reading: SideReading, head: TallyHead) {
    guard var head = head?.value else {
      throw Failure(.usage, "there is no tally to add up", advice: "Name one file or more")
    }
    if heads.contains(where: { $0.by != nil }) { head.by = heads.compactMap(\.by).first }
    let sources = try inputNames.enumerated().map { number, name in
      guard let input = inputs[number] else {
        throw Failure(
          .badData, "the input \"\(name)\" has no `input` row", advice: "The tally may be cut")
      }
      let figures = job.map { $0.blocks[min(input.value.kept.tableNumber ?? 0, $0.further.count)] }?
        .figures
      let trace = traces[number].map {
        RoundingTrace(figures?.rounding ?? .none, unit: figures?.unit ?? .one, record: $0.value)
      }
      return input.value.kept.source(
        named: input.value.name, role: SideReading.tallied(head.side),
        rowCount: input.value.rowCount, trace: trace)
    }
    try verifyAccounts(sources)
    return (SideReading(tally: tally, sources: sources, tallies: files, watch: watch), head)
  }

  /// Makes sure that every input has an account, and that cells, marks and totals are what the accounts say.
  private func verifyAccounts(_ sources: [SideInput]) throws {
    let areThere = zip(sources, tally.accounts).allSatisfy { source, accounts in
      source.record.rowCount == 0 || accounts.contains { $0 != InputAccount() }
    }
    guard areThere, tally.agreesWithAccounts else {
      throw Failure(
        .badData, at: files.count == 1 ? Place(file: files[0].name) : nil,
        "the cells of \(tally.subject.text) are not what the accounts of the inputs say",
        expected: "whole tallies", advice: "Make them again: one of them was cut or changed")
    }
  }

  // MARK: Rows

  private mutating func take(headOf row: TallyRow, at place: Place) throws -> TallyHead {
    let own: TallyHead = try TallyReader.decoded(row, at: place)
    guard own.format == 1, let side = Side(rawValue: own.side) else {
      throw Failure(
        .badData, at: place, "is a tally of format \(own.format) of \(own.side)",
        expected: "format 1 of provision or demand", advice: "Make it again with this version")
    }
    if let head {
      guard head.value.withoutMaker == own.withoutMaker else {
        throw Failure(
          .badData, at: place,
          "this tally is not of the same kind as the first, at \(head.place): \(own.difference(from: head.value))",
          expected: "tallies of one side, read in the same way by the same version",
          advice: "Make both again from one job")
      }
    } else {
      if let job {
        let wanted = try TallyHead(job, holdsParts: job.holdsParts)
        guard own.withoutMaker == wanted else {
          throw Failure(
            .badData, at: place,
            "this tally is not of the job's \(job.subject.text): \(own.difference(from: wanted))",
            expected:
              "a tally made from this job, whose keys for reading the side are as they were",
            advice: "Make it again: `mismatch tally JOB --side \(job.subject.text)`")
        }
      }
      head = (own.withoutMaker, place)
      tally = Tally(of: Subject(side), inputCount: 0, holdsParts: own.counts != .unique)
    }
    return own
  }

  private mutating func take(_ row: TallyRow, at place: Place) throws {
    switch row.record {
    case .tally, .line: break
    case .input:
      let number = number(of: row.input)
      if let first = inputs[number]?.place {
        throw Failure(
          .badData, at: place, "the input \"\(row.input)\" is duplicated, first at \(first)",
          expected: "each input in one tally",
          advice: "Leave one of them out, or name parts of a table by `--shard`")
      }
      inputs[number] = ((try TallyReader.decoded(row, at: place), row.input, row.figures), place)
    case .rounding:
      let number = number(of: row.input)
      guard traces[number] == nil else { throw second("rounding of \"\(row.input)\"", at: place) }
      traces[number] = (try TallyReader.decoded(row, at: place), place)
    case .account:
      guard let reason = InputAccount.marks[row.mark] else {
        throw TallyReader.wrong("mark", row.mark, expected: "published, where or totals", at: place)
      }
      var account = InputAccount()
      account[keyPath: reason] = InputAccount.Amount(
        rowCount: row.figures, sum: ExactSum([row.value.high, row.value.low]))
      let input = number(of: row.input)
      tally.add(account, period: tally.period(row.period), input: input)
    case .name:
      if row.area.isEmpty {
        tally.categories.note(name: row.text, at: tally.categories.position(of: row.category))
      } else {
        tally.areas.note(name: row.text, at: tally.areas.position(of: row.area))
      }
    case .cell: try take(cellOf: row, at: place)
    case .mark: try take(markOf: row, at: place)
    case .total:
      let area = tally.areas.position(of: row.area)
      try tally.take(
        totalOf: area, (row.below.high, row.above.high), period: tally.period(row.period), at: place
      )
    }
  }

  private mutating func take(cellOf row: TallyRow, at place: Place) throws {
    guard row.figures > 0 else {
      throw TallyReader.wrong("figures", "\(row.figures)", expected: "at least 1", at: place)
    }
    let cell = try cell(of: row)
    if !tally.holdsParts, row.figures > 1 || tally.origin(of: cell) != nil {
      throw duplicated(row, cell, at: place)
    }
    guard tally.hasRoom(for: row.figures, in: cell) else {
      throw TallyReader.wrong(
        "figures", "\(row.figures)", expected: "at most \(UInt32.max) figures in a cell", at: place)
    }
    var held = Tally.Held()
    held.figures = row.figures
    (held.value, held.below, held.above) = (row.value, row.below, row.above)
    held.origin = origin(of: row)
    tally.add(held, to: cell)
    noteOrigin(row, cell)
    let number = row.value.high + row.value.low
    watch?.count(
      row, .number(number),
      (number - row.below.high - row.below.low, number + row.above.high + row.above.low), at: place)
  }

  private mutating func take(markOf row: TallyRow, at place: Place) throws {
    guard let marker = Marker(tallyText: row.mark) else {
      throw TallyReader.wrong(
        "mark", row.mark, expected: "a status and bounds, such as \"low 1..4\"", at: place)
    }
    let cell = try cell(of: row)
    if !tally.holdsParts, marker.isMark, row.figures > 1 || tally.origin(of: cell) != nil {
      throw duplicated(row, cell, at: place)
    }
    tally.add(marker, count: max(1, row.figures), to: cell, from: origin(of: row))
    noteOrigin(row, cell)
    guard marker.isMark else { return }
    let all = marker.times(max(1, row.figures))
    watch?.count(row, .marked(all), (all.lower, all.upper), at: place)
  }

  private mutating func cell(of row: TallyRow) throws -> Cell {
    let cell = Cell(
      area: tally.areas.position(of: row.area),
      category: tally.categories.position(of: row.category), period: tally.period(row.period))
    try tally.verifyExcess()
    return cell
  }

  private mutating func origin(of row: TallyRow) -> Origin {
    Origin(input: row.firstInput.isEmpty ? 0 : number(of: row.firstInput), line: row.firstLine)
  }

  /// Keeps the first place of a cell: of inputs by name, of one input by line.
  private mutating func noteOrigin(_ row: TallyRow, _ cell: Cell) {
    let own = origin(of: row)
    guard tally.holdsParts, own.line > 0, let first = tally.origin(of: cell), first != own else {
      return
    }
    let isBefore =
      first.line == 0
      || (first.input == own.input
        ? own.line < first.line
        : Codebook.precedes(row.firstInput, inputNames[first.input]))
    if isBefore { tally.moveOrigin(of: cell, to: own) }
  }

  private mutating func number(of input: String) -> Int {
    if let known = names[Spelling(input)] { return known }
    let number = tally.addInput()
    names[Spelling(input)] = number
    inputNames.append(input)
    return number
  }

  // MARK: Failures

  private static func decoded<Value: Decodable>(_ row: TallyRow, at place: Place) throws -> Value {
    do { return try JSONDecoder().decode(Value.self, from: Data(row.text.utf8)) } catch {
      throw wrong("text", row.text, expected: "what `mismatch tally` writes there", at: place)
    }
  }

  private static func wrong(_ column: String, _ text: String, expected: String, at place: Place)
    -> Failure
  {
    Failure(
      .badData, at: place, "`\(column)` of the tally is \"\(text)\"", expected: expected,
      advice: "Make the tally again")
  }

  private func second(_ what: String, at place: Place) -> Failure {
    Failure(
      .badData, at: place, "a second \(what)", expected: "one in each tally",
      advice: "Give tallies as files of their own, not joined together")
  }

  private func duplicated(_ row: TallyRow, _ cell: Cell, at place: Place) -> Failure {
    func text(_ origin: Origin?) -> String? {
      guard let origin, origin.line > 0 else { return nil }
      return "\(inputNames[origin.input]):\(origin.line)"
    }
    let first = text(tally.origin(of: cell)).map { ", first at \($0)" } ?? ""
    let own = row.firstLine > 0 ? " at \(row.firstInput):\(row.firstLine)" : ""
    return Failure(
      .badData, at: place,
      "a second figure for area \"\(row.area)\", category \"\(row.category)\", period \"\(row.period)\"\(own)\(first)",
      expected: "one",
      advice:
        "Keep one of them with `where`, or add them up: `sum-over` names the columns in which rows "
        + "differ, or `rows` for records")
  }
}

extension TallyHead {
  /// In what it differs from another one.
  fileprivate func difference(from other: TallyHead) -> String {
    if side != other.side { return "it is of \(side), not of \(other.side)" }
    if engine != other.engine { return "it was made by version \(engine), not \(other.engine)" }
    if counts != other.counts {
      return "its cells have \(counts.rawValue) figures, not \(other.counts.rawValue)"
    }
    return "the side was read by other keys (columns, `where`, rounding, markers or others)"
  }
}
