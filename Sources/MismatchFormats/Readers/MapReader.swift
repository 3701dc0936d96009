import Mismatch

/// What was read from one input file.
package struct InputRecord: Sendable, Equatable {
  package let name: String
  package let role: String
  package let byteCount: Int
  package let rowCount: Int
  package let sha256: String
}

/// A lookup or a crosswalk as it was read, with the first place of every target for messages.
struct ReadMap {
  let map: WeightedMap
  let targetPlaces: [String: Place]
  let inputs: [InputRecord]
}

extension MapJob {
  /// Reads the map.
  ///
  /// - Parameters:
  ///   - role: what the map is, for the manifest.
  ///   - onRead: told of bytes as they are read.
  /// - Throws: ``Failure`` for a weight that is no number at or above 0, for a pair that stands twice
  ///   without a weight, and for weights that do not sum to 1 unless the job normalises them.
  func read(role: String, onRead: @escaping @Sendable (Int) -> Void) throws -> ReadMap {
    var entries: [WeightedMap.Entry] = []
    var places: [String: Place] = [:]
    var inputs: [InputRecord] = []
    var seen: [[String]: Place] = [:]
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var from = try KeyReader(self.from, in: rows)
      var to = try KeyReader(self.to, in: rows)
      var weightColumn: Int?
      if let weight { weightColumn = try rows.column(weight) }
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let pair = [try from.code(&rows), try to.code(&rows)]
        let place = rows.place()
        if weightColumn == nil, !normalises, let first = seen.updateValue(place, forKey: pair) {
          throw Failure(
            .badData, at: place, "\"\(pair[0])\" goes to \"\(pair[1])\" twice, first at \(first)",
            expected: "one row per pair",
            advice: "Keep one of them by `where`, name a `weight`, or say `normalise: true`")
        }
        if places[pair[1]] == nil { places[pair[1]] = place }
        var share = 1.0
        if let weightColumn { share = try rows.weight(weightColumn) }
        entries.append(
          WeightedMap.Entry(from: pair[0], to: pair[1], weight: share, place: place))
      }
      inputs.append(
        InputRecord(
          name: file.name, role: role, byteCount: rows.byteCount, rowCount: rowCount,
          sha256: try rows.finishDigest()))
    }
    return ReadMap(
      map: try WeightedMap(entries, normalise: normalises), targetPlaces: places, inputs: inputs)
  }
}

extension RowTable {
  /// The number in a column of weights.
  fileprivate mutating func weight(_ column: Int) throws -> Double {
    if let value = NumberText.value(of: bytes(column)) { return value }
    let text = try text(column)
    throw Failure(
      .badData, at: place(column), "the weight is \"\(text)\"", expected: "a number at or above 0")
  }
}

extension Register {
  /// Reads the list of codes; nil where the job names no list.
  ///
  /// - Throws: ``Failure`` for a code that stands twice, and for a list without rows.
  func read(role: String, onRead: @escaping @Sendable (Int) -> Void) throws
    -> (codes: Codebook, inputs: [InputRecord])?
  {
    guard let table, let code else { return nil }
    var entries: [(code: String, name: String)] = []
    var places: [String: Place] = [:]
    var inputs: [InputRecord] = []
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var codeReader = try KeyReader(code, in: rows)
      var nameReader: KeyReader?
      if let name { nameReader = try KeyReader(name, in: rows) }
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let code = try codeReader.code(&rows)
        if let first = places.updateValue(rows.place(), forKey: code) {
          throw Failure(
            .badData, at: rows.place(), "the code \"\(code)\" stands twice, first at \(first)",
            expected: "one row per code", advice: "Keep one of them by `where`")
        }
        entries.append((code, try nameReader?.code(&rows) ?? code))
      }
      inputs.append(
        InputRecord(
          name: file.name, role: role, byteCount: rows.byteCount, rowCount: rowCount,
          sha256: try rows.finishDigest()))
    }
    guard !entries.isEmpty else {
      throw Failure(
        .badData, at: Place(file: table.files.first?.path ?? role), "no code is left of the list",
        advice: "Look at its `where`")
    }
    return (Codebook(entries), inputs)
  }
}
