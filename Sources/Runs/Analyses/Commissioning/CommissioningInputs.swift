import Dense
import Extracts
import Jobs
import Mismatch

/// What a job says of costs, budgets, floors, caps and scale, as it was read: a number for each cell.
struct CommissioningInputs: Sendable {
  private let job: CommissioningJob
  private let areas: Codebook
  private let sectors: Codebook
  private let costs: CellNumbers
  /// None where today's places decide.
  private let budgets: CellNumbers
  private let floors: CellNumbers
  private let caps: CellNumbers
  private let scales: [Double]
  let inputs: [InputRecord]

  /// - Throws: ``Failure`` for whatever is wrong in a file, and for a cell without a cost or an area without a budget
  ///   or a scale.
  init(_ job: CommissioningJob, _ setting: AnalysisSetting) throws {
    self.job = job
    (areas, sectors) = (setting.areas, setting.sectors)
    let count = areas.count * sectors.count
    func read(_ listed: CellNumbersJob?, _ role: String) throws -> CellNumbers {
      try listed?.read(role: role, setting) ?? CellNumbers(count: count)
    }
    func whole(_ listed: CellNumbersJob, _ role: String) throws -> CellNumbers {
      let numbers = try read(listed, role)
      try Self.verify(numbers.values, role, listed, setting)
      return numbers
    }
    let stated =
      switch job.costs {
      case .each(let cost): CellNumbers(cost, count: count)
      case .listed(let listed): try whole(listed, "unit cost")
      }
    costs = job.costRange.map(stated.ranging) ?? stated
    budgets =
      switch job.budget {
      case .current: CellNumbers(count: count)
      case .each(let budget): CellNumbers(budget, count: count)
      case .listed(let listed): try whole(listed, "budget")
      }
    let scale =
      switch job.demandScale {
      case .factor(let factor): CellNumbers(factor, count: count)
      case .national: CellNumbers(count: count)
      case .listed(let listed): try whole(listed, "demand scale")
      }
    scales = scale.values
    floors = try read(job.floors, "floor")
    caps = try read(job.caps, "cap")
    inputs = [costs, budgets, scale, floors, caps].flatMap(\.inputs)
  }

  /// Makes sure that a file has a number for every cell.
  private static func verify(
    _ values: [Double], _ role: String, _ listed: CellNumbersJob, _ setting: AnalysisSetting
  ) throws {
    let (areas, sectors) = (setting.areas.codes, setting.sectors.codes)
    let missing = values.indices.filter { values[$0].isNaN }
    guard !missing.isEmpty else { return }
    let (names, what) =
      if listed.sector == nil {
        (areas.indices.filter { values[$0 * sectors.count].isNaN }.map { areas[$0] }, "area")
      } else if listed.area == nil {
        (sectors.indices.filter { values[$0].isNaN }.map { sectors[$0] }, "sector")
      } else {
        (
          missing.map { "\(areas[$0 / sectors.count]), \(sectors[$0 % sectors.count])" },
          "area and sector"
        )
      }
    throw Failure(
      .badData, at: listed.file, "no \(role) of \(Failure.examples(names))",
      expected: "a row for every \(what) of the grid",
      advice: "Add the rows; a missing \(role) is never taken as 0")
  }

  /// Openings per unit of demand, by cell, for the demand of a period.
  func scales(for demand: [Double]) -> [Double] {
    guard case .national(let openings) = job.demandScale else { return scales }
    let whole = demand.reduce(0, +)
    return Array(repeating: whole > 0 ? openings / whole : 0, count: demand.count)
  }

  /// Whether costs are drawn.
  var hasCostRange: Bool { costs.isUncertain }

  /// Costs drawn between their ends, by cell.
  func costs(draw: Int, _ random: Philox) -> [Double] { costs.drawn(draw, random) }

  /// The problem of a grid with places as they are today.
  ///
  /// - Parameters:
  ///   - current: by cell.
  ///   - costs: by cell; nil for those that are given.
  ///   - excluded: areas that have no places and get none.
  func problem(current: [Double], costs drawn: [Double]? = nil, excluded: Set<Int>)
    -> CommissioningProblem
  {
    let (width, costs) = (sectors.count, drawn ?? costs.values)
    let (budgets, floors, caps) = (budgets.values, floors.values, caps.values)
    let used = current.indices.map { !excluded.contains($0 / width) }
    return CommissioningProblem(
      costs: costs, rates: Array(repeating: 1, count: width),
      floors: current.indices.map { cell in
        guard used[cell] else { return 0 }
        return floors[cell].isNaN
          ? job.change.map { max(0, current[cell] * (1 - $0)) } ?? 0 : floors[cell]
      },
      caps: current.indices.map { cell in
        guard used[cell] else { return 0 }
        return caps[cell].isNaN
          ? job.change.map { current[cell] * (1 + $0) } ?? .infinity : caps[cell]
      },
      budgets: areas.codes.indices.map { area in
        guard !excluded.contains(area) else { return 0 }
        let own = budgets[area * width]
        return own.isNaN
          ? (area * width..<(area + 1) * width).reduce(0) { $0 + costs[$1] * current[$1] } : own
      }, matching: job.matching)
  }

  /// Makes sure that plans exist.
  ///
  /// - Throws: ``Failure`` where floors cost more than the budget or are above caps, with the place of either.
  func verify(_ problem: CommissioningProblem, period: String) throws {
    if let cell = problem.cellsWithoutPlan.first {
      let (area, sector) = cell.quotientAndRemainder(dividingBy: sectors.count)
      throw Failure(
        .badData, at: floors.place(of: cell) ?? caps.place(of: cell),
        "area \"\(areas.codes[area])\", sector \"\(sectors.codes[sector])\", \(period): the floor of "
          + "\(problem.floors[cell]) places is above the cap of \(problem.caps[cell])",
        expected: "floors at or below caps",
        advice:
          "A floor or cap of a file takes the place of the one that `change` gives; list both there"
      )
    }
    if let (area, least) = problem.areasWithoutPlan.first {
      let cells = problem.cells(of: area)
      throw Failure(
        .badData,
        at: budgets.place(of: cells.lowerBound)
          ?? cells.lazy.compactMap { [floors] in floors.place(of: $0) }.first,
        "area \"\(areas.codes[area])\", \(period): its floors cost \(least), its budget is \(problem.budgets[area])",
        expected: "a budget that pays for the floors",
        advice: "Raise the budget, lower floors, or allow more `change`")
    }
  }
}
