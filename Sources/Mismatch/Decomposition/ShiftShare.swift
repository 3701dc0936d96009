import Dense

/// The growth of one area's counts between two periods and what it comes from, in counts.
///
/// `growth` is `nationalShare + sectorMix + localShare`, and `netShift` the last two. Source: Dunn (1960),
/// https://doi.org/10.1111/j.1435-5597.1960.tb01705.x; as `shift` of the R package REAT.
package struct ShiftShare: Sendable, Equatable {
  package let before: Figure
  package let after: Figure
  /// `after - before`.
  package let growth: Figure
  /// What the area would have gained with the growth of all areas and sectors together: `b (A / B - 1)`.
  package let nationalShare: Figure
  /// What it would have gained beyond that with each sector's growth: `Σ b_s A_s / B_s - b A / B`.
  package let sectorMix: Figure
  /// What it gained beyond its sectors' growth: `Σ (a_s - b_s A_s / B_s)`.
  package let localShare: Figure
  /// What it gained beyond the growth of all: `a - b A / B`.
  package let netShift: Figure
}

extension ShiftShare {
  /// One for each area, in order, of two tables over the same areas and sectors.
  ///
  /// A sector without any count before has no growth: its counts after are local share. Cells without a
  /// number in either period are left out of both, in their area and in the whole, with the status
  /// `incomplete` for areas that have one; an area that has no others is undefined. Shares of a whole without any count before are undefined
  /// (`zero-by-zero`). Bounds are sharp for each component where cells vary freely, but for the sector mix,
  /// whose bounds hold and may be wide.
  package static func all(from before: Table, to after: Table) -> [ShiftShare] {
    let isKnown = zip(before.value.elements, after.value.elements).map { !($0 + $1).isNaN }
    let whole = Growth(
      before: before.totals(where: isKnown), after: after.totals(where: isKnown))
    var local = Array(repeating: Figure(exact: 0), count: before.value.rowCount)
    var mix = local
    var isExact = whole.isExact
    for sector in 0..<before.value.columnCount {
      let growth = Growth(
        before: before.figures(sector: sector, where: isKnown),
        after: after.figures(sector: sector, where: isKnown))
      isExact = isExact && growth.isExact
      for area in local.indices {
        local[area] = local[area].plus(growth.beyondWhole(area))
        mix[area] = mix[area].plus(growth.mix(area, in: whole))
      }
    }
    let width = before.value.columnCount
    return local.indices.map { area in
      guard isKnown[area * width..<(area + 1) * width].contains(true) else {
        let status = [before, after].reduce(into: Status.unknown) {
          $0.formUnion($1.profile(area: area).total.status)
        }
        return ShiftShare(undefined: status)
      }
      return ShiftShare(
        area: area, whole: whole, local: local[area], mix: mix[area], isExact: isExact)
    }
  }

  private init(undefined reason: Status) {
    let undefined = Figure.undefined(reason)
    (before, after, growth, nationalShare) = (undefined, undefined, undefined, undefined)
    (sectorMix, localShare, netShift) = (undefined, undefined, undefined)
  }

  /// - Parameter isExact: whether no count has any bounds but itself.
  private init(area: Int, whole: Growth, local: Figure, mix: Figure, isExact: Bool) {
    let (old, new) = (whole.before.parts[area], whole.after.parts[area])
    let status = old.status.union(new.status)
    before = old
    after = new
    growth = Figure(
      new.value - old.value, lower: new.lower - old.upper, upper: new.upper - old.lower,
      status: status)
    guard whole.before.sum.value > 0 else {
      let undefined = Figure.undefined(status.union(.zeroByZero))
      (nationalShare, sectorMix, localShare, netShift) = (
        undefined, undefined, undefined, undefined
      )
      return
    }
    let finished = { (figure: Figure, value: Double) in
      // Rounding of the arithmetic may put a bound on the wrong side of its value.
      Figure(
        value, lower: isExact ? value : min(figure.lower, value),
        upper: isExact ? value : max(figure.upper, value), status: status)
    }
    let net = whole.beyondWhole(area)
    netShift = finished(net, net.value)
    localShare = finished(local, local.value)
    sectorMix = finished(mix, net.value - local.value)
    nationalShare = finished(whole.national(area), growth.value - net.value)
  }
}

extension Table {
  /// One sector's figures by area, 0 where a cell does not take part.
  fileprivate func figures(sector: Int, where isKnown: [Bool]) -> AreaSum {
    AreaSum(
      (0..<value.rowCount).map { area in
        isKnown[area * value.columnCount + sector]
          ? figure(area: area, sector: sector) : Figure(exact: 0)
      })
  }

  /// Each area's total of the cells that take part.
  fileprivate func totals(where isKnown: [Bool]) -> AreaSum {
    AreaSum(
      (0..<value.rowCount).map { area in
        let profile = profile(area: area)
        let cells = profile.cells.indices.filter { isKnown[area * value.columnCount + $0] }
        guard cells.count < profile.cells.count else { return profile.total }
        var total = Profile(parts: cells.map { profile.cells[$0] }).total
        total.status.insert(.incomplete)
        return total
      })
  }
}

/// A count of all areas: that of each, the bounds of all others', and the sum.
private struct AreaSum {
  let parts: [Figure]
  let others: [(lower: Double, upper: Double)]
  let sum: Figure

  init(_ parts: [Figure]) {
    self.parts = parts
    others = boundsOfOthers(parts)
    sum = Profile(parts: parts).total
  }

  /// The bounds of an area's share of the sum: 0 where that is 0.
  func share(_ area: Int) -> (lower: Double, upper: Double) {
    guard sum.upper > 0 else { return (0, 0) }
    let share = Mismatch.share(of: parts[area], others: others[area], whole: sum, reason: [])
    return (share.lower, share.upper)
  }
}

/// Counts of all areas in two periods: below, an area has `b` before and `a` after, all others have `rb` and
/// `ra`.
private struct Growth {
  let before: AreaSum
  let after: AreaSum

  var isExact: Bool { before.sum.isExact && after.sum.isExact }

  /// What an area has after beyond the growth of all, `a - b (a + ra) / (b + rb)`.
  ///
  /// It rises with `a` and `rb` and falls with `b` and `ra`. All that the area has after, where there is
  /// nothing before.
  func beyondWhole(_ area: Int) -> Figure {
    let (b, a) = (before.parts[area], after.parts[area])
    let (rb, ra) = (before.others[area], after.others[area])
    let least = beyond(b: b.upper, rb: rb.lower, a: a.lower, ra: ra.upper)
    let greatest = beyond(b: b.lower, rb: rb.upper, a: a.upper, ra: ra.lower)
    guard before.sum.value > 0 else { return Figure(a.value, lower: least, upper: greatest) }
    return Figure(
      a.value - b.value * (after.sum.value / before.sum.value), lower: least, upper: greatest)
  }

  private func beyond(b: Double, rb: Double, a: Double, ra: Double) -> Double {
    if b == 0 { return a }
    if rb == 0 || b == .infinity || ra == .infinity { return -ra }
    if rb == .infinity { return a }
    return a * (rb / (b + rb)) - ra * (b / (b + rb))
  }

  /// The bounds of an area's growth with all, `b (A / (b + rb) - 1)`.
  ///
  /// It is concave in `b`, rises with `A` and falls with `rb`.
  func national(_ area: Int) -> Figure {
    let (b, rb) = (before.parts[area], before.others[area])
    let least = [b.lower, b.upper].map { grown($0, rb: rb.upper, sum: after.sum.lower) - $0 }
    return Figure(.nan, lower: least.min() ?? .nan, upper: mostNational(b, besides: rb.lower))
  }

  private func mostNational(_ b: Figure, besides rb: Double) -> Double {
    let sum = after.sum.upper
    guard b.upper > 0 else { return 0 }
    guard sum.isFinite else { return sum }
    let peak = rb.isFinite ? (sum * rb).squareRoot() - rb : 0
    let inner = min(max(peak, b.lower), b.upper)
    return grown(inner, rb: rb, sum: sum) - inner
  }

  private func grown(_ b: Double, rb: Double, sum: Double) -> Double {
    if rb == 0 { return sum }
    if b == 0 || rb == .infinity { return 0 }
    return b == .infinity ? sum : sum * (b / (b + rb))
  }

  /// The bounds of what a sector adds to an area's mix, `A_s (b_s / B_s - b / B)`, each factor by itself.
  func mix(_ area: Int, in whole: Growth) -> Figure {
    let (own, all) = (before.share(area), whole.before.share(area))
    let (least, greatest) = (own.lower - all.upper, own.upper - all.lower)
    return Figure(
      .nan,
      lower: least == 0 ? 0 : least * (least < 0 ? after.sum.upper : after.sum.lower),
      upper: greatest == 0 ? 0 : greatest * (greatest < 0 ? after.sum.lower : after.sum.upper))
  }
}
