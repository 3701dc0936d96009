import Mismatch

extension Reader {
  /// Matrices of flows between areas, with destinations across.
  static let originDestination = Reader(
    name: "origin-destination",
    summary: "matrices of flows between areas, origins down and destinations across",
    recognises: { records in
      let records = records.filter { !$0.isBlank }
      return zip(records, records.dropFirst()).contains { isHeading($0, over: $1) }
        || isSquare(records)
    },
    open: { records, _ in try NomisStack<OriginDestination>(records) })

  /// Whether the first record names areas behind an empty corner, and all rows below are of some of them.
  private static func isSquare(_ records: [RawRecord]) -> Bool {
    guard let heading = records.first, heading.text(0).isEmpty, records.count > 2,
      heading.filled == Array(1..<max(1, heading.cells.count)), heading.cells.count > 2
    else { return false }
    return records.dropFirst().allSatisfy {
      $0.isFigures && $0.cells.count == heading.cells.count
        && NomisBlock.isMatrix(heading, over: $0)
    }
  }

  /// Whether a record says what all columns are, above a record that names each of them.
  private static func isHeading(_ above: RawRecord, over names: RawRecord) -> Bool {
    let texts = above.filled.map { above.text($0) }
    return above.text(0).isEmpty && texts.count > 1 && Set(texts.map(Spelling.init)).count == 1
      && !OriginDestination.isMeasure(texts[0])
      && names.filled == names.cells.indices.map { $0 } && names.cells.count == above.cells.count
      && !names.isFigures
  }
}

/// The flows of one matrix.
struct OriginDestination: NomisLayout {
  let header = ["origin", "destination", "value"]
  private let names: [String]
  /// Whether the headings say that rows are destinations.
  private let isTurned: Bool

  init(_ block: NomisBlock, in window: RecordWindow) throws {
    guard let last = block.headings.last, last.cells.count > 1 else {
      throw Failure(.badData, at: Place(file: window.path, line: block.line), "no names of areas")
    }
    let above = block.headings.count > 1 ? block.headings[0].text(1) : ""
    isTurned = Self.namesDestinations(last.text(0)) && !Self.namesDestinations(above)
    names = Array(last.cells.dropFirst())
    for (cell, name) in names.enumerated() where name.trimmed().isEmpty {
      throw Failure(
        .badData, at: window.place(last, cell + 1), "a column has no name",
        expected: "the name of an area above every column")
    }
  }

  /// Whether a text of a second row of headings only says what is counted.
  static func isMeasure(_ text: String) -> Bool {
    ["number", "flags", "conf", "percent", "%", "value"].contains(text.lowercased())
  }

  private static func namesDestinations(_ heading: String) -> Bool {
    let words = heading.lowercased().split { !$0.isLetter }.map(String.init)
    return words.contains { ["work", "workplace", "destination", "delivery"].contains($0) }
  }

  func rows(of record: RawRecord, at place: (Int?) -> Place) throws -> [LaidOutRow] {
    guard record.cells.count == names.count + 1 else {
      throw Failure(
        .badData, at: place(min(record.cells.count, names.count)),
        "the row has \(record.cells.count) cells",
        expected: "\(names.count + 1), a name and one for each destination",
        advice: "Look for a missing or an unquoted delimiter, or for a truncated file")
    }
    let label = record.cells[0]
    return names.indices.map { index in
      LaidOutRow(
        line: record.line, column: index + 2,
        fields: [
          isTurned ? names[index] : label, isTurned ? label : names[index], record.cells[index + 1],
        ])
    }
  }
}
