import Extracts
import Jobs
import Mismatch

/// Under which other crosswalks a job wants its gaps and calls.
struct SensitivityJob: Sendable {
  /// A crosswalk as the block names it.
  struct Entry: Sendable {
    /// Nil where only one side has a crosswalk.
    let side: Side?
    let table: TableJob
    /// Its own columns; nil where they are those of the side's crosswalk.
    let map: MapJob?
    let place: Place

    var name: String { table.files.map(\.name).joined(separator: ", ") }
  }

  /// A crosswalk in the place of a side's.
  struct Alternative: Sendable {
    let name: String
    let side: Side
    let map: MapJob
  }

  /// The number of cases that judged weights count as, unless a job says otherwise.
  static let usualConfidence = 10.0

  let entries: [Entry]
  /// How often weights are drawn.
  let drawCount: Int
  /// The number of cases that weights without a confidence of their own count as, and where it stands; nil where the
  /// job does not say.
  let confidence: (caseCount: Double, place: Place)?

  /// The crosswalks that take the place of a side's.
  ///
  /// - Throws: ``Failure`` for one that belongs to no side with a crosswalk, or whose columns are not known.
  func alternatives(of job: Job) throws -> [Alternative] {
    let withCrosswalk = Side.allCases.filter { !job.sides[$0].crosswalks.isEmpty }
    return try entries.map { entry in
      guard let side = entry.side ?? (withCrosswalk.count == 1 ? withCrosswalk[0] : nil),
        withCrosswalk.contains(side)
      else { throw entry.withoutSide(withCrosswalk) }
      if let map = entry.map { return Alternative(name: entry.name, side: side, map: map) }
      guard job.sides[side].crosswalks.count == 1, var map = job.sides[side].crosswalks.first else {
        throw Failure(
          .badData, at: entry.place,
          "\"\(entry.name)\" has no columns, and the crosswalk of \(side.rawValue) is a list",
          expected: "`{ file:, from:, to:, weight: }`, from categories to sectors")
      }
      map.table.files = entry.table.files
      return Alternative(name: entry.name, side: side, map: map)
    }
  }

  /// Looks for what cannot be, given the sides.
  ///
  /// - Throws: ``Failure`` with line and column of what is wrong.
  func verify(_ job: Job) throws {
    _ = try alternatives(of: job)
    let bases = job.sides.both.compactMap(\.crosswalks.first?.basis)
    if drawCount > 0, bases.isEmpty {
      throw Failure(
        .badData, at: Place(file: job.file), "`sensitivity.perturb` without a crosswalk",
        expected: "a side with a `crosswalk`, whose weights can be drawn")
    }
    if let confidence, bases.allSatisfy({ $0 != .stated }) {
      throw Failure(
        .badData, at: confidence.place,
        "`sensitivity.confidence` beside crosswalks that all have `counts` or a `confidence`",
        expected: "a crosswalk that has neither",
        advice: "Leave it out: weights are drawn as each crosswalk says")
    }
  }
}

extension SensitivityJob.Entry {
  /// Why it is not known which side's crosswalk it replaces.
  fileprivate func withoutSide(_ withCrosswalk: [Side]) -> Failure {
    guard let side = side ?? (withCrosswalk.isEmpty ? .provision : nil) else {
      return Failure(
        .badData, at: place, "\"\(name)\" does not say which side it is for",
        expected: "`side`, because provision and demand both have a crosswalk",
        advice: map == nil
          ? "Write `{ file: \(name), side: demand }`, or `side: provision`"
          : "Add `side: demand` or `side: provision` to its keys")
    }
    return Failure(
      .badData, at: place, "\"\(name)\" is for \(side.rawValue), which has no `crosswalk`",
      expected: withCrosswalk.isEmpty
        ? "a job with a crosswalk" : "`side: \(withCrosswalk[0].rawValue)`")
  }
}

extension JobNode {
  /// `{ crosswalks: [file or block], perturb: 200, confidence: 10 }`.
  func sensitivity(folder: String) throws -> SensitivityJob {
    let keys = try keyed(["crosswalks", "perturb", "confidence"])
    guard keys["crosswalks"] != nil || keys["perturb"] != nil else {
      throw wrong(expected: "`crosswalks`, `perturb` or both")
    }
    let confidence = try keys["confidence"].map { ($0, try $0.number(in: .parameters)) }
    if let confidence, keys["perturb"] == nil {
      throw confidence.0.wrong(expected: "`perturb` beside it: the number of draws")
    }
    return SensitivityJob(
      entries: try keys["crosswalks"]?.someItems().flatMap { try $0.entries(folder: folder) } ?? [],
      drawCount: try keys["perturb"]?.drawCount() ?? 0,
      confidence: confidence.map { ($0.1, $0.0.place) })
  }

  /// A block is one crosswalk; a name is one for each file that it matches.
  private func entries(folder: String) throws -> [SensitivityJob.Entry] {
    guard isMapping else {
      return try InputFile.named(try text(), in: folder, at: place).map {
        SensitivityJob.Entry(side: nil, table: TableJob(files: [$0]), map: nil, place: place)
      }
    }
    var keys = try keyed(["side", "confidence"] + JobNode.mapKeys + tableKeys)
    let side: Side? = try keys.removeValue(forKey: "side")?.choice("side")
    let hasColumns = keys.count > 1
    return [
      SensitivityJob.Entry(
        side: side, table: try table(keys, folder: folder),
        map: hasColumns ? try map(keys, folder: folder) : nil, place: place)
    ]
  }

  private func drawCount() throws -> Int {
    guard let count = Int(try text()), (1...100_000).contains(count) else {
      throw wrong(expected: "a whole number from 1 to 100000: how often weights are drawn")
    }
    return count
  }
}
