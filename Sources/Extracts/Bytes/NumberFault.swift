import Mismatch

/// What a text is that stands in the place of a number, and what to do about it.
package enum NumberFault: Equatable {
  /// A number, once the spaces around it are gone.
  case spaced(String)
  case percentage
  case money
  /// A number in brackets, which is below 0 in accounting, or behind a dash that is no minus sign.
  case negative
  case date
  /// The formula of a spreadsheet, without its result.
  case formula
  /// What a spreadsheet shows where a formula fails.
  case failedFormula(String)
  /// A number with a comma before its decimals.
  case decimalComma(number: String)
  /// A number written otherwise: the same as a number, and what is special about it.
  case spelling(number: String, what: String)
  /// A number and what stands beside it.
  case noted(number: String, note: String)
  /// A band such as `1-4`, `<5` or `1 to 4`.
  case range
  /// A dash, for which sources have several meanings.
  case dash(isSpaced: Bool)
  /// Digits that are no number.
  case digits
  /// A text without digits.
  case words

  /// - Parameter text: no number.
  package init(_ text: String) {
    let bare = text.trimmed()
    let isSpaced = bare.utf8.count < text.utf8.count
    if isSpaced, NumberFault.isNumber(bare) {
      self = .spaced(bare)
    } else if NumberFault.dashes.contains(bare) {
      self = .dash(isSpaced: isSpaced)
    } else if NumberFault.failures.contains(bare.uppercased()) {
      self = .failedFormula(bare)
    } else if bare.hasPrefix("=") {
      self = .formula
    } else if !bare.contains(where: \.isNumber) {
      self = .words
    } else {
      self = NumberFault.spelling(bare) ?? .digits
    }
  }

  private static let dashes: Set<String> = ["-", "–", "—", "−"]
  private static let failures: Set<String> = [
    "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
  ]
  private static let currencies: Set<Character> = ["£", "$", "€"]

  private static func isNumber(_ text: String) -> Bool { FigureText.isNumber(text) }

  /// What a text with digits is; nil where nothing is known of it.
  private static func spelling(_ text: String) -> NumberFault? {
    if text.contains("%") { return .percentage }
    if text.contains(where: currencies.contains) { return .money }
    if text.hasPrefix("("), text.hasSuffix(")"), isNumber(String(text.dropFirst().dropLast())) {
      return .negative
    }
    if let first = text.first, "–—−".contains(first), isNumber(String(text.dropFirst())) {
      return .negative
    }
    if isDate(text) { return .date }
    if let number = respelt(text) { return number }
    if isRange(text) { return .range }
    return noted(text)
  }

  /// Whether a text is a day, or a day and a month, as spreadsheets make of 1-4.
  private static func isDate(_ text: String) -> Bool {
    if Period(text)?.kind == .date { return true }
    let parts = text.split { "-/ .".contains($0) }.map { $0.lowercased() }
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    let named = parts.count { part in part.count >= 3 && months.contains(String(part.prefix(3))) }
    let numbers = parts.count { part in part.count <= 4 && part.allSatisfy(\.isNumber) }
    return (2...3).contains(parts.count) && named == 1 && numbers == parts.count - 1
      || text.split(separator: ":").count > 1 && parts.first?.contains(":") == true
  }

  /// A number with other separators of thousands or another decimal sign.
  private static func respelt(_ text: String) -> NumberFault? {
    for kind in ["spaces", "apostrophes", "underscores", "points"] {
      let joined = String(text.filter { separator($0) != kind })
      if isNumber(joined), isGrouped(text, isBetween: { separator($0) == kind }) {
        return .spelling(number: plain(joined), what: "\(kind) between its digits")
      }
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(".") else { return nil }
    let whole = parts[0].filter { separator($0) == nil }
    let number = "\(whole).\(parts[1])"
    return isNumber(number) ? .decimalComma(number: number) : nil
  }

  /// What separates thousands in other countries and programs; nil for any other character.
  private static func separator(_ character: Character) -> String? {
    switch character {
    case "'", "’": "apostrophes"
    case "_": "underscores"
    case ".": "points"
    default: character.isWhitespace ? "spaces" : nil
    }
  }

  /// Whether three digits stand behind every separator of the whole part.
  private static func isGrouped(_ text: String, isBetween: (Character) -> Bool) -> Bool {
    let digits = text.drop { "+-".contains($0) }
    let groups = digits.split(omittingEmptySubsequences: false, whereSeparator: isBetween)
    let last = groups.last?.prefix { $0 != "." }
    return groups.count > 1 && (1...3).contains(groups[0].count)
      && (groups.dropFirst().dropLast() + [last ?? ""]).allSatisfy { $0.count == 3 }
  }

  private static func plain(_ text: String) -> String { text.replacing(",", with: "") }

  /// Whether a text gives the ends of a band: `<5`, `1-4`, `1 to 4`, `5+`, `fewer than 5`.
  private static func isRange(_ text: String) -> Bool {
    let lowered = text.lowercased()
    if lowered.first.map({ "<>≤≥~".contains($0) }) == true { return true }
    if lowered.hasSuffix("+"), isNumber(String(lowered.dropLast())) { return true }
    let phrases = ["fewer than", "less than", "more than", "under ", "over ", "up to", "at least"]
    if phrases.contains(where: lowered.hasPrefix) { return true }
    for separator in [" to ", "..", "–", "-", "—"] {
      let ends = lowered.split(separator: separator, maxSplits: 1).map { String($0).trimmed() }
      if ends.count == 2, ends.allSatisfy(isNumber) { return true }
    }
    return false
  }

  /// A number with a note behind or before it: in brackets, a sign, or a letter or two behind it.
  private static func noted(_ text: String) -> NumberFault? {
    let isOfNumber: (Character) -> Bool = { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
    var number = String(text.prefix(while: isOfNumber))
    var note = String(text.dropFirst(number.count)).trimmed()
    let isBehind = !number.isEmpty
    if !isBehind {
      number = String(text.reversed().prefix(while: isOfNumber).reversed())
      note = String(text.dropLast(number.count)).trimmed()
    }
    let isMark = note.first.map { "[(*†‡#^".contains($0) } == true
    let isLetters = isBehind && note.count <= 2 && note.allSatisfy(\.isLetter)
    guard isNumber(number), isMark || isLetters else { return nil }
    return .noted(number: plain(number), note: note)
  }
}

extension NumberFault {
  /// What the text is and what to do, where a number must stand.
  package var advice: String {
    switch self {
    case .spaced(let number): "It is the number \(number) with spaces around it: set `trim: true`"
    case .percentage: "It is a percentage: name a column of plain numbers"
    case .money: "It is an amount of money: name a column of plain numbers"
    case .negative:
      "Brackets around a number, or a dash before it, say that it is below 0: name another column"
    case .date:
      "It is a date, as spreadsheets make of texts such as 1-4: restore the number from the source, or name "
        + "another column"
    case .formula:
      "It is a formula without its result: open the file in a spreadsheet, which calculates it, and save it again"
    case .failedFormula(let text):
      "\(text) is a formula that failed: mend it in the spreadsheet and save the file again"
    case .spelling(let number, let what): "It is a number with \(what): write \(number) in the file"
    case .decimalComma(let number):
      "It is a number with a comma as its decimal sign: write \(number) in the file or, if all its decimals "
        + "have commas, set `decimal: comma`"
    case .noted(let number, let note):
      "It is the number \(number) with the note \"\(note)\": move the note to a column of its own"
    case .range: "It is a range, not a number: write a number in the file"
    case .dash: "A dash is no number: write the number that it stands for in the file"
    case .digits: "It has digits but is no number: correct it in the file"
    case .words: "Write a number in the file"
    }
  }
}
