import Extracts
import Jobs
import Mismatch

/// A lookup or a crosswalk as it was read, with the first place of every target for messages.
package struct ReadMap {
  let map: WeightedMap
  let targetPlaces: [Spelling: Place]
  let inputs: [InputRecord]
  /// When source codes live, where the map says so.
  var lives: [Spelling: Lifetime] = [:]
  /// Source codes that the map has at another time than the job's only.
  var otherTimes: [Spelling: Lifetime] = [:]
}

extension MapJob {
  /// Reads the map.
  ///
  /// - Parameters:
  ///   - role: what the map is, for the manifest.
  ///   - dimension: what its codes are; nil where no check asks.
  ///   - onRead: called with the number of bytes read.
  ///   - onEntry: called with every row that the map is made of.
  /// - Throws: ``Failure`` for a weight that is no number at or above 0, for a pair that is duplicated
  ///   without a weight, and for weights that do not sum to 1 unless the job normalises them.
  package func read(
    role: String, dimension: Dimension? = nil, onRead: @escaping @Sendable (Int) -> Void,
    onEntry: (WeightedMap.Entry) -> Void = { _ in }
  ) throws -> ReadMap {
    var entries: [WeightedMap.Entry] = []
    var places: [Spelling: Place] = [:]
    var inputs: [InputRecord] = []
    var seen: [[Spelling]: Place] = [:]
    var lives: [Spelling: Lifetime] = [:]
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var from = try KeyReader(self.from, in: rows, as: dimension.map(TextRole.code))
      var to = try KeyReader(self.to, in: rows, as: dimension.map(TextRole.code))
      var weightColumn: Int?
      if let weight { weightColumn = try rows.column(weight) }
      let lifeReader = try LifeReader(life, in: rows)
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let pair = [try from.code(&rows), try to.code(&rows)].map(Spelling.init)
        let (span, isWanted) = try lifeReader.read(&rows)
        if life != nil { lives[pair[0]] = lives[pair[0]]?.union(span) ?? span }
        guard isWanted else { continue }
        let place = rows.place()
        if weightColumn == nil, !normalises, let first = seen.updateValue(place, forKey: pair) {
          throw Failure(
            .badData, at: place, "\"\(pair[0])\" maps to \"\(pair[1])\" twice, first at \(first)",
            expected: "one row per pair",
            advice: "Keep one of them with `where`, name a `weight`, or set `normalise: true`"
              + adviceOnTimes)
        }
        if places[pair[1]] == nil { places[pair[1]] = place }
        var share = 1.0
        if let weightColumn {
          share = try rows.number(
            weightColumn, in: basis == .counts ? .counts : .weights, what: "weight")
        }
        let entry = WeightedMap.Entry(
          from: pair[0].text, to: pair[1].text, weight: share, place: place)
        entries.append(entry)
        onEntry(entry)
      }
      inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    let map = try weightedMap(entries)
    return ReadMap(
      map: map, targetPlaces: places, inputs: inputs, lives: lives,
      otherTimes: lives.filter { code, _ in map.targets(of: code.text).isEmpty })
  }

  /// The map of these rows.
  ///
  /// Where weights are not named, a code with several targets is reported with all others like it.
  private func weightedMap(_ entries: [WeightedMap.Entry]) throws -> WeightedMap {
    if weight == nil, !normalises {
      let targets = Dictionary(grouping: entries) { Spelling($0.from) }.filter {
        $0.value.count > 1
      }
      if let first = Codebook.sorted(targets.keys).first, let rows = targets[first] {
        throw Failure(
          .badData, at: rows.last?.place,
          "\"\(first)\" maps to \(rows.count) targets without weights: "
            + Failure.examples(rows.map(\.to))
            + (targets.count > 1 ? "; so do \(targets.count - 1) more codes" : ""),
          expected: "one target, or weights that sum to 1",
          advice: "Name a `weight`, or set `normalise: true` for equal parts" + adviceOnTimes)
      }
    }
    return try WeightedMap(entries, normalise: normalises, basis: basis)
  }

  private var adviceOnTimes: String {
    if life?.asOf != nil { return "" }
    return life == nil
      ? "; to separate rows of several years, set `valid-from`, `valid-to` and `as-of`"
      : "; or select a year with `as-of`"
  }
}
