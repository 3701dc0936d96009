import Extracts
import Jobs
import Mismatch

/// The areas and sectors that scenarios name, as places on a grid.
struct ScenarioPlaces: Sendable {
  /// A scenario with places for its codes and names.
  struct Resolved: Sendable {
    let job: ScenarioJob
    /// What is changed in each area, one after another, and where the job says so.
    let changes: [Int: [(change: ScenarioChange, place: Place)]]
  }

  let areas: Codebook
  let sectors: Codebook

  /// A scenario on the grid.
  ///
  /// - Throws: ``Failure`` for an area or sector that the grid does not have, with the nearest one that it has, and for
  ///   a move from a sector to itself and a sector that a mix lists twice.
  func resolved(_ job: ScenarioJob) throws -> Resolved {
    let chosen = try job.areas.map { try Set($0.map { try place(of: $0, "area", areas) }) }
    var changes: [Int: [(change: ScenarioChange, place: Place)]] = [:]
    func add(_ change: ScenarioChange, _ place: Place, area: Int? = nil) {
      for area in area.map({ [$0] }) ?? chosen.map(Array.init) ?? Array(areas.codes.indices) {
        changes[area, default: []].append((change, place))
      }
    }
    switch job.change {
    case .moves(let moves):
      for move in moves {
        let from = try place(of: move.from, "sector", sectors)
        let to = try place(of: move.to, "sector", sectors)
        guard from != to else {
          throw Failure(
            .badData, at: move.to.place,
            "the scenario \"\(job.name.text)\" moves from \"\(move.from.text)\" to itself",
            expected: "two sectors")
        }
        add(.move(from: from, to: to, share: move.share), move.from.place)
      }
    case .additions(let additions):
      for addition in additions {
        let sector = try place(of: addition.sector, "sector", sectors)
        add(
          .add(sector: sector, count: addition.count), addition.place,
          area: try addition.area.map { try place(of: $0, "area", areas) })
      }
    case .mix(let listed, let share):
      add(.approach(mix: try listed.map(mix), share: share), job.name.place)
    }
    return Resolved(job: job, changes: changes)
  }

  private func mix(_ listed: [(sector: ScenarioJob.Term, share: Double)]) throws -> [Double] {
    var mix = sectors.codes.map { _ in 0.0 }
    var met: Set<Int> = []
    for (sector, share) in listed {
      let place = try place(of: sector, "sector", sectors)
      guard met.insert(place).inserted else {
        throw Failure(
          .badData, at: sector.place,
          "sector \"\(sectors.codes[place])\" is duplicated in `target-mix`",
          expected: "one percentage for each sector")
      }
      mix[place] = share
    }
    return mix
  }

  /// The place of a code, or of the one code that has this name.
  private func place(of term: ScenarioJob.Term, _ what: String, _ codes: Codebook) throws -> Int {
    if let place = codes.position(of: term.text) { return place }
    let named = codes.names.indices.filter { codes.names[$0].isSpelt(as: term.text) }
    if named.count == 1 { return named[0] }
    guard named.isEmpty else {
      throw Failure(
        .badData, at: term.place, "\"\(term.text)\" is the name of \(named.count) \(what)s",
        expected: "one of the codes " + Failure.examples(named.map { codes.codes[$0] }))
    }
    throw Failure(
      .badData, at: term.place, "unknown \(what) \"\(term.text)\" in `scenarios`",
      expected: "a code or name of the grid, such as " + Failure.examples(codes.codes),
      advice: Failure.nearest(to: term.text, among: codes.codes + codes.names)
        .map { "Did you mean \"\($0)\"?" })
  }
}
