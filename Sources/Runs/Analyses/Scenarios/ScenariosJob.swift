import Extracts
import Jobs
import Mismatch

/// The scenarios of a job, in its order.
struct ScenariosJob: Sendable {
  let scenarios: [ScenarioJob]
}

/// What a job asks of one scenario.
struct ScenarioJob: Sendable {
  /// A text of the job, and where it stands.
  struct Term: Sendable {
    let text: String
    let place: Place
  }

  struct Move: Sendable {
    let from: Term
    let to: Term
    /// Within 0...1.
    let share: Double
  }

  struct Addition: Sendable {
    /// Nil for all areas of the scenario.
    let area: Term?
    let sector: Term
    /// Below 0 where it is taken away.
    let count: Double
    let place: Place
  }

  enum Change: Sendable {
    /// One after another.
    case moves([Move])
    case additions([Addition])
    /// Shares of sectors, which sum to 1; nil for the mix of the other side.
    case mix([(sector: Term, share: Double)]?, share: Double)
  }

  let name: Term
  let side: Side
  /// Nil for all.
  let areas: [Term]?
  /// Labels of pairs of periods; nil for all.
  let periods: [Term]?
  let change: Change

  /// How many areas it names; nil where it is about all.
  var namedAreaCount: Int? {
    guard case .additions(let additions) = change, additions.allSatisfy({ $0.area != nil }) else {
      return areas?.count
    }
    return additions.count
  }
}

extension JobNode {
  /// The list `scenarios`.
  func scenarios() throws -> ScenariosJob {
    var names: Set<Spelling> = []
    return ScenariosJob(
      scenarios: try someItems().map { item in
        let scenario = try item.scenario()
        guard names.insert(Spelling(scenario.name.text)).inserted else {
          throw Failure(
            .badData, at: scenario.name.place,
            "the scenario \"\(scenario.name.text)\" is duplicated",
            expected: "a name of its own for each scenario")
        }
        return scenario
      })
  }

  private func scenario() throws -> ScenarioJob {
    let kinds = ["move", "change", "target-mix"]
    let keys = try keyed(["name", "side", "areas", "period"] + kinds)
    let name = try keys.required("name", of: self).term()
    let side: Side = try keys["side"]?.choice("side") ?? .provision
    let given = kinds.filter { keys[$0] != nil }
    guard given.count == 1 else {
      throw Failure(
        .badData, at: place,
        "the scenario \"\(name.text)\" has \(given.isEmpty ? "no change" : given.joined(separator: " and "))",
        expected: "one of " + kinds.joined(separator: ", "),
        advice: "Give each kind of change a scenario of its own")
    }
    let areas = try keys["areas"]?.someItems().map { try $0.term() }
    let additions = try keys["change"]?.someItems().map { try $0.addition() }
    if areas != nil, let twice = additions?.compactMap(\.area).first {
      throw Failure(
        .badData, at: twice.place,
        "the scenario \"\(name.text)\" names areas in `areas` and in `change`",
        expected: "one of the two", advice: "Leave `areas` out, or `area` out of `change`")
    }
    let change: ScenarioJob.Change =
      if let additions {
        .additions(additions)
      } else if let moves = keys["move"] {
        .moves(try moves.someItems().map { try $0.move() })
      } else {
        try keys.required("target-mix", of: self).targetMix(side)
      }
    return ScenarioJob(
      name: name, side: side, areas: areas,
      periods: try keys["period"]?.someItems().map { try $0.term() }, change: change)
  }

  private func term() throws -> ScenarioJob.Term {
    let text = try text()
    guard !text.isEmpty else { throw wrong(expected: "a text that is not empty") }
    return ScenarioJob.Term(text: text, place: place)
  }

  private func share() throws -> Double {
    try percentage(upTo: 100, expected: "a percentage from 0 % to 100 %, such as 10 %")
  }

  private func move() throws -> ScenarioJob.Move {
    let keys = try keyed(["from", "to", "share"])
    return ScenarioJob.Move(
      from: try keys.required("from", of: self).term(),
      to: try keys.required("to", of: self).term(),
      share: try keys.required("share", of: self).share())
  }

  private func addition() throws -> ScenarioJob.Addition {
    let keys = try keyed(["area", "sector", "by"])
    let count = try keys.required("by", of: self)
    return ScenarioJob.Addition(
      area: try keys["area"]?.term(), sector: try keys.required("sector", of: self).term(),
      count: try count.number(in: .changes), place: count.place)
  }

  private func targetMix(_ side: Side) throws -> ScenarioJob.Change {
    let keys = try keyed(["mix", "share"])
    let mix = try keys.required("mix", of: self)
    let share = try keys["share"]?.share() ?? 1
    guard mix.isMapping else {
      guard try mix.text() == side.other.rawValue else {
        throw mix.wrong(expected: "\(side.other.rawValue), or a percentage for each sector")
      }
      return .mix(nil, share: share)
    }
    let shares = try mix.pairs().map { sector, share in
      (sector: ScenarioJob.Term(text: sector, place: share.place), share: try share.share())
    }
    let sum = shares.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) <= 1e-9 else {
      throw Failure(
        .badData, at: mix.place,
        "the shares of the mix sum to \(NumberText.text(of: (sum * 1e8).rounded() / 1e6)) %",
        expected: "100 %", advice: "A sector that is not listed has 0 %")
    }
    return .mix(shares, share: share)
  }
}
