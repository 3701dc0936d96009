import Dense

extension WeightedMap {
  /// How far targets are from one another by the sources that feed them: 0 where the same sources feed two
  /// targets with the same weights, 1 where no source feeds both.
  ///
  /// 1 − Σ min(a, b) / Σ max(a, b) over sources, the weighted Jaccard distance, a metric (Ružička 1958). A
  /// target that nothing feeds is at 1 from all others.
  ///
  /// - Returns: targets × targets, zeros on the diagonal.
  package func overlapDistances(_ targets: Codebook) -> Matrix {
    let weights = matrix(rows: Codebook(codes: sources), columns: targets).transposed()
    let feeding = (0..<targets.count).map { target in
      Dictionary(uniqueKeysWithValues: weights.row(target).map { ($0.column, $0.weight) })
    }
    var distances = Matrix(rowCount: targets.count, columnCount: targets.count)
    for first in 0..<targets.count {
      for second in 0..<first {
        var (shared, either) = (ExactSum(), ExactSum())
        for (source, weight) in feeding[first] {
          let other = feeding[second][source] ?? 0
          shared.add(min(weight, other))
          either.add(max(weight, other))
        }
        for (source, weight) in feeding[second] where feeding[first][source] == nil {
          either.add(weight)
        }
        let distance = either.value > 0 ? 1 - shared.value / either.value : 1
        (distances[first, second], distances[second, first]) = (distance, distance)
      }
    }
    return distances
  }
}
