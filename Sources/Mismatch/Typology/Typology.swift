import Dense

/// What kinds of areas there are: areas and sectors as points on common axes, and clusters of areas
/// whose profiles are alike.
///
/// Axes are those of ``CorrespondenceAnalysis``. Clusters are of area profiles under plain Euclidean
/// distance: shares p of provision, q of demand, or their gaps p - q. Both use values alone, not bounds.
package struct Typology: Sendable {
  /// What areas are compared by.
  package enum Subject: String, Sendable, CaseIterable {
    case gap
    case provision
    case demand
  }

  package let subject: Subject
  package let analysis: CorrespondenceAnalysis
  /// Areas that have no profile, by place, and why.
  package let droppedAreas: [Int: Status]
  /// One per kept area (``CorrespondenceAnalysis/Points/kept``): the number of its cluster, from 1.
  package let clusters: [Int]
  /// One per kept area, in [-1, 1].
  package let silhouettes: [Double]
  /// One per merge of clusters, rising.
  package let heights: [Double]

  /// The typology of the areas of two tables of the same shape, areas × sectors.
  ///
  /// An area is left out where a table that the subject needs has no count of it, or a cell without
  /// value (NaN).
  ///
  /// - Throws: ``Failure`` where fewer areas than clusters are left; ``FactorisationFailure``.
  package init(
    _ subject: Subject, provision: Matrix, demand: Matrix, linkage: Linkage, clusterCount: Int,
    workerCount: Int = 1
  ) throws {
    self.subject = subject
    var dropped: [Int: Status] = [:]
    let known = [provision, demand].map { table in Typology.known(table) }
    let needed: [(Int, Status)] =
      switch subject {
      case .gap: [(0, .noProvision), (1, .noDemand)]
      case .provision: [(0, .noProvision)]
      case .demand: [(1, .noDemand)]
      }
    for (side, reason) in needed {
      for area in 0..<provision.rowCount {
        if known[side].unknownRows.contains(area) {
          dropped[area, default: []].insert(.unknown)
        } else if known[side].table.row(area).allSatisfy({ $0 == 0 }) {
          dropped[area, default: []].insert(reason)
        }
      }
    }
    droppedAreas = dropped
    switch subject {
    case .gap:
      analysis = try CorrespondenceAnalysis(gapsBetween: known[0].table, and: known[1].table)
    case .provision: analysis = try CorrespondenceAnalysis(counts: known[0].table)
    case .demand: analysis = try CorrespondenceAnalysis(counts: known[1].table)
    }
    let kept = analysis.rows.kept
    guard kept.count >= clusterCount else {
      throw Failure(
        .badData, "the typology has \(kept.count) areas with a profile of \(subject.rawValue)",
        expected: "at least as many as `clusters`: \(clusterCount)")
    }
    let signed = needed.map { (known[$0.0].table, $0.0 == 1 && subject == .gap ? -1.0 : 1.0) }
    let profiles = Typology.profiles(kept, signed)
    let tree = ClusterTree(of: profiles, linkage: linkage, workerCount: workerCount)
    heights = tree.merges.map(\.height)
    clusters = tree.labels(clusterCount: clusterCount)
    silhouettes = Mismatch.silhouettes(of: profiles, labels: clusters, workerCount: workerCount)
  }

  /// The mean silhouette of the areas; of one cluster where its number is given.
  package func meanSilhouette(ofCluster cluster: Int? = nil) -> Double {
    let widths = zip(clusters, silhouettes).filter { cluster == nil || $0.0 == cluster }.map(\.1)
    return ExactSum(widths).value / Double(widths.count)
  }

  /// The table with rows that lack a value set to 0, and which those are.
  private static func known(_ table: Matrix) -> (table: Matrix, unknownRows: Set<Int>) {
    var result = table
    var unknown: Set<Int> = []
    for row in 0..<table.rowCount where table.row(row).contains(where: { !$0.isFinite }) {
      unknown.insert(row)
      for column in 0..<table.columnCount { result[row, column] = 0 }
    }
    return (result, unknown)
  }

  /// Shares of the rows' sums, added up over tables with their signs.
  private static func profiles(_ rows: [Int], _ tables: [(Matrix, sign: Double)]) -> Matrix {
    var result = Matrix(rowCount: rows.count, columnCount: tables.first?.0.columnCount ?? 0)
    for (table, sign) in tables {
      for (place, row) in rows.enumerated() {
        let total = ExactSum(table.row(row)).value
        for column in 0..<table.columnCount {
          result[place, column] += sign * table[row, column] / total
        }
      }
    }
    return result
  }
}
