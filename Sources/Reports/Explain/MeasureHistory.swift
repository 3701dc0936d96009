import Extracts
import Jobs
import Runs
import Mismatch

/// A measure of one cell, with its formula and the numbers that were put into it.
package struct MeasureHistory: Encodable, Sendable {
  package let name: String
  package let summary: String
  package let unit: String
  package let formula: String
  /// The formula with numbers in the place of its symbols, to six digits.
  package let substituted: String
  package let figure: FigureRecord

  /// The measures of cells in the order of the catalogue.
  static func all(of measures: [Measure], in grid: Grid, area: Int, sector: Int)
    -> [MeasureHistory]
  {
    let pair = grid.pair(area: area)
    let all = grid.all
    let values = Dictionary(
      uniqueKeysWithValues: FormulaSymbol.all(of: grid, area: area, sector: sector).map {
        ($0.symbol, $0.figure.value ?? .nan)
      })
    return measures.filter(\.isPerCell).map { measure in
      MeasureHistory(
        name: measure.name, summary: measure.summary, unit: measure.unit,
        formula: measure.formula, substituted: substituted(measure.formula, values),
        figure: FigureRecord(measure.cells(pair, allAreas: all)[sector]))
    }
  }

  /// The formula's part before any remark on its limits, with values in the place of symbols.
  ///
  /// A symbol is a word of letters, alone or followed by `.`, `..` or `.s`; other words stay.
  static func substituted(_ formula: String, _ symbols: [String: Double]) -> String {
    var rest = formula.prefix { $0 != ";" }
    var text = ""
    while let first = rest.first {
      guard first.isLetter else {
        text.append(rest.removeFirst())
        continue
      }
      let word = String(rest.prefix { $0.isLetter })
      rest.removeFirst(word.count)
      let ending = ["..", ".s", "."].first {
        rest.hasPrefix($0) && symbols[word + $0] != nil
      }
      rest.removeFirst(ending?.count ?? 0)
      let symbol = word + (ending ?? "")
      text += symbols[symbol].map(FigureRecord.sixDigits) ?? symbol
    }
    return text
  }
}

/// What a symbol of the catalogue's formulas stands for in one cell.
package struct FormulaSymbol: Encodable, Sendable {
  package let symbol: String
  package let meaning: String
  package let figure: FigureRecord

  /// Counts and totals of both sides, then the shares p and q.
  static func all(of grid: Grid, area: Int, sector: Int) -> [FormulaSymbol] {
    let pair = grid.pair(area: area)
    let all = grid.all
    let counts = [
      ("T", "provision", pair.provision, all.provision), ("V", "demand", pair.demand, all.demand),
    ].flatMap { letter, side, own, all in
      [
        (letter, "\(side) of the cell", own.cells[sector]),
        ("\(letter).", "\(side) of the area", own.total),
        ("\(letter).s", "\(side) of the sector in all areas", all.cells[sector]),
        ("\(letter)..", "\(side) of all sectors and areas", all.total),
      ]
    }
    let shares = [
      ("p", "provision", Measure.provisionShare), ("q", "demand", Measure.demandShare),
    ].map { symbol, side, measure in
      (
        symbol, "share of the sector in the area's \(side)",
        measure.cells(pair, allAreas: all)[sector]
      )
    }
    return (counts + shares).map {
      FormulaSymbol(symbol: $0, meaning: $1, figure: FigureRecord($2))
    }
  }
}
