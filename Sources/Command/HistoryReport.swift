import Mismatch
import Extracts
import Jobs
import Reports
import Runs

/// How one cell came about, in words.
struct HistoryReport {
  /// Rows of one kind that are shown; what is left is counted.
  private static let shownCount = 10

  private let history: CellHistory

  init(_ history: CellHistory) { self.history = history }

  /// All of it, for a person.
  func lines() -> [String] {
    let cell = history.cell
    var lines = [
      history.sentence.text(names: { $0.shortened(to: 80) }), "",
      "\(named(cell.areaName, cell.areaCode)), \(named(cell.sectorName, cell.sectorCode)), "
        + cell.period,
      "written by mismatch \(history.version); \(counted(history.inputs.count, "input")) "
        + "unchanged since the run",
    ]
    for side in history.sides { lines += [""] + sideLines(side) }
    return lines + [""] + measureLines() + [""] + writtenLines()
  }

  // MARK: Sides

  private func sideLines(_ side: SideHistory) -> [String] {
    let title = side.side.prefix(1).uppercased() + side.side.dropFirst()
    return [
      "\(title), \(side.period): \(figure(side.cell)) \(side.kind)",
      "  " + (side.unit.map { "unit of the figures: \($0); " } ?? "")
        + "rounding: \(side.rounding); imputed value of a suppressed figure: \(side.point)",
    ] + sourceLines(side) + leftOutLines(side) + stepLines(side) + productLines(side)
      + totalLines(side) + scalingLines(side)
  }

  private func sourceLines(_ side: SideHistory) -> [String] {
    guard !side.lines.isEmpty else {
      let meaning = side.cell.value == 0 ? "the count is 0" : "the count is not known"
      return ["", "  No source lines: \(meaning)"]
    }
    let parts = partColumns(side)
    var table = TextTable(
      ["    line", "area", "category"] + parts + ["figure", "read as", "contributes"])
    for line in side.lines.prefix(Self.shownCount) {
      table.add(
        [
          "    \(place(line.file, line.line))", coded(line.area, line.areaName),
          coded(line.category, line.categoryName),
        ]
          + parts.map { column in
            line.parts.first { $0.column == column }?.text.shortened(to: Self.codeWidth) ?? ""
          }
          + [
            line.text.shortened(to: Self.codeWidth), figure(line.figure), number(line.contribution),
          ])
    }
    let rest = side.lines.dropFirst(Self.shownCount)
    let more =
      rest.isEmpty
      ? []
      : [
        "    and \(counted(rest.count, "more line")), which contribute "
          + number(rest.reduce(0) { $0 + ($1.contribution ?? 0) })
      ]
    let added = parts.isEmpty ? "" : ", added up over \(parts.joined(separator: ", "))"
    return [
      "", "  \(counted(side.lines.count, "source line"))\(added), largest contribution first",
    ] + table.lines(leftColumns: 4 + parts.count) + more
  }

  /// The columns that tell parts of a count apart, of all tables of the side.
  private func partColumns(_ side: SideHistory) -> [String] {
    side.lines.reduce(into: []) { columns, line in
      for part in line.parts where !columns.contains(part.column) { columns.append(part.column) }
    }
  }

  private func leftOutLines(_ side: SideHistory) -> [String] {
    side.leftOut.map { what in
      let reason = what.column.map { "by `where` on \($0)" } ?? "as other periods"
      return "    excluded \(reason): \(counted(what.lineCount, "line"))"
    }
  }

  private func stepLines(_ side: SideHistory) -> [String] {
    guard !side.lines.isEmpty else { return [] }
    return [("area", "Area lookup"), ("category", "Crosswalk")].flatMap { dimension, title in
      let steps = side.steps.filter { $0.dimension == dimension }
      guard !steps.isEmpty else {
        return [
          "",
          "  \(title): none; the source uses "
            + "the codes of the grid",
        ]
      }
      var table = TextTable(["    line", "from", "to", "as given", "weight"])
      for step in steps.prefix(Self.shownCount) {
        table.add([
          "    \(place(step.file, step.line))", coded(step.from, step.fromName),
          coded(step.to, step.toName), number(step.written), number(step.weight),
        ])
      }
      return ["", "  \(title)"] + table.lines(leftColumns: 3) + more(steps.count)
    }
  }

  private func productLines(_ side: SideHistory) -> [String] {
    guard !side.products.isEmpty else { return [] }
    var table = TextTable(["    area", "category", "count", "x area", "x category", "="])
    let sorted = side.products.enumerated().sorted {
      let (a, b) = ($0.element.product.value ?? -1, $1.element.product.value ?? -1)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    for product in sorted.prefix(Self.shownCount) {
      table.add([
        "    \(coded(product.area, product.areaName))",
        coded(product.category, product.categoryName), figure(product.figure),
        number(product.areaWeight), number(product.categoryWeight), figure(product.product),
      ])
    }
    let guarded = sorted.compactMap { product in
      product.guarded.map {
        "    withheld: \(coded(product.area, product.areaName)) "
          + "\(coded(product.category, product.categoryName)) is \(range($0.own)) by its marker, and "
          + "\(range($0.tightened)) given the published total"
      }
    }
    return ["", "  Products"] + table.lines(leftColumns: 2) + more(sorted.count)
      + ["    sum: \(number(side.sum)); cell: \(figure(side.scaling?.source ?? side.cell))"]
      + guarded
  }

  private func totalLines(_ side: SideHistory) -> [String] {
    guard !side.totals.isEmpty else { return [] }
    var table = TextTable(["    line", "area", "total", "use"])
    for total in side.totals.prefix(Self.shownCount) {
      table.add([
        "    \(place(total.file, total.line))", coded(total.area, total.areaName),
        figure(total.figure), total.use,
      ])
    }
    return ["", "  Published totals"] + table.lines(leftColumns: 4) + more(side.totals.count)
  }

  private func scalingLines(_ side: SideHistory) -> [String] {
    guard let scaling = side.scaling else { return [] }
    var table = TextTable(["    sum of", "before", "published", "after"])
    for (name, change) in [("its area", scaling.area), ("its sector", scaling.sector)] {
      table.add(["    \(name)", number(change.before), number(change.target), number(change.after)])
    }
    return ["", "  Scaled to published totals"] + table.lines(leftColumns: 1)
      + ["    cell before scaling: \(figure(scaling.source)); after: \(figure(side.cell))"]
  }

  // MARK: Measures and files

  private func measureLines() -> [String] {
    var symbols = TextTable(["  symbol", "meaning", "value"])
    for symbol in history.symbols {
      symbols.add(["  \(symbol.symbol)", symbol.meaning, figure(symbol.figure)])
    }
    var table = TextTable(["  measure", "formula", "with values", "result"])
    for measure in history.measures {
      table.add([
        "  \(measure.name)", String(measure.formula.prefix { $0 != ";" }), measure.substituted,
        figure(measure.figure),
      ])
    }
    return ["Measures"] + symbols.lines(leftColumns: 3) + [""] + table.lines(leftColumns: 4)
  }

  private func writtenLines() -> [String] {
    let verdict =
      history.differences.isEmpty
      ? "recalculated: all \(history.verifiedFields.count) fields agree with cells.csv"
      : "recalculated: \(history.differences.count) of \(history.verifiedFields.count) fields DIFFER from "
        + "cells.csv"
    var lines = ["Files of the run", "  \(verdict)"]
    lines += history.changedOutputs.map { "  \($0.file) \($0.problem)" }
    for difference in history.differences {
      lines.append(
        "  \(difference.field): written \(difference.written), recalculated \(difference.recalculated)"
      )
    }
    var files: [String] = []
    for row in history.written where files.last != row.file { files.append(row.file) }
    for file in files { lines += fileLines(file, history.written.filter { $0.file == file }) }
    return lines
  }

  /// What a file holds for the cell, without the columns that were calculated again or are empty.
  private func fileLines(_ file: String, _ rows: [WrittenRow]) -> [String] {
    let isVerified =
      rows.count == 1
      && history.verifiedFields.allSatisfy { name in
        rows[0].fields.contains { $0.name == name }
      }
    let columns = (rows.first?.fields ?? []).indices.filter { column in
      rows.contains { !$0.fields[column].text.isEmpty }
        && !(isVerified && history.verifiedFields.contains(rows[0].fields[column].name))
    }
    guard !columns.isEmpty else { return [] }
    var table = TextTable(indented(columns.map { rows[0].fields[$0].name }))
    for row in rows {
      table.add(
        indented(
          columns.map { column in
            let text = row.fields[column].text
            return Double(text).map(FigureRecord.sixDigits) ?? text
          }))
    }
    return ["  \(file)"] + table.lines(leftColumns: 1)
  }

  // MARK: Words

  private func indented(_ fields: [String]) -> [String] {
    ["    " + (fields.first ?? "")] + fields.dropFirst()
  }

  private func more(_ count: Int) -> [String] {
    count > Self.shownCount ? ["    and \(count - Self.shownCount) more"] : []
  }

  private static let codeWidth = 60

  private func named(_ name: String, _ code: String) -> String {
    let (name, code) = (name.shortened(to: 80), code.shortened(to: 80))
    return name == code ? code : "\(name) (\(code))"
  }

  /// A code with the name that it has besides.
  private func coded(_ code: String, _ name: String?) -> String {
    code.shortened(to: Self.codeWidth) + (name.map { " \($0.shortened(to: 30))" } ?? "")
  }

  private func place(_ file: String, _ line: Int?) -> String {
    file + (line.map { ":\($0)" } ?? "")
  }

  private func number(_ value: Double?) -> String {
    value.map(FigureRecord.sixDigits) ?? "undefined"
  }

  /// A figure with its bounds where they differ from it, and its status.
  private func figure(_ figure: FigureRecord) -> String {
    let isExact = figure.lower == figure.value && figure.upper == figure.value
    let bounds =
      isExact || figure.lower == nil && figure.upper == nil
      ? "" : " (\(number(figure.lower)) to \(number(figure.upper)))"
    return number(figure.value) + bounds + (figure.status.isEmpty ? "" : " \(figure.status)")
  }

  private func range(_ ends: [Double]) -> String {
    ends.map(FigureRecord.sixDigits).joined(separator: " to ")
  }
}
