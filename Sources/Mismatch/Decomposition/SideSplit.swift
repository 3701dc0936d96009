import Dense

/// The mutual information of side and place in a whole, split by its parts (areas, sectors, or groups of
/// areas) into what lies between the parts and what lies within them.
///
/// Between plus within is the whole, exactly (Mora and Ruiz-Castillo, 2011,
/// https://doi.org/10.1111/j.1467-9531.2011.01237.x, section on additive decomposability).
package struct SideSplit: Sendable {
  /// One part.
  package struct Part: Sendable {
    package let provision: Figure
    package let demand: Figure
    /// How far the balance of sides in the part is from that of the whole; contributions sum to `between`.
    package let side: LocalContribution
    /// The mutual information of side inside the part, 0 where it lacks a side; weighted by the parts'
    /// shares it sums to `within`.
    package let within: Double
  }

  /// In nats, with bounds.
  package let between: Figure
  package let within: Figure
  package let parts: [Part]
  /// Cells that have no number on a side and were left out.
  package let leftOutCount: Int

  /// What lies within the parts as a share of the whole, 0...1.
  package var withinShare: Figure {
    share(
      of: within, others: (between.lower, between.upper), whole: within.plus(between),
      reason: .zeroByZero)
  }

  /// The split of a whole by its parts.
  ///
  /// - Parameters:
  ///   - count: how many parts there are.
  ///   - workerCount: threads to use; the result does not depend on it.
  ///   - pair: both sides of a part.
  package init(count: Int, workerCount: Int, pair: @Sendable (_ part: Int) -> ProfilePair) {
    let inside = mapBlocks(of: count, size: 4, workerCount: workerCount) { range in
      range.map { part in
        let (known, leftOutCount) = pair(part).withoutUndefined()
        return (
          provision: known.provision.total, demand: known.demand.total,
          information: sideInformation(of: known).mutualInformation, leftOutCount: leftOutCount
        )
      }
    }.flatMap { $0 }
    between =
      sideInformation(
        of: ProfilePair(
          provision: Profile(parts: inside.map(\.provision)),
          demand: Profile(parts: inside.map(\.demand)))
      ).mutualInformation
    let weights = shares(
      of: Profile(parts: inside.map { $0.provision.plus($0.demand) }), reason: .zeroByZero)
    // A part that lacks a side has no mutual information: what is undefined there adds 0 here.
    let mean = { (path: KeyPath<Figure, Double>) in
      let products = zip(weights, inside).lazy.map {
        $0[keyPath: path] * $1.information[keyPath: path]
      }
      return ExactSum(products.filter { !$0.isNaN }).value
    }
    within = Figure(
      between.isDefined ? mean(\.value) : .nan, lower: mean(\.lower), upper: mean(\.upper),
      status: between.status
    ).snapped()
    let sides = localContributions(
      of: Matrix(rows: inside.map { [$0.provision.value, $0.demand.value] }))
    parts = zip(inside, sides).map { part, side in
      Part(
        provision: part.provision, demand: part.demand, side: side,
        within: part.information.isDefined ? part.information.value : 0)
    }
    leftOutCount = inside.reduce(0) { $0 + $1.leftOutCount }
  }
}

extension ProfilePair {
  /// The pair with 0 on both sides of every cell that has no number on a side, and how many those are.
  ///
  /// Where there are any, totals are sums of what is left, and their status tells `incomplete`.
  func withoutUndefined() -> (pair: ProfilePair, leftOutCount: Int) {
    let undefined = provision.cells.indices.filter {
      !provision.cells[$0].isDefined || !demand.cells[$0].isDefined
    }
    guard !undefined.isEmpty else { return (self, 0) }
    let known = { (side: Profile) in
      var cells = side.cells
      for cell in undefined {
        cells[cell] = Figure(exact: 0)
        cells[cell].status = side.cells[cell].status.union(.incomplete)
      }
      return Profile(parts: cells)
    }
    return (ProfilePair(provision: known(provision), demand: known(demand)), undefined.count)
  }
}
