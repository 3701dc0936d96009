import Mismatch

extension OutputTable {
  /// `shift_share.csv`: what the growth of each area's counts from each period to the next comes from.
  static let shiftShare = OutputTable(
    name: "shift_share.csv", where: { $0.job.decomposes && !$0.successions.isEmpty }
  ) { outcome, file in
    try file.row([
      "period_before", "period_after", "side", "area_code", "area_name", "component", "value",
      "lower", "upper", "status",
    ])
    for (before, after) in outcome.successions {
      for (side, table, next) in [
        (Side.provision, before.provision, after.provision),
        (.demand, before.demand, after.demand),
      ] {
        for (area, shares) in ShiftShare.all(from: table, to: next).enumerated() {
          for (component, figure) in shares.components {
            file.texts([
              before.period, after.period, side.rawValue, before.areas.codes[area],
              before.areas.names[area], component,
            ])
            file.figure(figure)
            try file.endRow()
          }
        }
      }
    }
  }
}

extension ShiftShare {
  /// Every figure by its name in `shift_share.csv`.
  fileprivate var components: [(String, Figure)] {
    [
      ("before", before), ("after", after), ("growth", growth),
      ("national_share", nationalShare), ("sector_mix", sectorMix), ("local_share", localShare),
      ("net_shift", netShift),
    ]
  }
}
