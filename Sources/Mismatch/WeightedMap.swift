import Dense

/// Shares by which source codes are spread over target codes: an area lookup or a crosswalk.
///
/// Weights of a source sum to 1, or to less where a chain of maps loses some on its way: the rest of
/// such a source's count is unmapped, and listed.
package struct WeightedMap: Sendable, Equatable {
  /// One row of a map as it was read.
  package struct Entry: Sendable {
    package let from: String
    package let to: String
    package let weight: Double
    package let place: Place

    package init(from: String, to: String, weight: Double, place: Place) {
      self.from = from
      self.to = to
      self.weight = weight
      self.place = place
    }
  }

  /// What is known of weights besides their sizes.
  package enum Basis: Sendable, Equatable {
    /// Nothing: they are taken as they are.
    case stated
    /// They are counts of cases, which say how far their shares can be trusted.
    case counts
    /// They are judged, and to be trusted as if a source's weights were the shares of so many cases.
    case confidence(Double)
  }

  /// How far a source's weights may be from a sum of 1.
  package static let tolerance = 1e-9

  /// Targets of each source by rising code; a source without weight has none.
  private let targets: [Spelling: [(to: String, weight: Double)]]
  /// What is known of a source's weights; empty where they are taken as they are.
  private var distributions: [Spelling: Dirichlet] = [:]

  /// A map from its rows; repeated pairs are added up.
  ///
  /// - Parameters:
  ///   - entries: rows in any order.
  ///   - normalise: whether weights of a source are divided by their sum; a sum of 0 leaves the source
  ///     without targets. Otherwise they must sum to 1.
  ///   - basis: what is known of the weights.
  /// - Throws: ``Failure`` (`badData`) for a negative, infinite or NaN weight, and for sums that are
  ///   not 1 where they are not normalised; it names the first row of the source.
  package init(_ entries: [Entry], normalise: Bool, basis: Basis = .stated) throws {
    var sums: [Spelling: [Spelling: ExactSum]] = [:]
    var places: [Spelling: Place] = [:]
    for entry in entries {
      guard entry.weight.isFinite, entry.weight >= 0 else {
        throw Failure(
          .badData, at: entry.place, "weight \(entry.weight) of \"\(entry.from)\"",
          expected: "a number at or above 0")
      }
      let (from, to) = (Spelling(entry.from), Spelling(entry.to))
      if places[from] == nil { places[from] = entry.place }
      sums[from, default: [:]][to, default: ExactSum()].add(entry.weight)
    }
    var targets: [Spelling: [(to: String, weight: Double)]] = [:]
    for from in Codebook.sorted(sums.keys) {
      let weights = sums[from] ?? [:]
      let total = ExactSum(weights.values.map(\.value)).value
      guard normalise || abs(total - 1) <= WeightedMap.tolerance else {
        throw Failure(
          .badData, at: places[from],
          "weights of \"\(from)\" sum to \(total) over \(weights.count) targets",
          expected: "1",
          advice: "Correct them, or set `normalise: true` to divide them by their sum")
      }
      targets[Spelling(from)] = Codebook.sorted(weights.keys).compactMap { to in
        // A target that was looked for and never met keeps its place: its share is small, not 0.
        guard let weight = weights[to]?.value, weight > 0 || basis == .counts && total > 0 else {
          return nil
        }
        return (to, normalise ? weight / total : weight)
      }
      guard total > 0 else { continue }
      switch basis {
      case .stated: break
      case .counts:
        let counts = Codebook.sorted(weights.keys).compactMap { weights[$0]?.value }
        distributions[Spelling(from)] = Dirichlet(counts: counts)
      case .confidence(let caseCount):
        distributions[Spelling(from)] = Dirichlet(
          weights: (targets[Spelling(from)] ?? []).map(\.weight), confidence: caseCount)
      }
    }
    self.targets = targets
  }

  /// A map of these targets, each source's by rising code.
  init(targets: [Spelling: [(to: String, weight: Double)]]) {
    self.targets = targets
  }

  /// Whether weights have distributions: counts of cases, or judged weights of a stated confidence.
  package var isUncertain: Bool { !distributions.isEmpty }

  /// The distribution of a source's weights, target by target as in ``targets(of:)``; nil where they are taken as
  /// they are.
  package func distribution(of source: String) -> Dirichlet? { distributions[source] }

  /// All source codes, in order.
  package var sources: [String] { Codebook.sorted(targets.keys) }

  /// Where one source goes, by rising target code; empty for a code that the map does not know.
  package func targets(of source: String) -> [(to: String, weight: Double)] {
    targets[source] ?? []
  }

  /// All codes that receive something, in order.
  package var allTargets: [String] {
    Codebook.sorted(Set(targets.values.joined().map { Spelling($0.to) }))
  }

  /// This map followed by `next`, as the product of their matrices.
  ///
  /// What `next` does not know is lost to the source, whose weights then sum to less than 1.
  package func followed(by next: WeightedMap) -> WeightedMap {
    WeightedMap(
      targets: targets.mapValues { steps in
        var sums: [Spelling: ExactSum] = [:]
        for step in steps {
          for end in next.targets(of: step.to) {
            sums[Spelling(end.to), default: ExactSum()].add(step.weight * end.weight)
          }
        }
        return Codebook.sorted(sums.keys).map { ($0, sums[$0]?.value ?? 0) }
      })
  }

  /// The map without targets that are not known; what went to those is lost to its source.
  package func keeping(_ known: Codebook) -> WeightedMap {
    WeightedMap(targets: targets.mapValues { $0.filter { known.position(of: $0.to) != nil } })
  }

  /// The map as a matrix: a row per source, a column per target; targets not in `columns` are left out.
  package func matrix(rows: Codebook, columns: Codebook) -> SparseMatrix {
    var entries = SparseMatrix.Entries()
    for (row, source) in rows.codes.enumerated() {
      for target in targets(of: source) where target.weight > 0 {
        guard let column = columns.position(of: target.to) else { continue }
        entries.add(row: row, column: column, weight: target.weight)
      }
    }
    return SparseMatrix(rowCount: rows.count, columnCount: columns.count, entries: entries)
  }

  private var spellings: [Spelling: [Spelling]] {
    targets.mapValues { $0.map { Spelling($0.to) } }
  }

  package static func == (left: WeightedMap, right: WeightedMap) -> Bool {
    left.spellings == right.spellings
      && left.targets.mapValues { $0.map(\.weight) } == right.targets.mapValues { $0.map(\.weight) }
  }
}
