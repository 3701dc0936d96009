import Dense

/// What it costs to move a unit from one area and sector to another: a cost of place and one of skill.
///
/// Both are in the same unit. The cost of a move is their sum, so the kernel of all moves is a Kronecker
/// product, and a cheapest way may change the place first and then the skill.
package struct TransportCosts: Sendable {
  /// Areas × areas, from origin to destination; infinite where there is no way.
  package let place: TiledMatrix
  /// Sectors × sectors.
  package let skill: Matrix

  package init(place: TiledMatrix, skill: Matrix) {
    precondition(place.rowCount == place.columnCount && skill.rowCount == skill.columnCount)
    self.place = place
    self.skill = skill
  }

  package var areaCount: Int { place.rowCount }
  package var sectorCount: Int { skill.rowCount }

  /// The largest finite cost of a move.
  func largest(workerCount: Int) -> Double {
    let width = areaCount
    let largest = mapBlocks(of: areaCount, size: 16, workerCount: workerCount) { rows in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { strip in
        guard let start = strip.baseAddress else { return 0.0 }
        place.fill(rows, 0..<width, start)
        return (0..<rows.count * width).reduce(0) { start[$1].isFinite ? max($0, start[$1]) : $0 }
      }
    }
    return (largest.max() ?? 0) + (skill.elements.filter(\.isFinite).max() ?? 0)
  }
}

/// Which masses a transport plan must move.
package enum TransportMass: Sendable, Equatable {
  /// All of both sides, each brought to a total of 1.
  case balanced
  /// As much as pays: each side may fall short of its counts or exceed them, at `penalty` times the
  /// Kullback-Leibler divergence from them.
  case unbalanced(penalty: Double)
  /// All of the smaller side, and as much of the larger one.
  case partial
}
