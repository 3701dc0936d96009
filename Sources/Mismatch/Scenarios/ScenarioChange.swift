import Dense

/// A change of one side of an area: of counts, not of the world around them.
package enum ScenarioChange: Sendable, Equatable {
  /// A share of one sector's count, within 0...1, goes to another sector.
  case move(from: Int, to: Int, share: Double)
  /// A number is added to one sector's count; below 0 it is taken away, and no count falls below 0.
  case add(sector: Int, count: Double)
  /// The area's mix goes so far, within 0...1, towards another one, with the same total.
  ///
  /// The mix is a share for each sector, which sum to 1; nil stands for the mix of the other side.
  case approach(mix: [Double]?, share: Double)

  /// A side of an area after the change.
  ///
  /// Bounds hold whatever the counts within theirs were, and exact counts stay exact. A count that was made of
  /// several carries the marks of them all. A move or a mix keeps the area's total. Changes by 0 % leave all as it
  /// is. A cell without a value is none afterwards, nor is one that needs it.
  ///
  /// - Parameter other: the area's other side.
  package func applied(to side: Profile, other: Profile) -> Profile {
    var changed = side
    switch self {
    case .move(let from, let to, let share):
      guard share > 0 else { return side }
      changed.cells[to] = side.cells[to].plus(side.cells[from].scaled(by: share))
      changed.cells[from] = side.cells[from].with { left($0, without: share) }
    case .add(let sector, let count):
      guard count != 0 else { return side }
      changed = added(count, to: sector, of: side)
    case .approach(let mix, let share):
      guard share > 0 else { return side }
      let target = mix?.map(Figure.init(exact:)) ?? shares(of: other, reason: .noDemand)
      changed = approached(target, share: share, from: side)
    }
    guard side.isExact, changed.cells.allSatisfy(\.isExact) else { return changed }
    changed.total = Profile(parts: changed.cells).total
    changed.total.lower = changed.total.value
    changed.total.upper = changed.total.value
    return changed
  }

  private func added(_ count: Double, to sector: Int, of side: Profile) -> Profile {
    var cells = side.cells
    cells[sector] = cells[sector].with { $0 + count < 0 ? 0 : $0 + count }
    var changed = Profile(parts: cells)
    let most = side.total.upper + max(count, -side.cells[sector].lower)
    changed.total.lower = max(changed.total.lower, side.total.lower + count)
    changed.total.upper = min(changed.total.upper, most)
    return changed
  }

  private func approached(_ target: [Figure], share: Double, from side: Profile) -> Profile {
    let total = side.total
    let others = boundsOfOthers(side.cells)
    let status = target.reduce(into: total.status) { $0.formUnion($1.status) }
    func mixed(_ count: Double, _ total: Double, _ part: Double) -> Double {
      times(1 - share, count) + times(share, times(part, total))
    }
    var changed = side
    for sector in side.cells.indices {
      let (cell, part) = (side.cells[sector], target[sector])
      var figure = Figure(exact: mixed(cell.value, total.value, part.value))
      if !side.isExact || !part.isExact {
        figure.lower = mixed(
          cell.lower, max(total.lower, cell.lower + others[sector].lower), part.lower)
        figure.upper = mixed(
          cell.upper, min(total.upper, cell.upper + others[sector].upper), part.upper)
      }
      figure.status = status
      changed.cells[sector] = figure.snapped()
    }
    changed.total.status = status
    return changed
  }
}

/// What a share leaves of a count; nothing of any where it is 1.
private func left(_ count: Double, without share: Double) -> Double {
  share == 1 ? 0 : count.isFinite ? count - share * count : count
}

/// A product that is 0 where a factor is, also of a count without bound.
private func times(_ factor: Double, _ count: Double) -> Double {
  factor == 0 || count == 0 ? 0 : factor * count
}

extension Figure {
  /// The figure with value and bounds changed by a function that does not fall.
  fileprivate func with(_ change: (Double) -> Double) -> Figure {
    Figure(change(value), lower: change(lower), upper: change(upper), status: status)
  }
}
