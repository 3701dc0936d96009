import Extracts
import Jobs
import Mismatch

extension Check {
  /// Names that stand for two areas or two sectors.
  static let ambiguousNames = Check(
    "ambiguous-names",
    looksFor: "codes of the grid that share a name, such as an area at two levels",
    guidance: "Keep one level of the register with `where`, or one date with `as-of:`"
  ) { outcome in
    [("area", outcome.areas, true), ("sector", outcome.sectors, false)].map { what, codes, isArea in
      guard !codes.names.areSpelt(as: codes.codes) else {
        return Finding(.unchecked, "the job has no names of \(what)s")
      }
      var byName: [Spelling: [Int]] = [:]
      for (position, name) in codes.names.enumerated() {
        byName[Spelling(name.trimmed()), default: []].append(position)
      }
      let shared = byName.filter { $0.value.count > 1 }
      guard let first = Codebook.sorted(shared.keys).first, let positions = shared[first] else {
        return Finding(.pass, "no two \(what)s share a name")
      }
      let counts = positions.map { position in
        (code: codes.codes[position], count: held(outcome, position, isArea))
      }
      return Finding(
        .warn,
        "\(Finding.counted(shared.count, "name")) of \(what)s \(shared.count == 1 ? "belongs" : "belong") "
          + "to several codes, such as \"\(first)\": \(Finding.largest(counts))",
        count: counts.reduce(0) { $0 + $1.count })
    }
  }

  /// What both sides hold under a code of the grid.
  private static func held(_ outcome: Outcome, _ position: Int, _ isArea: Bool) -> Double {
    outcome.grids.reduce(0) { sum, grid in
      let pair = isArea ? grid.pair(area: position) : grid.all
      let figures =
        isArea
        ? [pair.provision.total, pair.demand.total]
        : [pair.provision.cells[position], pair.demand.cells[position]]
      return sum + figures.filter(\.isDefined).reduce(0) { $0 + $1.value }
    }
  }
}
