import Dense

/// The weights by which areas reach one another: from each origin (row) to each destination (column), at
/// or above 0.
///
/// Nothing of areas × areas is held where the weights are calculated from coordinates.
package enum Impedance: Sendable {
  /// Weights of distances between coordinates: the same in both directions.
  case symmetric(TiledMatrix)
  /// Weights of a table of costs, in which a pair that is missing weighs 0.
  case table(SparseMatrix, transposed: SparseMatrix)

  /// Weights of a table of costs.
  package init(table weights: SparseMatrix) {
    self = .table(weights, transposed: weights.transposed())
  }

  package var areaCount: Int {
    switch self {
    case .symmetric(let weights): weights.rowCount
    case .table(let weights, _): weights.rowCount
    }
  }

  /// For each origin, the weighted sum over destinations: areas × columns of `destinations`.
  package func overDestinations(_ destinations: Matrix, _ work: Work, step: String) throws -> Matrix
  {
    switch self {
    case .symmetric(let weights):
      try weights.times(
        destinations, workerCount: work.workerCount, blocks: work.blocks(step))
    case .table(let weights, _): weights.times(destinations, workerCount: work.workerCount)
    }
  }

  /// For each destination, the weighted sum over origins: areas × columns of `origins`.
  package func overOrigins(_ origins: Matrix, _ work: Work, step: String) throws -> Matrix {
    guard case .table(_, let transposed) = self else {
      return try overDestinations(origins, work, step: step)
    }
    return transposed.times(origins, workerCount: work.workerCount)
  }

  /// Both sums at once: the weights are calculated once only.
  package func overBoth(origins: Matrix, destinations: Matrix, _ work: Work, step: String) throws
    -> (
      overOrigins: Matrix, overDestinations: Matrix
    )
  {
    guard case .symmetric = self else {
      return (
        try overOrigins(origins, work, step: step),
        try overDestinations(destinations, work, step: step)
      )
    }
    let sums = try overDestinations(origins.beside(destinations), work, step: step)
    return (
      sums.columns(0..<origins.columnCount),
      sums.columns(origins.columnCount..<sums.columnCount)
    )
  }

  /// The weight of each area to itself.
  package func own() -> [Double] {
    (0..<areaCount).map { weights(from: $0, to: $0..<$0 + 1)[0] }
  }

  /// The weights from one area to consecutive others.
  package func weights(from origin: Int, to destinations: Range<Int>) -> [Double] {
    switch self {
    case .symmetric(let weights):
      return weights.elements(rows: origin..<origin + 1, columns: destinations)
    case .table(let weights, _):
      var row = [Double](repeating: 0, count: destinations.count)
      for entry in weights.row(origin) where destinations.contains(entry.column) {
        row[entry.column - destinations.lowerBound] = entry.weight
      }
      return row
    }
  }
}

/// What long work goes on with: threads, and where its finished parts are kept.
package struct Work: Sendable {
  package let workerCount: Int
  /// The keeper of the blocks of a step, by the step's name.
  package let blocks: @Sendable (_ step: String) -> BlockKeeper

  package init(
    workerCount: Int, blocks: @escaping @Sendable (_ step: String) -> BlockKeeper = { _ in .none }
  ) {
    self.workerCount = workerCount
    self.blocks = blocks
  }
}
