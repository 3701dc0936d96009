import Extracts
import Jobs
import Dense
import Mismatch

/// How tables of one side are scaled to the published totals of a job.
struct SideScaling: Sendable {
  let side: Side
  let job: Job
  let areas: Codebook
  let sectors: Codebook
  let targets: RakingTargets

  /// The table scaled to its totals, and what that did to it.
  ///
  /// - Parameters:
  ///   - table: areas × sectors.
  ///   - pair: the periods compared, of which one is the side's.
  /// - Throws: ``Failure`` where totals are missing, do not fit the grid or each other, or cannot be met.
  func scaled(_ table: Table, in pair: PeriodPair) throws -> (table: Table, raking: Raking) {
    let period = pair.label(of: side)
    let areaTotals = try targets.areas.totals(
      of: areas, excluded: job.excludedAreas, what: "area", period: period)
    let sectorTotals = try targets.sectors.totals(
      of: sectors, excluded: job.excludedSectors, what: "sector", period: period)
    do {
      let (scaled, fit) = try table.balanced(areaTotals: areaTotals, sectorTotals: sectorTotals)
      let (before, after) = (table.value.sums(), scaled.value.sums())
      func changes(_ before: [Double], _ targets: [Double], _ after: [Double]) -> [Raking.Change] {
        targets.indices.map {
          Raking.Change(before: before[$0], target: targets[$0], after: after[$0])
        }
      }
      let raking = Raking(
        side: side, period: pair.label, areas: changes(before.rows, areaTotals, after.rows),
        sectors: changes(before.columns, sectorTotals, after.columns),
        iterationCount: fit.iterationCount, largestError: fit.largestError,
        forcedZeroCount: fit.forcedZeroCount)
      return (scaled, raking)
    } catch let refusal as RakingRefusal {
      throw failure(refusal, period)
    }
  }

  /// What a refusal says of the grid's areas and sectors.
  private func failure(_ refusal: RakingRefusal, _ period: String) -> Failure {
    let whole = "\(side.rawValue) of \(period)"
    let place = Place(file: targets.areas.file?.path ?? job.file)
    switch refusal {
    case .badCell(let row, let column):
      return Failure(
        .badData, at: Place(file: job.file),
        "\(whole) has no value in area \"\(areas.codes[row])\", sector \"\(sectors.codes[column])\", "
          + "and cannot be scaled", expected: "a count or an imputed value for every cell",
        advice: "Give its marker bounds, or set `point: lower`")
    case .badRowTarget, .badColumnTarget:
      return Failure(.badData, at: place, "a total of \(whole) is not a number")
    case .unequalTotals(let rows, let columns):
      return Failure(
        .badData, at: place,
        "the area totals of \(whole) sum to \(NumberText.text(of: rows)), its sector totals to "
          + NumberText.text(of: columns), expected: "the same sum",
        advice:
          "Both must cover exactly the areas and sectors of the grid: check what is excluded, "
          + "and at rounding")
    case .infeasible(let rows, let needed, let columns, let available):
      return Failure(
        .badData, at: place,
        "\(whole) cannot be scaled to the totals: "
          + shortage(rows, needed, columns, available),
        advice: "Check the zeros of the side, and these totals")
    case .notConverged(let count, let error):
      return Failure(
        .failed, at: place,
        "\(whole) did not converge to the totals after \(count) iterations; the largest difference is "
          + NumberText.text(of: error), advice: "Look for sums that differ by rounding")
    }
  }

  /// Who needs more than there is: areas of their sectors, or, where those are fewer, the other sectors
  /// of the other areas.
  private func shortage(
    _ rows: [Int], _ needed: Double, _ columns: [Int], _ available: Double
  ) -> String {
    func text(_ what: String, _ places: [Int], _ codes: Codebook) -> String {
      places.count == 1
        ? "\(what) \(Failure.examples(places.map { codes.codes[$0] }))"
        : "\(what)s \(Failure.examples(places.map { codes.codes[$0] }))"
    }
    let otherColumns = sectors.codes.indices.filter { !columns.contains($0) }
    let otherRows = areas.codes.indices.filter { !rows.contains($0) }
    let gap = "more by \(NumberText.text(of: needed - available))"
    if otherColumns.count < rows.count {
      return otherRows.isEmpty
        ? "\(text("sector", otherColumns, sectors)) has no count in any area, but a total"
        : "the totals of \(text("sector", otherColumns, sectors)) are \(gap) than those of the only "
          + "\(text("area", otherRows, areas)) with a count there"
    }
    return columns.isEmpty
      ? "\(text("area", rows, areas)) has no count in any sector, but a total"
      : "the totals of \(text("area", rows, areas)) are \(gap) than those of the only "
        + "\(text("sector", columns, sectors)) with a count there"
  }
}

extension RakingTargets {
  /// Makes sure that totals tell their period where several are compared.
  package func verify(periodCount: Int) throws {
    for (what, totals) in [("area", areas), ("sector", sectors)]
    where periodCount > 1 && !totals.tellsPeriods {
      throw Failure(
        .badData, at: Place(file: totals.file?.path ?? ""),
        "the \(what) totals have one period, but the job compares several",
        expected: "a key `period` with their column")
    }
  }
}

extension ReadTargets {
  /// One total per code of the grid.
  fileprivate func totals(
    of codes: Codebook, excluded: Set<Spelling>, what: String, period: String
  ) throws -> [Double] {
    let place = Place(file: file?.path ?? "")
    let label = tellsPeriods ? PeriodLabels(byPeriod.keys).label(for: period) : ""
    let totals = label.flatMap { byPeriod[$0] } ?? [:]
    let unknown = Codebook.sorted(totals.keys).filter {
      codes.position(of: $0) == nil && !excluded.contains(Spelling($0))
    }
    if let first = unknown.first, let target = totals[first] {
      throw Failure(
        .badData, at: target.place,
        "a total of \(Failure.examples(unknown)), "
          + "which is not a known \(what)",
        expected: "codes such as " + Failure.examples(codes.codes, limit: 3),
        advice: "Leave those rows out with `where`")
    }
    let missing = codes.codes.filter { totals[$0] == nil }
    guard missing.isEmpty else {
      throw Failure(
        .badData, at: place,
        "no total of \(what) \(Failure.examples(missing))"
          + (tellsPeriods ? " in period \"\(period)\"" : ""),
        expected: "one for every \(what) of the grid")
    }
    let found = codes.codes.compactMap { totals[$0] }
    let sum = ExactSum(found.map(\.value)).value
    guard sum <= Figure.largestCount else {
      throw Failure(
        .badData, at: found.max { $0.value < $1.value }?.place,
        "the \(what) totals" + (tellsPeriods ? " of period \"\(period)\"" : "")
          + " sum to \(NumberText.digits(of: sum)), of which this is the largest",
        expected: "at most \(NumberText.text(of: Figure.largestCount)), up to which sums are exact")
    }
    return found.map(\.value)
  }
}

extension Matrix {
  /// The sums of rows and of columns.
  fileprivate func sums() -> (rows: [Double], columns: [Double]) {
    (
      (0..<rowCount).map { ExactSum(row($0)).value },
      (0..<columnCount).map { column in
        ExactSum((0..<rowCount).lazy.map { self[$0, column] }).value
      }
    )
  }
}
