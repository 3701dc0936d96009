import Extracts
import Jobs
import Runs
import Mismatch

/// One row of an area lookup or a crosswalk by which figures reach a cell.
package struct MapStep: Encodable, Sendable {
  package let dimension: String
  package let file: String
  package let line: Int?
  package let from: String
  package let to: String
  /// Nil where there is no name besides the code.
  package let fromName: String?
  package let toName: String?
  /// As the file has it.
  package let written: Double
  /// The share of `from` that goes to `to`, of all rows of the pair.
  package let weight: Double
}

extension Frame {
  /// The rows of a side's maps that lead from these source codes to a code of the grid, map by map.
  func steps(
    _ job: SideJob, _ dimension: Dimension, from sources: Set<Spelling>, to target: String,
    names: TrailNames
  ) throws -> [MapStep] {
    let background = background(job.subject)
    let links = dimension == .area ? background.areaLinks : background.categoryLinks
    let maps = dimension == .area ? job.lookups : job.crosswalks
    let reach = Frame.reach(target, through: links)
    var current = sources
    var steps: [MapStep] = []
    for (number, (link, map)) in zip(links, maps).enumerated() {
      var weights: [Spelling: [Spelling: Double]] = [:]
      for code in current {
        for target in link.map.targets(of: code.text)
        where reach[number].contains(Spelling(target.to)) {
          weights[code, default: [:]][Spelling(target.to)] = target.weight
        }
      }
      _ = try map.read(role: "", onRead: { _ in }) { entry in
        guard let weight = weights[entry.from]?[entry.to] else { return }
        let place = map.table.named(entry.place)
        steps.append(
          MapStep(
            dimension: dimension.rawValue, file: place.file, line: place.line, from: entry.from,
            to: entry.to, fromName: names.name(of: entry.from, dimension),
            toName: names.name(of: entry.to, dimension), written: entry.weight, weight: weight))
      }
      current = Set(weights.values.flatMap(\.keys))
    }
    return steps
  }

  /// The targets of each map from which a code of the grid is reached.
  private static func reach(_ target: String, through links: [MapLink]) -> [Set<Spelling>] {
    var reach: [Set<Spelling>] = [[Spelling(target)]]
    for link in links.dropFirst().reversed() {
      let next = reach[0]
      let sources = link.map.sources.filter { source in
        link.map.targets(of: source).contains { next.contains(Spelling($0.to)) }
      }
      reach.insert(Set(sources.map(Spelling.init)), at: 0)
    }
    return reach
  }
}

extension TableJob {
  /// A place in one of the table's files with the file named as the job names it.
  package func named(_ place: Place) -> Place { files.named(place) }
}
