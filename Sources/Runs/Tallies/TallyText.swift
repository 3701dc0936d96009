import Dense
import Extracts
import Jobs
import Mismatch

/// The text of a tally: the same bytes for the same content.
struct TallyText {
  private let reading: SideReading
  private let tally: Tally
  private let names: [String]
  /// Places of codes and periods in order.
  private let areaRanks: [Int]
  private let categoryRanks: [Int]
  private let periods: [Int]

  init(_ reading: SideReading) {
    self.reading = reading
    tally = reading.tally
    names = reading.sources.map(\.record.name)
    areaRanks = TallyText.ranks(tally.areas.codes)
    categoryRanks = TallyText.ranks(tally.categories.codes)
    periods = Codebook.order(of: tally.periods)
  }

  private static func ranks(_ codes: [String]) -> [Int] {
    var ranks = [Int](repeating: 0, count: codes.count)
    for (rank, place) in Codebook.order(of: codes).enumerated() { ranks[place] = rank }
    return ranks
  }

  /// Gives the text in parts.
  ///
  /// - Throws: ``Failure`` (`badData`) for a sum that two doubles do not hold.
  func write(_ head: TallyHead, to sink: ([UInt8]) throws -> Void) throws {
    if let cell = tally.inexactCell { throw tooFine(cell) }
    var csv = CSVText(TallyRecord.columns)
    func flush(_ limit: Int = 0) throws {
      guard csv.bytes.count > limit else { return }
      try sink(csv.bytes)
      csv = CSVText()
    }
    for row in try heads(head) + inputs() + accounts() + traces() + codeNames() {
      row.write(to: &csv)
    }
    for period in periods {
      for (cell, slot) in cells(of: period) {
        row(of: cell, slot).write(to: &csv)
        try flush(1 << 16)
      }
    }
    for row in marks() + totals() { row.write(to: &csv) }
    try flush()
  }

  private func tooFine(_ cell: Cell) -> Failure {
    Failure(
      .badData,
      "the sum of \(tally.areas.codes[cell.area]), \(tally.categories.codes[cell.category]), "
        + "\(tally.periods[cell.period]) is finer than a tally holds",
      expected: "figures of up to some 30 digits from the largest to the smallest",
      advice: "Round the figures to six decimals")
  }

  private func heads(_ head: TallyHead) throws -> [TallyRow] {
    var row = TallyRow(.tally)
    row.text = try TallyText.json(head)
    return [row]
  }

  static func json(_ value: some Encodable) throws -> String {
    String(try JSONText.of(value, isPretty: false, keys: .useDefaultKeys).dropLast())
  }

  private func inputs() throws -> [TallyRow] {
    try Codebook.order(of: names).map { number in
      var row = TallyRow(.input)
      row.input = names[number]
      row.figures = reading.sources[number].record.rowCount
      row.text = try TallyText.json(TallyInput(reading.sources[number]))
      return row
    }
  }

  private func accounts() -> [TallyRow] {
    periods.flatMap { period in
      ["published", "totals", "where"].flatMap { mark in
        Codebook.order(of: names).compactMap { number -> TallyRow? in
          let amount = tally.accounts[number][period].amount(mark)
          guard amount.rowCount > 0 else { return nil }
          var row = TallyRow(.account)
          (row.period, row.mark, row.input) = (tally.periods[period], mark, names[number])
          row.figures = amount.rowCount
          row.value = amount.sum.parts
          return row
        }
      }
    }
  }

  private func traces() throws -> [TallyRow] {
    try Codebook.order(of: names).compactMap { number in
      guard let trace = reading.sources[number].trace else { return nil }
      var row = TallyRow(.rounding)
      row.input = names[number]
      row.text = try TallyText.json(trace.record)
      return row
    }
  }

  private func codeNames() -> [TallyRow] {
    func rows(_ list: CodeList, _ path: WritableKeyPath<TallyRow, String>) -> [TallyRow] {
      list.names.map { place, name in
        var row = TallyRow(.name)
        row[keyPath: path] = list.codes[place]
        row.text = name
        return row
      }.sorted { Codebook.precedes($0[keyPath: path], $1[keyPath: path]) }
    }
    return rows(tally.categories, \.category) + rows(tally.areas, \.area)
  }

  /// The cells of a period that have numbers, in order.
  private func cells(of period: Int) -> [(cell: Cell, slot: Int)] {
    tally.numberedCells(of: period).sorted { left, right in
      let (one, other) = (areaRanks[left.cell.area], areaRanks[right.cell.area])
      if one != other { return one < other }
      return categoryRanks[left.cell.category] < categoryRanks[right.cell.category]
    }
  }

  private func row(of cell: Cell, _ slot: Int) -> TallyRow {
    var row = keyed(.cell, cell)
    let held = tally.held(in: slot)
    (row.figures, row.value, row.below, row.above) = (
      held.figures, held.value, held.below, held.above
    )
    take(held.origin, &row)
    return row
  }

  private func keyed(_ record: TallyRecord, _ cell: Cell) -> TallyRow {
    var row = TallyRow(record)
    row.period = tally.periods[cell.period]
    row.area = tally.areas.codes[cell.area]
    row.category = tally.categories.codes[cell.category]
    return row
  }

  private func take(_ origin: Origin?, _ row: inout TallyRow) {
    guard let origin, origin.line > 0 else { return }
    (row.firstInput, row.firstLine) = (names[origin.input], origin.line)
  }

  private func marks() -> [TallyRow] {
    tally.marks.map { mark in
      var row = keyed(.mark, mark.cell)
      row.mark = mark.marker.tallyText
      row.figures = mark.count
      take(tally.origin(of: mark.cell), &row)
      return row
    }.sorted {
      let keys = [$0, $1].map { [$0.period, $0.area, $0.category, $0.mark].map(Spelling.init) }
      return keys[0].lexicographicallyPrecedes(keys[1])
    }
  }

  private func totals() -> [TallyRow] {
    periods.flatMap { period in
      tally.totals(of: period).map { area, bounds in
        var row = TallyRow(.total)
        (row.period, row.area) = (tally.periods[period], tally.areas.codes[area])
        (row.below, row.above) = ((bounds.lower, 0), (bounds.upper, 0))
        return row
      }.sorted { Codebook.precedes($0.area, $1.area) }
    }
  }
}

extension InputAccount {
  static let marks: [String: WritableKeyPath<InputAccount, Amount> & Sendable] = [
    "published": \.published, "where": \.filteredByWhere, "totals": \.filteredAsTotals,
  ]

  fileprivate func amount(_ mark: String) -> Amount {
    InputAccount.marks[mark].map { self[keyPath: $0] } ?? Amount()
  }
}
