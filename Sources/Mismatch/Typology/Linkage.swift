import Dense

/// How far apart two clusters are.
package enum Linkage: String, Sendable, CaseIterable {
  /// By how much joining them would raise the sum of squares within clusters; heights are distances
  /// (Ward 1963; `ward.D2` of R, Murtagh and Legendre 2014, https://doi.org/10.1007/s00357-014-9161-z).
  case ward
  /// The mean distance of their members (UPGMA).
  case average
  /// The largest distance of their members.
  case complete
}

/// The tree of clusters of points: every merge, by rising height.
package struct ClusterTree: Sendable {
  /// Two clusters that become one.
  package struct Merge: Sendable, Equatable {
    /// A point of each, the smaller place first.
    package let first: Int
    package let second: Int
    package let height: Double
  }

  package let pointCount: Int
  /// `pointCount - 1` merges; equal heights in the order in which they were found.
  package let merges: [Merge]

  /// The tree of the rows of a matrix under Euclidean distance, by chains of nearest neighbours.
  ///
  /// Time and memory grow with the square of the rows: 8 bytes per pair (0.2 GB for 7,264 rows). Among
  /// equally near neighbours the cluster that the chain came from goes first, then the one with the
  /// smallest place. Murtagh (1983), https://doi.org/10.1093/comjnl/26.4.354; distances between merged
  /// clusters by Lance and Williams (1967), https://doi.org/10.1093/comjnl/9.4.373.
  ///
  /// - Parameters:
  ///   - points: finite; a row per point.
  ///   - workerCount: threads for the distances; the tree is the same for any.
  package init(of points: Matrix, linkage: Linkage, workerCount: Int = 1) {
    pointCount = points.rowCount
    guard pointCount > 1 else {
      merges = []
      return
    }
    var chain = NeighbourChain(
      PairDistances(of: points, squared: linkage == .ward, workerCount: workerCount),
      linkage: linkage)
    let found = chain.merges().enumerated().sorted {
      ($0.element.height, $0.offset) < ($1.element.height, $1.offset)
    }
    merges = found.map(\.element)
  }

  /// The clusters that stand when `count` are left: one number per point, from 1 by first appearance.
  package func labels(clusterCount count: Int) -> [Int] {
    precondition((1...max(1, pointCount)).contains(count), "between 1 cluster and one per point")
    var parent = Array(0..<pointCount)
    func root(_ point: Int) -> Int {
      var point = point
      while parent[point] != point {
        parent[point] = parent[parent[point]]
        point = parent[point]
      }
      return point
    }
    for merge in merges.prefix(pointCount - count) {
      let (a, b) = (root(merge.first), root(merge.second))
      parent[max(a, b)] = min(a, b)
    }
    var numbers: [Int: Int] = [:]
    return (0..<pointCount).map { point in
      let root = root(point)
      if let number = numbers[root] { return number }
      numbers[root] = numbers.count + 1
      return numbers.count
    }
  }
}

/// A number per pair of points, each pair once.
private struct PairDistances {
  let count: Int
  private(set) var elements: [Double]

  init(of points: Matrix, squared: Bool, workerCount: Int) {
    count = points.rowCount
    elements = [Double](repeating: 0, count: count * (count - 1) / 2)
    let (count, width) = (count, points.columnCount)
    elements.withUnsafeMutableBufferPointer { out in
      points.elements.withUnsafeBufferPointer { cells in
        let out = Shared(out)
        let cells = Shared(cells)
        forEachBlock(of: count, size: 64, workerCount: workerCount) { rows in
          for first in rows {
            var place = Self.start(of: first, count: count)
            for second in first + 1..<count {
              var sum = 0.0
              for column in 0..<width {
                let step =
                  cells.value[first * width + column] - cells.value[second * width + column]
                sum += step * step
              }
              out.value[place] = squared ? sum : sum.squareRoot()
              place += 1
            }
          }
        }
      }
    }
  }

  /// Where the pairs of a point with later ones begin.
  private static func start(of first: Int, count: Int) -> Int {
    first * (2 * count - first - 1) / 2
  }

  subscript(a: Int, b: Int) -> Double {
    get { elements[Self.start(of: min(a, b), count: count) + abs(a - b) - 1] }
    set { elements[Self.start(of: min(a, b), count: count) + abs(a - b) - 1] = newValue }
  }
}

/// Follows nearest neighbours until two clusters are each other's, and merges those.
private struct NeighbourChain {
  private var distances: PairDistances
  private let linkage: Linkage
  /// Members of the cluster at each place; 0 where it was merged away.
  private var sizes: [Int]
  /// Places that hold a cluster, rising.
  private var active: [Int]

  init(_ distances: PairDistances, linkage: Linkage) {
    self.distances = distances
    self.linkage = linkage
    sizes = Array(repeating: 1, count: distances.count)
    active = Array(0..<distances.count)
  }

  /// All merges, in the order in which they are found.
  mutating func merges() -> [ClusterTree.Merge] {
    var merges: [ClusterTree.Merge] = []
    var chain: [Int] = []
    while active.count > 1 {
      if chain.isEmpty { chain.append(active[0]) }
      let top = chain[chain.count - 1]
      let before = chain.count > 1 ? chain[chain.count - 2] : nil
      let (nearest, distance) = nearest(to: top, preferring: before)
      guard nearest == before else {
        chain.append(nearest)
        continue
      }
      chain.removeLast(2)
      let (first, second) = (min(top, nearest), max(top, nearest))
      merge(first, into: second, distance)
      merges.append(
        ClusterTree.Merge(
          first: first, second: second,
          height: linkage == .ward ? distance.squareRoot() : distance))
    }
    return merges
  }

  private func nearest(to place: Int, preferring earlier: Int?) -> (place: Int, distance: Double) {
    var best = earlier ?? -1
    var least = earlier.map { distances[place, $0] } ?? .infinity
    for other in active where other != place {
      let distance = distances[place, other]
      if distance < least { (best, least) = (other, distance) }
    }
    return (best, least)
  }

  /// Leaves the union at the later place, whose distances to others lie closer together.
  private mutating func merge(_ first: Int, into second: Int, _ distance: Double) {
    let (a, b) = (Double(sizes[first]), Double(sizes[second]))
    for other in active where other != first && other != second {
      let (x, y) = (distances[first, other], distances[second, other])
      let c = Double(sizes[other])
      distances[second, other] =
        switch linkage {
        case .ward: ((a + c) * x + (b + c) * y - c * distance) / (a + b + c)
        case .average: (a * x + b * y) / (a + b)
        case .complete: max(x, y)
        }
    }
    sizes[second] += sizes[first]
    sizes[first] = 0
    if let index = active.firstIndex(of: first) { active.remove(at: index) }
  }
}
