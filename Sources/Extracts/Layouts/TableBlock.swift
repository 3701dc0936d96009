/// One table of those that stand one below the other in a file, with what stands around it.
package struct TableBlock: Codable, Sendable, Equatable {
  package var title: [String] = []
  package var keys: [KeyValue] = []
  /// What stands above the labels of rows, where the layout gives those a name of its own.
  package var labels: String?
  /// Lines of the headings.
  package var headerLines: [Int] = []
  var firstRowLine: Int?
  var lastRowLine: Int?
  package var rowCount = 0
  var footnotes: [String] = []

  /// Lines of notes that are kept.
  private static let noteLimit = 40

  /// Takes up a row of the table.
  mutating func count(_ line: Int) {
    firstRowLine = firstRowLine ?? line
    lastRowLine = line
    rowCount += 1
  }

  /// Takes up a record above the headings.
  mutating func note(above record: RawRecord) {
    let texts = record.texts
    if texts.count == 2, record.filled == [0, 1] {
      keys.append(KeyValue(key: NomisNames.key(texts[0]), value: texts[1]))
    } else {
      title.append(texts.joined(separator: " | "))
    }
  }

  /// Takes up a record below the table.
  mutating func note(below record: RawRecord) {
    if footnotes.count < TableBlock.noteLimit {
      footnotes.append(record.texts.joined(separator: " | "))
    }
  }
}

/// A line above a table that gives a name and what it is.
package struct KeyValue: Codable, Sendable, Equatable {
  package var key: String
  package var value: String
}

extension RawRecord {
  /// The texts of its filled cells.
  fileprivate var texts: [String] { filled.map { text($0) } }
}
