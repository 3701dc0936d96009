import Mismatch

extension OutputTable {
  /// `balancing.csv`: what scaling to published totals did to each area and sector; written where a side
  /// says `balance-to`.
  static let balancing = OutputTable(
    name: "balancing.csv", where: { !$0.balancings.isEmpty },
    write: { outcome, file in
      try file.row(["side", "period", "dimension", "code", "name", "before", "target", "after"])
      for balancing in outcome.balancings {
        for (dimension, codes, changes) in [
          ("area", outcome.areas, balancing.areas), ("sector", outcome.sectors, balancing.sectors),
        ] {
          for (place, change) in changes.enumerated() {
            for text in [
              balancing.side.rawValue, balancing.period, dimension, codes.codes[place],
              codes.names[place],
            ] { file.text(text) }
            for number in [change.before, change.target, change.after] { file.number(number) }
            try file.endRow()
          }
        }
      }
    })
}
