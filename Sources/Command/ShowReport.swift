import Extracts
import Jobs
import Mismatch
import Reports
import Runs

/// Cells of a finished run, in words and tables.
struct ShowReport {
  private let selection: CellSelection
  private let query: CellQuery
  private let run: FinishedRun
  private let width: Int

  init(
    _ selection: CellSelection, of query: CellQuery, in run: FinishedRun,
    width: Int = Terminal.width
  ) {
    (self.selection, self.query, self.run) = (selection, query, run)
    self.width = width
  }

  /// For a person.
  func lines() -> [String] {
    guard let first = selection.cells.first else {
      return headLines() + ["", "No cell answers this query"]
    }
    switch (query.area, query.sector) {
    case (_?, _?): return cellLines() + [""] + explainLines(first)
    case (nil, nil): return headLines() + [""] + largestLines() + [""] + furtherLines()
    default: return profileLines(of: first)
    }
  }

  // MARK: The run

  private func headLines() -> [String] {
    let periods = run.grids.map(\.period).joined(separator: "; ")
    let (areas, sectors) = (run.grids.first?.areaCount ?? 0, run.grids.first?.sectorCount ?? 0)
    return [
      "\(run.jobName): \(counted(areas, "area")), \(counted(sectors, "sector")), \(periods)",
      "  \(run.kinds.provision) against \(run.kinds.demand); written by mismatch \(run.version)",
    ]
      + run.grids.map { grid in
        let isCalled = grid.calls.values.contains { $0 > 0 }
        let calls = Call.allCases.map { "\(grid.calls[$0] ?? 0) \($0.rawValue)" }
        return "  \(run.grids.count > 1 ? grid.period + ", " : "")"
          + "\(count(Double(grid.areaCount * grid.sectorCount))) cells"
          + (isCalled ? ": " + calls.joined(separator: ", ") : "")
      }
  }

  private func largestLines() -> [String] {
    let calls = Call.allCases.filter { query.calls?.contains($0) == true }.map(\.rawValue)
    let what = calls.isEmpty ? "cell" : "gap"
    let called = calls.isEmpty ? "by count" : "called \(calls.joined(separator: " or "))"
    let shown = selection.cells.count
    let title =
      shown < selection.count
      ? "The \(shown) largest of \(count(Double(selection.count))) \(what)s \(called)"
      : "The \(counted(shown, what)) \(called)"
    return [title] + table(selection.cells, [.period, .area, .sector])
  }

  private func furtherLines() -> [String] {
    let command = "mismatch show \(quoted(run.folder))"
    return [
      "One area: \(command) --area NAME; one sector: --sector NAME; one cell: both",
      "More: --top \(max(20, (query.top ?? 10) * 10)); one call: --call unclear; for programs: --json",
    ]
  }

  // MARK: One area or one sector

  private func profileLines(of first: WrittenCell) -> [String] {
    let isArea = query.area != nil
    let title =
      isArea
      ? named(first.areaName, first.areaCode) : named(first.sectorName, first.sectorCode)
    var lines: [String] = []
    for grid in run.grids {
      let cells = selection.cells.filter { $0.period.isSpelt(as: grid.period) }
      guard !cells.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append("\(title), \(grid.period)")
      lines += table(byGap(cells), [isArea ? .sector : .area])
    }
    if selection.cells.count < selection.count {
      lines.append("  and \(count(Double(selection.count - selection.cells.count))) more")
    }
    return lines
  }

  /// From the largest surplus to the largest shortage, then cells without a gap.
  private func byGap(_ cells: [WrittenCell]) -> [WrittenCell] {
    let sorted = cells.enumerated().sorted { left, right in
      switch (left.element.gap.value, right.element.gap.value) {
      case (let a?, let b?): a != b ? a > b : left.offset < right.offset
      case (let a, let b):
        a != nil && b == nil || (a == nil) == (b == nil) && left.offset < right.offset
      }
    }
    return sorted.map(\.element)
  }

  // MARK: One cell

  private func cellLines() -> [String] {
    run.grids.flatMap { grid in
      selection.cells.filter { $0.period.isSpelt(as: grid.period) }.flatMap(cellLines)
    }
  }

  private func cellLines(_ cell: WrittenCell) -> [String] {
    var lines = run.grids.count > 1 ? ["\(cell.period):"] : []
    lines.append(
      cell.sentence(run.kinds)?.text(names: { $0.shortened(to: 80) })
        ?? "\(named(cell.areaName, cell.areaCode)), \(named(cell.sectorName, cell.sectorCode))")
    for side in Side.allCases {
      lines.append("  \(side.rawValue): \(words(cell.figure(side.rawValue))) \(run.kinds[side])")
    }
    for name in cell.headings.names where isOther(name, cell) {
      lines.append("  \(name): \(cell.number(name).map(FigureRecord.sixDigits) ?? "undefined")")
    }
    if let p = cell.number("p_adjusted") {
      lines.append("  adjusted p-value of the call: \(FigureRecord.sixDigits(p))")
    }
    return lines
  }

  /// Whether a column is a measure that the sentence does not hold.
  private func isOther(_ name: String, _ cell: WrittenCell) -> Bool {
    let said = [Measure.provisionShare, .demandShare, .shareGap].map(\.name)
    return Measure.catalogue.contains { $0.name == name } && !said.contains(name)
      && cell.headings.names.contains("\(name)_lower")
  }

  private func explainLines(_ cell: WrittenCell) -> [String] {
    let period = run.grids.count > 1 ? " --period \(quoted(cell.period))" : ""
    return [
      "How it came about: mismatch explain \(quoted(run.folder)) --area \(quoted(cell.areaCode)) "
        + "--sector \(quoted(cell.sectorCode))\(period)"
    ]
  }

  /// A word of a shell.
  private func quoted(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || ".-_/:".contains($0) }
      ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }

  // MARK: Tables

  private enum Name: String {
    case period, area, sector
  }

  private func table(_ cells: [WrittenCell], _ names: [Name]) -> [String] {
    let names = names.filter { $0 != .period || run.grids.count > 1 && query.period == nil }
    let columns = columns(cells)
    var headings = names.map { $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst() }
    headings[0] = "  " + headings[0]
    var table = TextTable(headings + columns.map(\.heading))
    for cell in cells {
      var texts = names.map { name in
        switch name {
        case .period: cell.period
        case .area: cell.areaName
        case .sector: cell.sectorName
        }
      }.map { $0.shortened(to: 200) }
      texts[0] = "  " + texts[0]
      table.add(texts + columns.map { $0.text(cell) })
    }
    return table.lines(leftColumns: names.count, width: width)
  }

  private typealias CellColumn = (heading: String, text: (WrittenCell) -> String)

  /// Shares and their gap; both counts and other measures where the run has no shares.
  private func columns(_ cells: [WrittenCell]) -> [CellColumn] {
    guard let names = cells.first?.headings.names, names.contains(Measure.shareGap.name) else {
      return countColumns(cells.first?.headings.names ?? [])
    }
    var columns: [CellColumn] = Side.allCases.map(\.rawValue).filter {
      names.contains("\($0)_share")
    }.map { side in
      (side, { $0.number("\(side)_share").map(percent) ?? "" })
    }
    columns += [
      ("gap, pp", { $0.gap.value.map(signed) ?? "" }), ("interval", { $0.interval?.text ?? "" }),
      ("call", { $0.call?.rawValue ?? $0.gap.status }),
    ]
    if cells.contains(where: { $0.survives != nil }) {
      columns.append(("survives", { $0.survives.map { $0 ? "yes" : "no" } ?? "" }))
    }
    return columns
  }

  private func countColumns(_ names: [String]) -> [CellColumn] {
    let sides = Side.allCases.map(\.rawValue)
    let measures = names.filter { names.contains("\($0)_lower") && !sides.contains($0) }
    return sides.map { side in (side, { $0.number(side).map(count) ?? $0.text("\(side)_status") }) }
      + measures.map { name in
        (name, { $0.number(name).map(FigureRecord.sixDigits) ?? $0.text("\(name)_status") })
      }
  }

  /// A count with its bounds where they differ from it, and its status.
  private func words(_ figure: WrittenFigure) -> String {
    let value = figure.value.map(count) ?? "not known"
    let isExact = figure.lower == figure.value && figure.upper == figure.value
    let bounds =
      isExact
      ? ""
      : " (\(figure.lower.map(count) ?? "0") to \(figure.upper.map(count) ?? "unbounded"))"
    return value + bounds + (figure.status.isEmpty ? "" : " \(figure.status)")
  }

  private func named(_ name: String, _ code: String) -> String {
    let name = name.shortened(to: 80)
    return name.isSpelt(as: code) ? name : "\(name) (\(code.shortened(to: 80)))"
  }
}
