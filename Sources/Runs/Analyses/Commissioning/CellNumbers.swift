import Dense
import Extracts
import Jobs
import Mismatch

/// Where numbers of cells stand, or of areas, or of sectors.
struct CellNumbersJob: Sendable {
  var table: TableJob
  /// Nil where a number holds for all areas.
  var area: KeyJob?
  /// Nil where it holds for all sectors.
  var sector: KeyJob?
  var value: String
  /// Columns of the least and the largest that a number may be; nil where they are taken as they are.
  var ends: (lower: String, upper: String)?
  var range: NumberRange

  var file: Place { Place(file: table.files.first?.path ?? "") }

  /// The numbers of all cells.
  ///
  /// Rows of areas and sectors that the job excludes are passed over.
  ///
  /// - Throws: ``Failure`` for what is no number of the range, for ends that do not enclose theirs, for an area or sector
  ///   that the grid does not have, and for keys that are duplicated.
  func read(role: String, _ setting: AnalysisSetting) throws -> CellNumbers {
    let (areas, sectors) = (setting.areas, setting.sectors)
    let known = (
      area: CodesOfRows(what: "area", codes: areas, excluded: setting.job.excludedAreas),
      sector: CodesOfRows(what: "sector", codes: sectors, excluded: setting.job.excludedSectors)
    )
    var numbers = CellNumbers(count: areas.count * sectors.count)
    for file in table.files {
      var rows = try table.open(file, onRead: setting.onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var areaKey: KeyReader?
      if let area { areaKey = try KeyReader(area, in: rows) }
      var sectorKey: KeyReader?
      if let sector { sectorKey = try KeyReader(sector, in: rows) }
      let column = try rows.column(value)
      let ends = try ends.map { (try rows.column($0.lower), try rows.column($0.upper)) }
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows),
          let inAreas = try known.area.positions(&areaKey, role, &rows),
          let inSectors = try known.sector.positions(&sectorKey, role, &rows)
        else { continue }
        let row = CellNumbers.Row(
          value: try rows.number(column, in: range, what: role),
          ends: try ends.map { try interval($0, role, &rows) }, place: rows.place(column))
        try row.verify(role)
        for area in inAreas {
          for sector in inSectors {
            let cell = area * sectors.count + sector
            guard numbers.rowOfCell[cell] == nil else {
              throw Failure(
                .badData, at: rows.place(),
                "\(role) of area \"\(areas.codes[area])\", sector \"\(sectors.codes[sector])\" is duplicated",
                expected: "one row for each", advice: "Keep one of them with `where`")
            }
            numbers.rowOfCell[cell] = Int32(numbers.rows.count)
          }
        }
        numbers.rows.append(row)
      }
      numbers.inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    return numbers
  }

  private func interval(_ ends: (Int, Int), _ role: String, _ rows: inout RowTable) throws -> (
    Double, Double
  ) {
    (
      try rows.number(ends.0, in: range, what: "lower end of \(role)"),
      try rows.number(ends.1, in: range, what: "upper end of \(role)")
    )
  }
}

/// Numbers of cells, areas × sectors, and where each was read.
struct CellNumbers: Sendable {
  /// What one row gives to all cells that it is about.
  struct Row: Sendable {
    let value: Double
    /// The least and the largest that it may be; nil where it is taken as it is.
    var ends: (lower: Double, upper: Double)?
    /// Nil where no file says it.
    var place: Place?

    /// - Throws: ``Failure`` where the ends do not enclose the value.
    fileprivate func verify(_ role: String) throws {
      guard let ends, ends.lower > value || ends.upper < value else { return }
      throw Failure(
        .badData, at: place,
        "the \(role) is \(value), its ends are \(ends.lower) and \(ends.upper)",
        expected: "a lower end at or below it, and an upper end at or above it",
        advice: "Check which column is which")
    }
  }

  var rows: [Row] = []
  /// Nil for cells without a number.
  var rowOfCell: [Int32?]
  var inputs: [InputRecord] = []

  /// No numbers.
  init(count: Int) { rowOfCell = Array(repeating: nil, count: count) }

  /// One number for all cells.
  init(_ value: Double, count: Int) {
    rows = [Row(value: value)]
    rowOfCell = Array(repeating: 0, count: count)
  }

  private func row(of cell: Int) -> Row? { rowOfCell[cell].map { rows[Int($0)] } }

  /// By cell; NaN where there is none.
  var values: [Double] { rowOfCell.indices.map { row(of: $0)?.value ?? .nan } }

  /// Where the number of a cell was read; nil where none was.
  func place(of cell: Int) -> Place? { row(of: cell)?.place }

  /// The same numbers with ends as far from each as a share of it says, from 0 to below 1.
  func ranging(by share: Double) -> CellNumbers {
    var ranging = self
    for row in rows.indices {
      let value = rows[row].value
      ranging.rows[row].ends = (value * (1 - share), value * (1 + share))
    }
    return ranging
  }

  /// Whether a number is not taken as it is.
  var isUncertain: Bool { rows.contains { $0.ends != nil } }

  /// Numbers drawn between their ends, all alike, one for each row; by cell.
  func drawn(_ draw: Int, _ random: Philox) -> [Double] {
    let drawn = rows.enumerated().map { number, row in
      row.ends.map { ends in
        ends.lower
          + random.uniform(cell: UInt64(number), draw: UInt64(draw)) * (ends.upper - ends.lower)
      } ?? row.value
    }
    return rowOfCell.map { $0.map { drawn[Int($0)] } ?? .nan }
  }
}

/// The areas or the sectors that rows of a file may name.
private struct CodesOfRows {
  let what: String
  let codes: Codebook
  let excluded: Set<Spelling>

  /// The positions that a row is about: all where its file has no such key; nil for a code that the job excludes.
  ///
  /// - Throws: ``Failure`` for a code that the grid does not have.
  func positions(_ key: inout KeyReader?, _ role: String, _ rows: inout RowTable) throws
    -> Range<Int>?
  {
    guard let code = try key?.code(&rows) else { return codes.codes.indices }
    if let position = codes.position(of: code) { return position..<position + 1 }
    guard !excluded.contains(Spelling(code)) else { return nil }
    throw Failure(
      .badData, at: rows.place(), "\(role) of \(what) \"\(code)\", which the grid does not have",
      expected: "one of " + Failure.examples(codes.codes),
      advice: "Use the grid's codes, or leave the row out with `where`")
  }
}
