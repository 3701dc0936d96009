import Extracts
import Jobs
import Mismatch

extension Check {
  /// Sides that hold most of their counts where the other has none, or follow other boundaries.
  package static let sidesApart = Check(
    "sides-apart",
    looksFor:
      "area codes of other boundaries on the two sides, and counts in areas and sectors of which the other "
      + "side has none",
    guidance:
      "Bring both sides to the same codes with `area-lookup` or `crosswalk`; if one side really has none there, "
      + "set `limits: { one-sided: ... }`"
  ) { outcome in
    let empty = Side.allCases.filter(outcome.reachesNothing).map { side in
      Finding(
        .fail,
        "\(side.rawValue): nothing of its "
          + "\(Finding.counted(outcome.reconciliation(Subject(side)).rowCount, "row")) reaches the grid",
        place: outcome.job.sides[side].table.files.first?.name)
    }
    guard empty.isEmpty else { return empty }
    let recoded = recodings(outcome)
    let shares = outcome.oneSided.filter { $0.dimension == .category || recoded.isEmpty }
      .map { finding($0, outcome) }
    return recoded + shares.compactMap { $0 } + rest(recoded + shares.compactMap { $0 })
  }

  private static func rest(_ findings: [Finding]) -> [Finding] {
    findings.isEmpty
      ? [Finding(.pass, "both sides have counts in the same areas and sectors", count: 0)] : []
  }

  private static func finding(_ part: OneSided, _ outcome: Outcome) -> Finding? {
    let isArea = part.dimension == .area
    // An area of a register without a row is what `absent-areas` reports.
    if isArea, outcome.job.areas.table != nil { return nil }
    let isOver = part.share > outcome.job.limits.oneSided
    let things = Finding.counted(part.codes.count, isArea ? "area" : "sector")
    let other = part.side.other.rawValue
    return Finding(
      isOver ? .fail : isArea ? .pass : .warn,
      "\(part.side.rawValue), \(part.period): \(Finding.amount(part.count)) of "
        + "\(Finding.amount(part.whole)) (\(Finding.percentage(part.count, of: part.whole))) "
        + "are in \(things) with no \(other)"
        + (isOver
          ? ", above the limit of \(Finding.percentage(outcome.job.limits.oneSided, of: 1))" : "")
        + ": \(Finding.largest(part.codes))",
      place: outcome.job.sides[part.side].table.files.first?.name, count: part.count)
  }

  /// Codes of the same places that the sides have of different years.
  private static func recodings(_ outcome: Outcome) -> [Finding] {
    let present = Sides { side in outcome.areasWithRow(side) }
    return Side.allCases.compactMap { side -> Finding? in
      let (own, others) = (present[side], present[side.other])
      let lone = own.keys.filter { others[$0] == nil }.map(\.text)
      let otherLone = others.keys.filter { own[$0] == nil }.map(\.text)
      let twins = renamed(lone, otherLone, outcome)
      let conflict = AreaVintage.conflict(ended: lone, began: otherLone)
      guard conflict != nil || side == .provision && !twins.isEmpty else { return nil }
      let codes = conflict?.ended ?? twins.map(\.0)
      let count = Codebook.sorted(codes).reduce(0) { $0 + (own[Spelling($1)] ?? 0) }
      let message: String
      if let conflict, let year = AreaVintage.end(of: conflict.ended[0]) {
        message =
          "has \(listed(conflict.ended)), which ended with the changes of boundaries of \(year), and "
          + "\(side.other.rawValue) has \(listed(conflict.began)), which began with them or later"
      } else {
        message =
          "and \(side.other.rawValue) have other codes for the same names: "
          + twins.prefix(3).map { "\($0.0) and \($0.1)" }.joined(separator: ", ")
          + (twins.count > 3 ? " and \(twins.count - 3) more" : "")
      }
      return Finding(
        .fail, "\(side.rawValue) \(message): \(Finding.amount(count)) have no counterpart",
        place: outcome.job.sides[side].table.files.first?.name, count: count)
    }
  }

  /// Pairs of codes that a register calls the same, of which each side has one.
  private static func renamed(_ own: [String], _ others: [String], _ outcome: Outcome) -> [(
    String, String
  )] {
    let names = outcome.areas
    func named(_ code: String) -> String? {
      names.position(of: code).map { names.names[$0].lettersAndDigits() }
    }
    let byName = Dictionary(others.compactMap { code in named(code).map { ($0, code) } }) {
      Codebook.precedes($0, $1) ? $0 : $1
    }
    return Codebook.sorted(own).compactMap { code in
      named(code).flatMap { name in
        name == code.lettersAndDigits() ? nil : byName[name].map { (code, $0) }
      }
    }
  }

  private static func listed(_ codes: [String]) -> String {
    codes.prefix(3).joined(separator: ", ")
      + (codes.count > 3 ? " and \(Finding.number(codes.count - 3)) more" : "")
  }
}

extension Outcome {
  /// Sides that lack areas of which `sides-apart` reports the counts of the other side as a failure.
  var areasApart: Set<Side> {
    guard job.areas.table == nil else { return [] }
    return Set(
      oneSided.filter { $0.dimension == .area && $0.share > job.limits.oneSided }.map(\.side.other))
  }

  /// Whether no figure of a side, published or imputed, is on a grid.
  func reachesNothing(_ side: Side) -> Bool {
    evidence[side].periods.allSatisfy { period in
      !period.areas.contains { $0.isMapped && $0.hasRow } || period.mapped(.category).isEmpty
    }
  }

  /// What a side holds of each area of the grid for which it has a row in some period.
  fileprivate func areasWithRow(_ side: Side) -> [Spelling: Double] {
    var sums: [Spelling: Double] = [:]
    for (grid, pair) in zip(grids, compared.pairs) {
      let label = pair.label(of: side)
      let absent = Set(
        areasWithoutRow.filter { $0.subject == Subject(side) && $0.period.isSpelt(as: label) }
          .flatMap { $0.codes.map(Spelling.init) })
      for (row, code) in grid.areas.codes.enumerated() where !absent.contains(Spelling(code)) {
        let count = grid[side].value.row(row).reduce(0) { $1.isNaN ? $0 : $0 + $1 }
        sums[Spelling(code), default: 0] += count
      }
    }
    return sums
  }
}
