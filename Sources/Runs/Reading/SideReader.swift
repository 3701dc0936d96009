import Extracts
import Jobs
import Dense
import Mismatch

/// Reads the inputs of a side, or of an indicator, into a tally.
struct SideReader {
  let job: SideJob
  /// Labels of the periods that are compared; nil compares all.
  private let periods: Set<Spelling>?
  private let onRead: @Sendable (Int) -> Void
  let workerCount: Int
  /// Bytes of text that a thread takes at once; nil reads row by row.
  let blockSize: Int?
  private(set) var isCompared: [Bool] = []
  private(set) var parts: PartLedger
  var pages = NomisPages()
  var tally: Tally
  private var uniques = UniqueKeys()
  private var sources: [SideInput?]
  /// The figures of one grid cell, where somebody asked for them.
  private(set) var watch: CellWatch?
  private let cellLimit: CellLimit?
  /// How many cells and codes there was last found to be room for.
  private var verifiedSize = 0

  init(
    _ job: SideJob, areas: CodeList = CodeList(), categories: CodeList = CodeList(),
    periods: Set<Spelling>? = nil, watch: CellWatch? = nil, cellLimit: CellLimit? = nil,
    workerCount: Int = 1,
    blockSize: Int? = SideReader.usualBlockSize, onRead: @escaping @Sendable (Int) -> Void
  ) {
    self.job = job
    self.watch = watch
    self.cellLimit = cellLimit
    self.periods = periods
    self.workerCount = workerCount
    self.blockSize = blockSize
    self.onRead = onRead
    sources = job.files.map { _ in nil }
    parts = PartLedger(columnNames: job.blocks.map(\.allPartColumns))
    tally = Tally(
      of: job.subject, inputCount: job.files.count, holdsParts: job.holdsParts,
      areas: areas, categories: categories)
  }

  /// Large enough that turns do not count, small enough for a core's own cache.
  static let usualBlockSize = 1 << 19

  /// The side as it was read.
  var reading: SideReading {
    SideReading(tally: tally, sources: sources.compactMap { $0 }, watch: watch)
  }

  /// Reads everything.
  ///
  /// - Throws: ``Failure`` with its place for a value that is neither number nor marker, a negative
  ///   count, a figure that is duplicated, and all that the scanner refuses.
  mutating func read() throws {
    let files = job.blocks.enumerated().flatMap { place, block in
      block.table.files.map { (file: $0, block: block, place: place) }
    }
    // By name, so that the first figure of a cell is the same one however the side is cut into tallies.
    for number in Codebook.order(of: files.map(\.file.name)) {
      let (file, block, place) = files[number]
      try read(file, number: number, of: block, at: place)
    }
    try pages.verify()
  }

  /// - Parameters:
  ///   - job: the side with the table that the file is of.
  ///   - block: the table's number.
  private mutating func read(_ file: InputFile, number: Int, of job: SideJob, at block: Int) throws
  {
    try EESMeta.check(file, of: job)
    var rows = try job.table.open(file, onRead: onRead)
    let nomis = NomisColumns(in: rows.header, keys: [job.area, job.category, job.period])
    let columns = try job.valueColumns(in: &rows)
    var table = SideTable(
      file: file, number: number, job: job, block: block,
      filter: try RowFilter(job.table.filters, in: rows),
      columns: columns, watched: watch == nil ? [] : columns,
      partColumns: try parts.columns(in: rows, of: block),
      uniqueColumn: try job.uniqueColumn.map { try rows.column($0) },
      figures: FigureReader(job.figures, decimal: rows.decimal),
      ownBounds: try BoundsReader(job.bounds, in: job.figures.unit, rows), nomis: nomis,
      statuses: job.countOfRow == nil
        ? try StatusReader(job.status, nomis: nomis, job.figures, in: rows) : nil,
      units: UnitReader(in: rows),
      trace: RoundingTrace(job.figures.rounding, unit: job.figures.unit),
      nameColumns: try job.nameColumns(in: rows))
    if nomis != nil { pages.open(file) }
    try takeAll(&rows, &table)
    let wording = FigureWording(
      rows, columns: columns.compactMap(\.value), filters: job.table.filters,
      units: table.units.texts)
    sources[number] = SideInput(
      record: try rows.record(
        role: job.subject.text, rowCount: table.rowCount, mayBeEmpty: nomis != nil),
      table: block, trace: table.trace, wording: wording)
  }

  /// Takes up the current row, its value columns from one on.
  mutating func take(
    _ rows: inout RowTable, _ table: inout SideTable, from first: Int = 0
  ) throws {
    let isKept = try table.filter.keeps(&rows)
    if first == 0 {
      table.rowCount += 1
      if let nomis = table.nomis { try pages.note(&rows, nomis, isKept: isKept) }
      if isKept { try table.units.note(&rows) }
    }
    for index in first..<table.columns.count {
      let period = try table.columns[index].period.read(&rows, isTaken: isKept) { label in
        self.period(label)
      }
      guard isKept, isCompared[period] else {
        try watch?.leaveOut(
          &table.watched[index], &rows, by: table.filter.refusing(&rows),
          period: tally.periods[period])
        let value = table.columns[index].value.map { table.figures.counts(rows.figure($0)) }
        leaveOut(
          value ?? table.countOfRow, isKept: isKept, period: period, input: table.number)
        continue
      }
      try takeFigure(&rows, &table, column: index, period: period)
    }
  }

  private mutating func takeFigure(
    _ rows: inout RowTable, _ table: inout SideTable, column index: Int, period: Int
  ) throws {
    let column = table.columns[index].value
    // Keys first: what is no figure in a row without keys is no suppressed count.
    let area = try table.columns[index].area.read(&rows) { tally.areas.position(of: $0) }
    let category = try table.columns[index].category.read(&rows) { code in
      job.totals?.isTotal(code) == true ? Int.min : tally.categories.position(of: code)
    }
    let (figure, noted) = try self.figure(&rows, &table, column)
    try verifyRoom()
    let origin = Origin(input: table.number, line: rows.line)
    guard category != Int.min else {
      let place = rows.place(column)
      try addTotal(figure, table.job.figures, area: area, period: period, place)
      return leaveOutTotal(figure, period: period, input: table.number)
    }
    let cell = Cell(area: area, category: category, period: period)
    try claim(cell, &rows, table, from: origin)
    let bounds = try self.bounds(of: figure, &rows, table)
    switch figure {
    case .number(let value):
      if let column {
        table.trace.note(value, line: rows.line)
        if NumberText.isShortened(rows.bytes(column)) {
          table.trace.noteShortened(value, try rows.text(column), line: rows.line)
        }
      }
      tally.add(value, bounds: bounds, status: noted, to: cell, from: origin)
    case .marked(let marker):
      tally.add(marker, to: cell, from: origin)
    }
    try noteNames(&rows, table, of: cell)
    try watch?.count(
      &table.watched[index], &rows, figure, bounds, noted, period: tally.periods[period],
      parts: table.partColumns)
  }

  /// The current row's figure, and what its status says of it.
  @inline(__always)
  private func figure(
    _ rows: inout RowTable, _ table: inout SideTable, _ column: Int?
  ) throws -> (figure: ReadFigure, noted: Status) {
    guard let column else { return (.number(table.countOfRow ?? 1), []) }
    let status = try table.statuses?.read(&rows, value: column) ?? (noted: [], marker: nil)
    let figure = try status.marker.map(ReadFigure.marked) ?? table.figures.read(&rows, column)
    return (figure, status.noted)
  }

  /// Makes sure that tables of all codes that were met so far may be made.
  private mutating func verifyRoom() throws {
    let size = tally.storedCellCount + tally.areas.codes.count + tally.categories.codes.count
    guard size > verifiedSize else { return }
    try cellLimit?.verify(tally)
    verifiedSize = size
  }

  /// The bounds of a figure: its source's own, or those of its rounding or mark.
  @inline(__always)
  private func bounds(
    of figure: ReadFigure, _ rows: inout RowTable, _ table: SideTable
  ) throws -> (lower: Double, upper: Double) {
    switch figure {
    case .number(let value):
      try table.ownBounds?.read(&rows, around: value) ?? table.job.figures.bounds(of: value)
    case .marked(let marker): (marker.lower, marker.upper)
    }
  }

  /// Makes sure that a cell, or the current row's part of it, has no other figure.
  private mutating func claim(
    _ cell: Cell, _ rows: inout RowTable, _ table: SideTable, from origin: Origin
  ) throws {
    if let column = table.uniqueColumn {
      if let earlier = uniques.claim(rows.bytes(column), period: cell.period, from: origin) {
        throw duplicated(try rows.text(column), rows.place(column), earlier)
      }
    }
    guard !job.countsRecords else { return }
    let earlier =
      parts.isEmpty
      ? tally.origin(of: cell)
      : parts.claim(cell, &rows, columns: table.partColumns, of: table.block, from: origin)
    if let earlier { throw try repeated(rows.place(), origin, earlier) }
  }

  /// The number of a period, noting whether it is compared.
  private mutating func period(_ label: String) -> Int {
    let number = tally.period(label)
    if number == isCompared.count { isCompared.append(periods?.contains(Spelling(label)) ?? true) }
    return number
  }

  mutating func leaveOut(_ value: Double?, isKept: Bool, period: Int, input: Int) {
    tally.leaveOut(
      value ?? 0, by: isKept ? \.published : \.filteredByWhere, period: period, input: input)
  }

  private mutating func leaveOutTotal(_ figure: ReadFigure, period: Int, input: Int) {
    var value = 0.0
    if case .number(let number) = figure { value = number }
    tally.leaveOut(value, by: \.filteredAsTotals, period: period, input: input)
  }

  private mutating func addTotal(
    _ figure: ReadFigure, _ figures: FigureJob, area: Int, period: Int, _ place: Place
  ) throws {
    watch?.addTotal(
      figure, figures.bounds(of: figure), area: tally.areas.codes[area],
      period: tally.periods[period], place)
    try tally.take(totalOf: area, figures.bounds(of: figure), period: period, at: place)
  }
}
