import Extracts
import Mismatch
import Runs

/// Makes a ``Comparison`` of two finished runs.
package struct RunComparison: Sendable {
  private let a: FinishedRun
  private let b: FinishedRun
  private let tables: (a: WrittenTable, b: WrittenTable)
  private let codes: (a: RunCodes, b: RunCodes)
  private let periods: [Comparison.Periods]
  private let workerCount: Int

  /// Reads which cells both runs have.
  ///
  /// - Throws: ``Failure`` where a run has no gaps of cells, and where no cell can be in both.
  package init(_ a: FinishedRun, _ b: FinishedRun, workerCount: Int) throws {
    (self.a, self.b, self.workerCount) = (a, b, workerCount)
    tables = (try a.gapTable(), try b.gapTable())
    codes = (try a.codes(workerCount: workerCount), try b.codes(workerCount: workerCount))
    periods = RunComparison.pairs(codes.a.periods.codes, codes.b.periods.codes)
    for (own, other) in [
      (codes.a.areas, codes.b.areas), (codes.a.sectors, codes.b.sectors),
    ] where !own.codes.contains(where: other.contains) {
      throw Failure(
        .usage, at: Place(file: b.folder),
        "no \(own.what) is also one of \(a.folder): it has \(Failure.examples(other.codes, limit: 3))",
        expected: "codes such as " + Failure.examples(own.codes, limit: 3),
        advice:
          "Compare runs of the same \(own.what)s; a crosswalk or a lookup brings them to one scheme"
      )
    }
    guard !periods.isEmpty else {
      throw Failure(
        .usage, at: Place(file: b.folder),
        "no period is also one of \(a.folder): it has "
          + Failure.examples(codes.b.periods.codes, limit: 5),
        expected: "labels such as " + Failure.examples(codes.a.periods.codes, limit: 5),
        advice: "Compare runs of one period each, or give both the same labels with `periods`")
    }
  }

  /// Periods with the same label; the only one of A and the only one of B whatever they are called.
  private static func pairs(_ a: [String], _ b: [String]) -> [Comparison.Periods] {
    if a.count == 1, b.count == 1 { return [Comparison.Periods(a: a[0], b: b[0])] }
    return a.filter { label in b.contains { $0.isSpelt(as: label) } }.map {
      Comparison.Periods(a: $0, b: $0)
    }
  }

  /// Compares all cells.
  ///
  /// - Parameters:
  ///   - top: how many of the cells that moved are returned.
  ///   - write: where the rows of all cells go as CSV, headings first; nil where nobody wants them.
  /// - Throws: ``Failure`` where a table cannot be read or is too large to be held, and what `write` throws.
  package func comparison(
    top: Int, write: (([UInt8]) throws -> Void)? = nil
  ) throws -> Comparison {
    let held = try HeldGaps(a, tables.a, codes.a, workerCount: workerCount)
    let labels = codes.a.periods.codes
    let numbers = periods.compactMap { pair in
      labels.firstIndex(of: pair.a).map { (Spelling(pair.b), $0) }
    }
    let axes = CellAxes(codes.a, periods: Dictionary(uniqueKeysWithValues: numbers))
    let isWritten = write != nil
    let pairs = Dictionary(uniqueKeysWithValues: periods.map { (Spelling($0.b), $0.a) })
    try write?(CSVText(ComparedCells.columns).bytes)
    var found = ComparedCells(limit: top, writesRows: isWritten)
    try tables.b.eachBlock(CellAxes.columns, workerCount: workerCount) { rows in
      var part = ComparedCells(limit: top, writesRows: isWritten)
      var reader = CellAxes.Reader(axes)
      for row in 0..<rows.rowCount {
        var own: ComparedGap?
        if let place = reader.place(row, rows) { own = held.meet(place) }
        part.add(own, reader.gap(row, rows), rows, row) { pairs[Spelling($0)] ?? "" }
      }
      part.keepLargest()
      return part
    } take: { part in
      found.add(part)
      try write?(part.text.bytes)
    }
    found.add(onlyInA: held.unmetCount)
    if let write { try self.write(onlyInA: held, to: write) }
    found.keepLargest()
    return comparison(found)
  }

  /// Writes the cells that A alone has, in the order of their codes.
  private func write(onlyInA held: HeldGaps, to write: ([UInt8]) throws -> Void) throws {
    var part = ComparedCells(limit: 0, writesRows: true)
    let (areas, sectors) = (codes.a.areas, codes.a.sectors)
    let undefined = ComparedGap(gap: .nan, lower: .nan, upper: .nan, call: nil)
    var place = 0
    for period in codes.a.periods.codes {
      for area in areas.codes {
        for sector in sectors.codes {
          defer { place += 1 }
          guard let gap = held.unmet(place) else { continue }
          part.write(
            onlyInA: ComparedCell(
              periodA: period, periodB: "", areaCode: area, areaName: areas.name(of: area),
              sectorCode: sector, sectorName: sectors.name(of: sector), a: gap, b: undefined))
        }
        try write(part.text.bytes)
        part.removeText()
      }
    }
  }

  private func comparison(_ found: ComparedCells) -> Comparison {
    Comparison(
      a: Comparison.Run(a, codes.a), b: Comparison.Run(b, codes.b),
      differences: RunDifferences(a, b), periods: periods,
      onlyInA: unshared(codes.a, codes.b, periods.map(\.a)),
      onlyInB: unshared(codes.b, codes.a, periods.map(\.b)), counts: found.counts,
      calls: found.flips, moved: found.moved.map(\.cell))
  }

  private func unshared(
    _ own: RunCodes, _ other: RunCodes, _ compared: [String]
  ) -> Comparison.Unshared {
    Comparison.Unshared(
      areas: own.areas.codes.filter { !other.areas.contains($0) },
      sectors: own.sectors.codes.filter { !other.sectors.contains($0) },
      periods: own.periods.codes.filter { label in !compared.contains { $0.isSpelt(as: label) } })
  }
}

extension FinishedRun {
  /// `cells.csv` with the columns that are compared.
  fileprivate func gapTable() throws -> WrittenTable {
    let table = try cellsTable()
    try verifyGaps(table)
    return table
  }

  /// Whether a file is one that the run wrote, under whatever name.
  package func wrote(_ path: String) -> Bool {
    let file = FileIdentity(path: path)
    let names = outputs.map(\.name) + [Manifest.fileName]
    return names.contains { FileIdentity(path: "\(folder)/\($0)").isSameFile(as: file) }
  }
}
