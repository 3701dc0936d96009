import Dense
import Mismatch
import Support
import Testing

/// As HOW.md of c09 states.
private let referenceCloseness = Closeness.absolute(1e-9)
/// A few hundred operations of double precision on numbers of size 1.
private let arithmeticCloseness = Closeness.either(1e-11)

/// The files of case c09.
enum Typology09 {
  static let folder = "c09-typology"

  /// Areas × sectors of one column of the input.
  static func table(_ column: String) throws -> Matrix {
    let rows = try Reference.rows("\(folder)/input.csv")
    let areas = Codebook(codes: try rows.map { try $0.text("area") })
    let sectors = Codebook(codes: try rows.map { try $0.text("sector") })
    var table = Matrix(rowCount: areas.count, columnCount: sectors.count)
    for row in rows {
      guard let area = areas.position(of: try row.text("area")),
        let sector = sectors.position(of: try row.text("sector"))
      else { continue }
      table[area, sector] = try row.number(column)
    }
    return table
  }

  /// P - Q, area by area.
  static func gaps() throws -> Matrix {
    let (provision, demand) = (try table("trainees"), try table("vacancies"))
    var gaps = provision
    for area in 0..<gaps.rowCount {
      let totals = (provision.row(area).reduce(0, +), demand.row(area).reduce(0, +))
      for sector in 0..<gaps.columnCount {
        gaps[area, sector] = provision[area, sector] / totals.0 - demand[area, sector] / totals.1
      }
    }
    return gaps
  }
}

struct ClusterTests {
  @Test(
    "Clusters as R's hclust and cutree", .enabled(if: Reference.mayRun),
    arguments: [(Linkage.ward, "wardD2"), (.average, "average"), (.complete, "complete")], [4, 6])
  func reference(linkage: (Linkage, String), count: Int) throws {
    let tree = ClusterTree(of: try Typology09.gaps(), linkage: linkage.0)
    let expected = try Reference.rows(
      "\(Typology09.folder)/expected_hclust_\(linkage.1)_k\(count).csv")
    #expect(expected.count == 25)
    let labels = tree.labels(clusterCount: count)
    #expect(labels == (try expected.map { Int(try $0.number("cluster")) }))
  }

  @Test("Ward's heights as scipy's", .enabled(if: Reference.mayRun))
  func heights() throws {
    let tree = ClusterTree(of: try Typology09.gaps(), linkage: .ward)
    let expected = try Reference.rows("\(Typology09.folder)/expected_hclust_ward_heights.csv")
    #expect(expected.count == 24)
    let heights = try expected.map { try $0.number("height") }
    #expect(referenceCloseness.holds(tree.merges.map(\.height), heights))
  }

  @Test("Mean silhouettes as R's cluster", .enabled(if: Reference.mayRun), arguments: [4, 6])
  func silhouettesOfReference(count: Int) throws {
    let gaps = try Typology09.gaps()
    let labels = ClusterTree(of: gaps, linkage: .ward).labels(clusterCount: count)
    let widths = silhouettes(of: gaps, labels: labels)
    let rows = try Reference.rows("\(Typology09.folder)/expected_silhouette_ward_k\(count).csv")
    #expect(rows.count == 1)
    let mean = widths.reduce(0, +) / Double(widths.count)
    #expect(referenceCloseness.holds(mean, try rows[0].number("value")))
  }

  @Test(
    "The tree that merging the two nearest clusters gives, from the definitions",
    arguments: Linkage.allCases, 1...6)
  func twin(linkage: Linkage, seed: Int) {
    let points = randomPoints(seed: seed, count: 12 + seed)
    let tree = ClusterTree(of: points, linkage: linkage)
    let naive = naiveTree(points, linkage)
    #expect(arithmeticCloseness.holds(tree.merges.map(\.height), naive.heights))
    for count in 1...points.rowCount {
      #expect(tree.labels(clusterCount: count) == naive.labels[count])
    }
  }

  @Test("Heights rise, and clusters only split", arguments: Linkage.allCases)
  func laws(linkage: Linkage) {
    let points = randomPoints(seed: 40, count: 150)
    let tree = ClusterTree(of: points, linkage: linkage, workerCount: 2)
    #expect(tree.merges.count == 149)
    #expect(zip(tree.merges, tree.merges.dropFirst()).allSatisfy { $0.height <= $1.height })
    for count in [1, 2, 7, 150] {
      let labels = tree.labels(clusterCount: count)
      #expect(Set(labels) == Set(1...count))
      let firsts = (1...count).compactMap { labels.firstIndex(of: $0) }
      #expect(firsts == firsts.sorted())
      guard count > 1 else { continue }
      let coarser = tree.labels(clusterCount: count - 1)
      #expect(Set(zip(labels, coarser).map { "\($0) \($1)" }).count == count)
    }
    let one = ClusterTree(of: points, linkage: linkage)
    #expect(one.merges == tree.merges)
  }

  @Test("Equal points are merged in the order of their places", arguments: Linkage.allCases)
  func ties(linkage: Linkage) {
    let tree = ClusterTree(of: Matrix(rowCount: 5, columnCount: 2, repeating: 1), linkage: linkage)
    #expect(tree.merges.map(\.height) == [0, 0, 0, 0])
    #expect(tree.merges[0].first == 0 && tree.merges[0].second == 1)
    #expect(Set(tree.labels(clusterCount: 3)).count == 3)
    #expect(ClusterTree(of: Matrix(rowCount: 1, columnCount: 2), linkage: linkage).merges.isEmpty)
  }

  @Test("Silhouettes from their definition, for any number of threads", arguments: 1...4)
  func silhouetteTwin(seed: Int) {
    let points = randomPoints(seed: seed, count: 130)
    let labels = ClusterTree(of: points, linkage: .ward).labels(clusterCount: 5)
    let widths = silhouettes(of: points, labels: labels)
    for (place, width) in widths.enumerated() {
      let means = (1...5).map { label in
        let others = labels.indices.filter { labels[$0] == label && $0 != place }
        return others.map { distance(points, place, $0) }.reduce(0, +) / Double(others.count)
      }
      let own = means[labels[place] - 1]
      let other = means.enumerated().filter { $0.offset != labels[place] - 1 }.map(\.element).min()
      let expected = own.isNaN ? 0 : ((other ?? 0) - own) / max(own, other ?? 0)
      #expect(arithmeticCloseness.holds(width, expected))
      #expect((-1...1).contains(width))
    }
    #expect(areIdentical(widths, silhouettes(of: points, labels: labels, workerCount: 3)))
    let single = silhouettes(of: points, labels: labels.map { _ in 1 })
    #expect(single.count == 130 && single.allSatisfy(\.isNaN))
  }
}

private func randomPoints(seed: Int, count: Int) -> Matrix {
  var random = RandomSource(seed: UInt64(seed), stream: 11)
  return Matrix(rows: (0..<count).map { _ in (0..<3).map { _ in random.uniform() } })
}

private func distance(_ points: Matrix, _ a: Int, _ b: Int) -> Double {
  zip(points.row(a), points.row(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}

/// Merges the two nearest clusters again and again, with distances from all members each time.
private func naiveTree(_ points: Matrix, _ linkage: Linkage)
  -> (heights: [Double], labels: [Int: [Int]])
{
  var clusters = (0..<points.rowCount).map { [$0] }
  var heights: [Double] = []
  var labels = [clusters.count: labelling(clusters)]
  while clusters.count > 1 {
    var best = (a: 0, b: 1, height: Double.infinity)
    for a in 0..<clusters.count - 1 {
      for b in a + 1..<clusters.count {
        let height = height(clusters[a], clusters[b], points, linkage)
        if height < best.height { best = (a, b, height) }
      }
    }
    heights.append(best.height)
    clusters[best.a] += clusters[best.b]
    clusters.remove(at: best.b)
    labels[clusters.count] = labelling(clusters)
  }
  return (heights, labels)
}

private func labelling(_ clusters: [[Int]]) -> [Int] {
  var labels = [Int](repeating: 0, count: clusters.reduce(0) { $0 + $1.count })
  let sorted = clusters.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }
  for (number, cluster) in sorted.enumerated() {
    for point in cluster { labels[point] = number + 1 }
  }
  return labels
}

private func height(_ a: [Int], _ b: [Int], _ points: Matrix, _ linkage: Linkage) -> Double {
  let pairs = a.flatMap { one in b.map { distance(points, one, $0) } }
  switch linkage {
  case .average: return pairs.reduce(0, +) / Double(pairs.count)
  case .complete: return pairs.max() ?? 0
  case .ward:
    func squares(_ members: [Int]) -> Double {
      (0..<points.columnCount).reduce(0) { sum, column in
        let values = members.map { points[$0, column] }
        let mean = values.reduce(0, +) / Double(values.count)
        return sum + values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      }
    }
    return (2 * (squares(a + b) - squares(a) - squares(b))).squareRoot()
  }
}
