import Dense

/// How well each point fits its cluster: 1 at its heart, 0 between two, below 0 nearer to another.
///
/// (b - a) / max(a, b), where a is the mean distance to the other members of its own cluster and b the
/// smallest mean distance to those of another. 0 for a cluster of one point, and where a = b = 0.
/// Rousseeuw (1987), https://doi.org/10.1016/0377-0427(87)90125-7.
///
/// - Parameters:
///   - points: finite; a row per point, compared by Euclidean distance.
///   - labels: one per point, from 1 to the number of clusters without a gap.
///   - workerCount: threads; the result has the same bits for any.
/// - Returns: one number per point in [-1, 1]; NaN where there is a single cluster.
package func silhouettes(of points: Matrix, labels: [Int], workerCount: Int = 1) -> [Double] {
  precondition(points.rowCount == labels.count, "a label per point")
  let clusterCount = labels.max() ?? 0
  var sizes = [Int](repeating: 0, count: clusterCount)
  for label in labels { sizes[label - 1] += 1 }
  guard clusterCount > 1 else { return labels.map { _ in .nan } }
  let clusterSizes = sizes
  let width = points.columnCount
  return mapBlocks(of: labels.count, size: 64, workerCount: workerCount) { rows in
    points.elements.withUnsafeBufferPointer { cells in
      rows.map { row in
        var sums = [Double](repeating: 0, count: clusterCount)
        for other in labels.indices {
          var sum = 0.0
          for column in 0..<width {
            let step = cells[row * width + column] - cells[other * width + column]
            sum += step * step
          }
          sums[labels[other] - 1] += sum.squareRoot()
        }
        return silhouette(sums, clusterSizes, own: labels[row] - 1)
      }
    }
  }.flatMap { $0 }
}

/// The silhouette of one point from its summed distances to each cluster.
private func silhouette(_ sums: [Double], _ sizes: [Int], own: Int) -> Double {
  guard sizes[own] > 1 else { return 0 }
  let within = sums[own] / Double(sizes[own] - 1)
  let nearest = sums.indices.reduce(Double.infinity) { least, cluster in
    cluster == own ? least : min(least, sums[cluster] / Double(sizes[cluster]))
  }
  return max(within, nearest) == 0 ? 0 : (nearest - within) / max(within, nearest)
}
