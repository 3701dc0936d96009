import Extracts
import Jobs
import Runs
import Dense
import Mismatch

/// How one side's count of a cell came about.
package struct SideHistory: Encodable, Sendable {
  /// A figure of the source that the cell was made from.
  package struct Line: Encodable, Sendable {
    package let file: String
    package let line: Int?
    package let column: Int?
    package let area: String
    package let category: String
    /// What the source, or else a register, calls them; nil where there is no name besides the code.
    package let areaName: String?
    package let categoryName: String?
    /// Which part of a count it is, where a cell of the source has several.
    package let parts: [CellWatch.Part]
    /// The text of the field.
    package let text: String
    /// The number, or the value imputed for a marked figure, between the bounds of rounding or mark.
    package let figure: FigureRecord
    /// What of it the cell received.
    package let contribution: Double?
  }

  /// One cell of the source, with the weights by which the grid's cell receives it.
  package struct Product: Encodable, Sendable {
    package let area: String
    package let category: String
    package let areaName: String?
    package let categoryName: String?
    package let lineCount: Int
    /// With the bounds that were published.
    package let figure: FigureRecord
    /// Its bounds by marks and rounding alone, and beside its area's total, where the guard found these
    /// too narrow.
    package let guarded: Guarded?
    package let areaWeight: Double
    package let categoryWeight: Double
    /// The figure times both weights.
    package let product: FigureRecord
  }

  package struct Guarded: Encodable, Sendable {
    package let own: [Double]
    package let tightened: [Double]
  }

  package struct LeftOut: Encodable, Sendable {
    /// The column of the filter; nil for lines of periods that are not compared.
    package let column: String?
    package let lineCount: Int
  }

  package struct Total: Encodable, Sendable {
    package let file: String
    package let line: Int?
    package let area: String
    package let areaName: String?
    package let figure: FigureRecord
    /// What became of it.
    package let use: String
  }

  /// Where the side was scaled to published totals: the cell as the source has it, and its area and sector
  /// before and after.
  package struct Scaling: Encodable, Sendable {
    package let source: FigureRecord
    package let area: Raking.Change
    package let sector: Raking.Change
  }

  package let side: String
  package let kind: String
  package let period: String
  /// Of the published figures; nil where they are counts.
  package let unit: String?
  package let rounding: String
  package let point: String
  /// From the largest contribution to the smallest.
  package let lines: [Line]
  /// Lines of the same source codes and period that filters of the job left out, and lines of other periods.
  package let leftOut: [LeftOut]
  package let steps: [MapStep]
  package let products: [Product]
  /// The sum of the products' values.
  package let sum: Double?
  /// Published totals of the areas that the cell receives.
  package let totals: [Total]
  package let scaling: Scaling?
  package let cell: FigureRecord

  init(
    _ job: Job, _ side: Side, period: String, cell: CellKey, figure: Figure, watch: CellWatch,
    imputed: ImputedTally, scaling: Scaling?, frame: Frame, names: TrailNames
  ) throws {
    let sideJob = job.sides[side]
    let build = SideHistoryBuilder(
      job: sideJob, disclosure: job.disclosure, imputed: imputed, period: period,
      areaWeights: frame.sources(side, .area, of: cell.areaCode),
      categoryWeights: frame.sources(side, .category, of: cell.sectorCode), watch: watch,
      names: names)
    self.side = side.rawValue
    self.period = period
    self.scaling = scaling
    self.cell = FigureRecord(figure)
    kind = sideJob.kind.name
    unit = sideJob.unitText
    rounding = sideJob.roundingText
    point = sideJob.figures.imputationText
    lines = build.lines()
    leftOut = build.leftOut()
    products = build.products()
    totals = build.totals()
    sum =
      figure.status == .absent || products.contains { $0.product.value == nil }
      ? nil : ExactSum(products.compactMap(\.product.value)).value
    steps =
      try frame.steps(
        sideJob, .area, from: Set(products.map { Spelling($0.area) }), to: cell.areaCode,
        names: names)
      + frame.steps(
        sideJob, .category, from: Set(products.map { Spelling($0.category) }), to: cell.sectorCode,
        names: names)
  }
}

/// Works a watch and an imputed tally into the parts of a side's history.
private struct SideHistoryBuilder {
  let job: SideJob
  let disclosure: DisclosureGuard
  let imputed: ImputedTally
  let period: String
  let areaWeights: [Spelling: Double]
  let categoryWeights: [Spelling: Double]
  let watch: CellWatch
  let names: TrailNames

  private struct SourceCell: Hashable {
    let area: Spelling
    let category: Spelling
  }

  private var figuresByCell: [SourceCell: [CellWatch.Figure]] {
    Dictionary(grouping: watch.figures.filter { $0.period.isSpelt(as: period) }) {
      SourceCell(area: Spelling($0.area), category: Spelling($0.category))
    }
  }

  // MARK: Lines

  func lines() -> [SideHistory.Line] {
    figuresByCell.flatMap { cell, figures in figures.map { line($0, of: cell, among: figures) } }
      .sorted { left, right in
        let (a, b) = (left.contribution ?? -1, right.contribution ?? -1)
        if a != b { return a > b }
        return (left.file, left.line ?? 0, left.column ?? 0)
          < (right.file, right.line ?? 0, right.column ?? 0)
      }
  }

  private func line(
    _ read: CellWatch.Figure, of cell: SourceCell, among figures: [CellWatch.Figure]
  ) -> SideHistory.Line {
    let place = job.files.named(read.place)
    let figure = imputed(read, of: cell, among: figures)
    return SideHistory.Line(
      file: place.file, line: place.line, column: place.column, area: read.area,
      category: read.category, areaName: names.name(of: read.area, .area),
      categoryName: names.name(of: read.category, .category), parts: read.parts, text: read.text,
      figure: FigureRecord(figure),
      contribution: FigureRecord(figure.scaled(by: weight(of: cell))).value)
  }

  /// A figure with its imputed value where it is marked: a lone one has what its cell's value
  /// holds beside its numbers.
  private func imputed(
    _ read: CellWatch.Figure, of cell: SourceCell, among figures: [CellWatch.Figure]
  ) -> Figure {
    let (lower, upper) = read.bounds
    switch read.figure {
    case .number(let value): return Figure(value, lower: lower, upper: upper, status: read.noted)
    case .marked(let marker):
      let numbers = figures.compactMap { figure -> Double? in
        if case .number(let value) = figure.figure { value } else { nil }
      }
      let isAlone = numbers.count == figures.count - 1
      let point =
        marker.point
        ?? (isAlone
          ? self.figure(of: cell).value - ExactSum(numbers).value
          : job.figures.point.point(lower: lower, upper: upper))
      return Figure(point, lower: lower, upper: upper, status: marker.status)
    }
  }

  func leftOut() -> [SideHistory.LeftOut] {
    let filtered = watch.leftOut.filter {
      $0.key.column != nil && $0.key.period == Spelling(period)
    }
    let others =
      watch.leftOut.reduce(0) { $1.key.column == nil ? $0 + $1.value : $0 }
      + watch.figures.count { !$0.period.isSpelt(as: period) }
    let rows = filtered.map {
      SideHistory.LeftOut(column: $0.key.column?.text, lineCount: $0.value)
    }
    .sorted { Codebook.precedes($0.column ?? "", $1.column ?? "") }
    return others == 0 ? rows : rows + [SideHistory.LeftOut(column: nil, lineCount: others)]
  }

  // MARK: Products

  func products() -> [SideHistory.Product] {
    figuresByCell.sorted { ($0.key.area, $0.key.category) < ($1.key.area, $1.key.category) }
      .map { cell, figures in
        let figure = figure(of: cell)
        let guarded = imputed.guardedCells.first {
          Spelling($0.area) == cell.area && Spelling($0.category) == cell.category
        }
        return SideHistory.Product(
          area: cell.area.text, category: cell.category.text,
          areaName: names.name(of: cell.area.text, .area),
          categoryName: names.name(of: cell.category.text, .category), lineCount: figures.count,
          figure: FigureRecord(figure),
          guarded: guarded.map {
            SideHistory.Guarded(
              own: [$0.own.lowerBound, $0.own.upperBound],
              tightened: [$0.tightened.lowerBound, $0.tightened.upperBound])
          }, areaWeight: areaWeights[cell.area] ?? 0,
          categoryWeight: categoryWeights[cell.category] ?? 0,
          product: FigureRecord(figure.scaled(by: weight(of: cell))))
      }
  }

  private func weight(of cell: SourceCell) -> Double {
    (areaWeights[cell.area] ?? 0) * (categoryWeights[cell.category] ?? 0)
  }

  /// The imputed figure of a source cell.
  private func figure(of cell: SourceCell) -> Figure {
    guard let row = imputed.areas.position(of: cell.area.text),
      let column = imputed.categories.position(of: cell.category.text)
    else { return .undefined(.unknown) }
    let marked = imputed.markedCells.first { $0.row == row && $0.column == column }
    return Figure(
      marked?.isWithoutValue == true ? .nan : imputed.value[row, column],
      lower: imputed.lower[row, column],
      upper: marked?.isOpen == true ? .infinity : imputed.upper[row, column],
      status: marked?.status ?? [])
  }

  // MARK: Totals

  func totals() -> [SideHistory.Total] {
    watch.totals.filter { $0.period.isSpelt(as: period) }.map { total in
      let place = place(of: total)
      var figure = Figure(.nan, lower: total.bounds.lower, upper: total.bounds.upper)
      switch total.figure {
      case .number(let value): figure.value = value
      case .marked(let marker): figure.status = marker.status
      }
      return SideHistory.Total(
        file: place.file, line: place.line, area: total.area,
        areaName: names.name(of: total.area, .area), figure: FigureRecord(figure),
        use: use(ofTotalOf: total.area))
    }
  }

  private func place(of total: CellWatch.Total) -> Place {
    if case .table(let table, _, _, _, _) = job.totals { return table.named(total.place) }
    return job.files.named(total.place)
  }

  private func use(ofTotalOf area: String) -> String {
    if imputed.conflicts.contains(where: { $0.area.isSpelt(as: area) }) {
      return "not used: inconsistent with the parts"
    }
    let isGuarded = imputed.guardedCells.contains { $0.area.isSpelt(as: area) }
    return isGuarded && disclosure.publication == .untightened
      ? "not used: it would disclose a withheld count" : "tightens bounds"
  }
}
