import Mismatch

/// The distinct texts of one column and how often each occurs, up to a limit.
struct ColumnTally {
  private var dictionary = ByteDictionary()
  /// Distinct texts in the order in which they were met.
  private(set) var texts: [String] = []
  private(set) var counts: [Int] = []
  /// Lines on which they were first met.
  private(set) var lines: [Int] = []
  private(set) var isNumber: [Bool] = []
  private(set) var numbers = NumberEvidence()
  private(set) var rowCount = 0
  private(set) var blankCount = 0
  /// Rows whose text is not among ``texts``, because there are more than the limit.
  private(set) var unkeptNumberRows = 0
  private(set) var unkeptTextRows = 0
  /// Whether spaces stand around a number, or in the place of one.
  private(set) var isSpaced = false
  private let limit: Int
  private let decimal: DecimalMark
  private var byteCount = 0

  /// Bytes of texts that one column keeps.
  private static let byteLimit = 1 << 22
  /// Bytes of one text that are kept and compared.
  private static let textLimit = 400

  init(limit: Int, decimal: DecimalMark = .point) {
    self.limit = limit
    self.decimal = decimal
  }

  var isCapped: Bool { unkeptNumberRows + unkeptTextRows > 0 }

  /// Takes up the text of one row, which begins on a line.
  mutating func add(_ text: String, line: Int = 0) {
    rowCount += 1
    if text.trimmed().isEmpty {
      blankCount += 1
      isSpaced = isSpaced || !text.isEmpty
      return
    }
    var text = text
    if text.utf8.count > ColumnTally.textLimit {
      text = String(text.prefix(ColumnTally.textLimit)) + "…"
    }
    let isFull = texts.count >= limit || byteCount >= ColumnTally.byteLimit
    if isFull, text.withUTF8({ dictionary.position(of: $0) }) == nil { return addUnkept(text) }
    let (number, isNew) = text.withUTF8 { dictionary.number(of: $0) }
    guard isNew else {
      counts[number] += 1
      return
    }
    let value = self.number(text)
    texts.append(text)
    byteCount += text.utf8.count
    counts.append(1)
    lines.append(line)
    isNumber.append(value != nil)
    if let value { numbers.add(value, spelt: text) }
  }

  private mutating func addUnkept(_ text: String) {
    if let value = number(text) {
      unkeptNumberRows += 1
      numbers.add(value, spelt: text)
    } else {
      unkeptTextRows += 1
    }
  }

  /// The number that a text is without the spaces around it.
  private mutating func number(_ text: String) -> Double? {
    var bare = text.trimmed()
    let value = bare.withUTF8 { NumberText.value(of: $0, decimal: decimal) }
    isSpaced = isSpaced || value != nil && bare.utf8.count < text.utf8.count
    return value
  }

  /// The texts that occur in most rows, the first ones met before others, up to three.
  var commonest: [String] {
    var places: [Int] = []
    for place in texts.indices {
      guard places.count < 3 || counts[place] > counts[places[2]] else { continue }
      let rank = places.firstIndex { counts[$0] < counts[place] } ?? places.count
      places.insert(place, at: rank)
      if places.count > 3 { places.removeLast() }
    }
    return places.map { texts[$0] }
  }

  var filledCount: Int { rowCount - blankCount }

  /// Rows with a number.
  var numberRows: Int {
    unkeptNumberRows + zip(counts, isNumber).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
  }

  /// Distinct texts that are no numbers, with their rows, most frequent first.
  var words: [(text: String, count: Int)] {
    texts.indices.filter { !isNumber[$0] }.map { (texts[$0], counts[$0]) }
      .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
  }

  /// Whether all distinct texts are numbers, or words that `isMark`.
  func hasNoWords(but isMark: (String) -> Bool) -> Bool {
    unkeptTextRows == 0 && texts.indices.allSatisfy { isNumber[$0] || isMark(texts[$0]) }
  }

  /// Whether a share of the filled rows, of those kept, or more has a text that `fits`; false without rows.
  ///
  /// A column may have a hundred thousand texts, so that none is looked at once too many did not fit.
  func areRows(_ share: Double, _ fits: (String) -> Bool) -> Bool {
    let kept = filledCount - unkeptNumberRows - unkeptTextRows
    var fitting = kept
    for (text, count) in zip(texts, counts) where !fits(text) {
      fitting -= count
      if Double(fitting) / Double(kept) < share { return false }
    }
    return kept > 0
  }

  /// Whether a share of the distinct texts or more `fits`; false without texts.
  func areTexts(_ share: Double, _ fits: (String) -> Bool) -> Bool {
    var fitting = texts.count
    for text in texts where !fits(text) {
      fitting -= 1
      if Double(fitting) / Double(texts.count) < share { return false }
    }
    return !texts.isEmpty
  }
}
