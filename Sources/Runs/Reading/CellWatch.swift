import Extracts
import Jobs
import Mismatch

/// Takes down where the figures of one grid cell stand while a side's reader comes to them.
package struct CellWatch: Sendable {
  /// A figure that was counted.
  package struct Figure: Sendable {
    package let place: Place
    package let area: String
    package let category: String
    package let period: String
    /// The text of its field.
    package let text: String
    package let figure: ReadFigure
    package let bounds: (lower: Double, upper: Double)
    /// What the source says of a number beside it.
    package let noted: Status
    /// Which part of a count it is, by the texts of the columns that tell its parts apart.
    package let parts: [Part]
  }

  /// The text of a column that tells parts of a count apart, such as `Female` of `sex`.
  package struct Part: Sendable, Encodable, Equatable {
    package let column: String
    package let text: String
  }

  /// A published total of one of the cell's areas.
  package struct Total: Sendable {
    package let place: Place
    package let area: String
    package let period: String
    package let figure: ReadFigure
    package let bounds: (lower: Double, upper: Double)
  }

  /// Figures of the cell that were left out, by what left them out.
  package struct LeftOut: Sendable, Hashable {
    /// The column of the job's filter; nil where the period is not compared.
    package let column: Spelling?
    package let period: Spelling
  }

  /// Source codes that reach the cell.
  let areas: Set<Spelling>
  let categories: Set<Spelling>
  package private(set) var figures: [Figure] = []
  package private(set) var totals: [Total] = []
  package private(set) var leftOut: [LeftOut: Int] = [:]

  package init(areas: Set<Spelling>, categories: Set<Spelling>) {
    self.areas = areas
    self.categories = categories
  }

  /// Takes note of a figure that was counted; `parts` are the columns that tell parts of a count apart.
  mutating func count(
    _ column: inout ValueColumn, _ rows: inout RowTable, _ figure: ReadFigure,
    _ bounds: (lower: Double, upper: Double), _ noted: Status, period: String, parts: [Int]
  ) throws {
    guard try isWatched(&column, &rows) else { return }
    var texts: [Part] = []
    for place in parts {
      texts.append(Part(column: rows.header[place], text: try rows.text(place)))
    }
    figures.append(
      Figure(
        place: rows.place(column.value), area: try column.area.code(&rows),
        category: try column.category.code(&rows), period: period,
        text: try column.value.map { try rows.figureText($0) } ?? "", figure: figure,
        bounds: bounds, noted: noted, parts: texts))
  }

  /// Takes note of what a tally holds of a cell.
  mutating func count(
    _ row: TallyRow, _ figure: ReadFigure, _ bounds: (lower: Double, upper: Double), at place: Place
  ) {
    guard areas.contains(Spelling(row.area)), categories.contains(Spelling(row.category)) else {
      return
    }
    let text = row.figures == 1 ? "1 figure" : "\(row.figures) figures"
    figures.append(
      Figure(
        place: place, area: row.area, category: row.category, period: row.period, text: text,
        figure: figure, bounds: bounds, noted: [], parts: []))
  }

  /// Takes note of a figure that a filter, or else its period, leaves out.
  mutating func leaveOut(
    _ column: inout ValueColumn, _ rows: inout RowTable, by filter: String?, period: String
  ) throws {
    guard try isWatched(&column, &rows) else { return }
    leftOut[LeftOut(column: filter.map(Spelling.init), period: Spelling(period)), default: 0] += 1
  }

  /// Takes note of an area's published total.
  mutating func addTotal(
    _ figure: ReadFigure, _ bounds: (lower: Double, upper: Double), area: String, period: String,
    _ place: Place
  ) {
    guard areas.contains(Spelling(area)) else { return }
    totals.append(
      Total(place: place, area: area, period: period, figure: figure, bounds: bounds))
  }

  private func isWatched(_ column: inout ValueColumn, _ rows: inout RowTable) throws -> Bool {
    try column.area.read(&rows, isTaken: false) { areas.contains(Spelling($0)) ? 1 : 0 } == 1
      && column.category.read(&rows, isTaken: false) {
        categories.contains(Spelling($0)) ? 1 : 0
      } == 1
  }
}
