import Extracts
import Jobs
import Dense
import Mismatch

/// Results of a job's block `space`.
struct SpaceOutcome: Sendable {
  /// How the counts of a reached grid were brought together.
  enum Reach: String, Sendable {
    /// Provision where its people work; demand as it is.
    case workplace
    /// Provision as it is; demand where those live who meet it.
    case residence
    /// Both sides weighted by the decay of the way to the area.
    case catchment
  }

  /// Accessibilities of one period.
  struct Period: Sendable {
    let accessibility: Accessibility?
    let flows: DoublyConstrained?
    /// Sectors with a count that has no value, whose flows are undefined.
    let sectorsWithoutFlows: Set<Int>
    /// Areas that are absent on a side, which flows leave out there.
    package let absentAreas: Set<Int>
  }

  package internal(set) var reached: [(reach: Reach, grid: Grid)] = []
  /// One for each grid of the outcome.
  package internal(set) var periods: [Period] = []
  package internal(set) var inputs: [InputRecord] = []
  /// What an analyst should know, one sentence each.
  package internal(set) var warnings: [String] = []
  /// Where people work; nil where the job does not ask for it.
  package internal(set) var commuting: Commuting?
  /// What a cost is, in words.
  var costText: String?
  /// The weights of the ways.
  var impedance: Impedance?
  /// By area: the weight to itself.
  var ownWeights: [Double] = []

  /// The part of the flows of an area that stays in it; undefined where the sector was not balanced.
  func ownFlow(period: Int, area: Int, sector: Int) -> Figure {
    guard let flows = periods[period].flows, !periods[period].sectorsWithoutFlows.contains(sector)
    else { return .undefined(.unknown) }
    let absent = periods[period].absentAreas
    guard !absent.contains(area) else { return .undefined([.absent, .unknown]) }
    let state = flows.convergence[sector]
    guard state.isReached else {
      return .undefined(state.iterationCount > 0 ? .unknown : .zeroByZero)
    }
    let flow = flows.flow(from: area, to: area, sector: sector, weight: ownWeights[area])
    return Figure(
      flow, lower: .nan, upper: .nan, status: absent.isEmpty ? [] : [.absent, .incomplete])
  }
}
