import Dense

// What a tally holds, cell by cell, for those who keep tallies and add them up.
extension Tally {
  /// A cell that has a sum which two doubles do not hold; nil where all sums are exact.
  package var inexactCell: Cell? { cells.inexact }

  /// Whether cells, marks and totals hold what the accounts of the inputs say: a tally that was cut or changed does
  /// not.
  package var agreesWithAccounts: Bool {
    periods.indices.allSatisfy { period in
      var account = InputAccount()
      for input in accounts { account.add(input[period]) }
      var found = InputAccount.Amount()
      for (_, slot) in numberedCells(of: period) {
        found.rowCount += cells.figureCount(slot: slot)
        let (high, low) = cells.sums[slot]
        found.sum.add(high)
        found.sum.add(low)
      }
      for mark in marks where mark.cell.period == period && mark.marker.isMark {
        found.rowCount += mark.count
      }
      // Sums that span more than two doubles hold differ in their last places.
      let difference = abs(found.sum.value - account.published.sum.value)
      return found.rowCount == account.published.rowCount
        && difference <= 1e-9 * max(1, found.sum.value)
        && totals[period].count == account.filteredAsTotals.rowCount
    }
  }

  /// The cells of a period that have a number, with their slots, in no order that means anything.
  package func numberedCells(of period: Int) -> [(cell: Cell, slot: Int)] {
    var marked: Set<Cell> = []
    if !holdsParts { for mark in marks where mark.marker.isMark { marked.insert(mark.cell) } }
    var found: [(cell: Cell, slot: Int)] = []
    cells.forEach(in: period) { cell, slot in
      let hasNumber = holdsParts ? cells.figureCounts[slot] > 0 : !marked.contains(cell)
      if hasNumber { found.append((cell, slot)) }
    }
    return found
  }

  /// What stands in a slot: so many numbers, their sum and how far its bounds are from it, and where the first figure
  /// was read.
  package struct Held {
    package var figures = 0
    package var value: (high: Double, low: Double) = (0, 0)
    package var below: (high: Double, low: Double) = (0, 0)
    package var above: (high: Double, low: Double) = (0, 0)
    package var origin: Origin?

    package init() {}
  }

  /// What a slot of ``numberedCells(of:)`` holds.
  package func held(in slot: Int) -> Held {
    var held = Held()
    held.figures = cells.figureCount(slot: slot)
    (held.value, held.below, held.above) = (
      cells.sums[slot], cells.below[slot], cells.above[slot]
    )
    held.origin = cells.origin(at: slot)
    return held
  }

  /// Published bounds of area totals in a period, by place of the area.
  package func totals(of period: Int) -> [(area: Int, bounds: TotalBounds)] {
    totals[period].map { ($0.key, $0.value) }
  }

  /// Whether a cell's number of figures has room for so many more.
  package func hasRoom(for figures: Int, in cell: Cell) -> Bool {
    let held = cells.slot(of: cell).map { cells.figureCount(slot: $0) } ?? 0
    return held + figures <= Int(UInt32.max)
  }

  /// Adds what another tally holds of a cell.
  package mutating func add(_ held: Held, to cell: Cell) {
    let origin = held.origin ?? Origin(input: 0, line: 0)
    let slot = cells.claim(cell, from: origin).slot
    cells.addFigures(held.figures, slot: slot)
    for (column, sum) in [
      (\CellTable.sums, held.value), (\.below, held.below), (\.above, held.above),
    ] {
      for term in [sum.high, sum.low] where term != 0 { cells.add(term, to: column, cell) }
    }
  }

  /// Notes that the first figure of a cell is another one, in an order that the tally does not know.
  package mutating func moveOrigin(of cell: Cell, to origin: Origin) {
    if let slot = cells.slot(of: cell) { cells.origins[slot] = origin.code }
  }

  /// Adds marks of a cell that another tally holds.
  package mutating func add(_ marker: Marker, count: Int, to cell: Cell, from origin: Origin) {
    if marker.isMark { _ = cells.claim(cell, from: origin) }
    note(marker, count: count, cell)
  }

  /// Adds what an input has of a period.
  package mutating func add(_ account: InputAccount, period: Int, input: Int) {
    accounts[input][period].add(account)
  }

  /// Takes in one input more; returns its number.
  package mutating func addInput() -> Int {
    accounts.append(periods.map { _ in InputAccount() })
    return accounts.count - 1
  }
}

extension Marker {
  /// So many equal marks as one.
  package func times(_ count: Int) -> Marker {
    let number = Double(count)
    return Marker(
      status: status, lower: lower * number, upper: upper * number, point: point.map { $0 * number }
    )
  }

  /// The mark as tallies write it: its status and the bounds of the count behind it.
  package var tallyText: String {
    func text(_ number: Double) -> String {
      Int(exactly: number).map(String.init) ?? "\(number)"
    }
    let bounds = text(lower) + ".." + (upper == .infinity ? "" : text(upper))
    let status = status.isEmpty ? "none" : self.status.text.replacing(" ", with: "+")
    return "\(status) \(bounds)" + (point.map { " " + text($0) } ?? "")
  }

  /// The mark that ``tallyText`` writes; nil for any other text.
  package init?(tallyText: String) {
    let parts = tallyText.split(separator: " ").map(String.init)
    guard (2...3).contains(parts.count), let dots = parts[1].firstRange(of: "..") else {
      return nil
    }
    let upper = String(parts[1][dots.upperBound...])
    guard let status = parts[0] == "none" ? [] : Status(codes: parts[0].split(separator: "+")),
      let lower = Double(parts[1][..<dots.lowerBound]), lower.isFinite,
      let upper = upper.isEmpty ? .infinity : Double(upper), upper >= lower
    else { return nil }
    let point = parts.count == 3 ? Double(parts[2]) : nil
    guard point?.isFinite ?? (parts.count == 2) else { return nil }
    self.init(status: status, lower: lower, upper: upper, point: point)
  }
}
