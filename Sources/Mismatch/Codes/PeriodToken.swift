/// A part of a period's label: a number, a month's name, one of the words that periods are made of, or a mark.
enum PeriodToken: Sendable, Equatable {
  case number(Int, width: Int)
  /// 1...12
  case month(Int)
  case word(Word)
  case dash
  case slash
  case open
  case close

  enum Word: String, Sendable {
    case ay, academic, fy, financial, tax, cy, calendar, year, ye
    case q, quarter, h, m, month, months, rolling, w, week
    case reporting, part, autumn, spring, summer, term, and
    case to, ending, ended
    case three, six, twelve
    case th, st, nd, rd, t, z
    case p, r, provisional, revised
  }

  /// The parts of a label but for marks of revision at its end; nil where it has one that no period has.
  static func tokens(of label: String) -> ArraySlice<PeriodToken>? {
    guard mayBePeriod(label.utf8) else { return nil }
    var tokens: [PeriodToken] = []
    var rest = Substring(label).unicodeScalars
    while let first = rest.first {
      if first.isASCII, isDigit(UInt8(first.value)) {
        let digits = rest.prefix { $0.isASCII && isDigit(UInt8($0.value)) }
        guard widths.contains(digits.count), let value = Int(String(digits)) else { return nil }
        tokens.append(.number(value, width: digits.count))
        rest = rest.dropFirst(digits.count)
      } else if isLetter(first) {
        let letters = rest.prefix(while: isLetter)
        guard let token = named(String(letters).lowercased()) else { return nil }
        tokens.append(token)
        rest = rest.dropFirst(letters.count)
      } else {
        switch first {
        case "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}": tokens.append(.dash)
        case "/": tokens.append(.slash)
        case "(", "[": tokens.append(.open)
        case ")", "]": tokens.append(.close)
        case ".", ",", ":": break
        default: guard first.properties.isWhitespace else { return nil }
        }
        rest = rest.dropFirst()
      }
    }
    return withoutRevision(tokens)
  }

  private static func withoutRevision(_ tokens: [PeriodToken]) -> ArraySlice<PeriodToken> {
    let marks: [PeriodToken] = [.word(.p), .word(.r), .word(.provisional), .word(.revised)]
    var tokens = tokens[...]
    while tokens.count > 3, tokens.last == .close, tokens.dropLast(2).last == .open,
      let mark = tokens.dropLast().last, marks.contains(mark)
    {
      tokens = tokens.dropLast(3)
    }
    return tokens
  }

  /// Whether to look closer: most texts of a table are other words or numbers.
  private static func mayBePeriod(_ text: String.UTF8View) -> Bool {
    guard (4...60).contains(text.count), text.contains(where: isDigit) else { return false }
    let startsWithYear = text.starts(with: "19".utf8) || text.starts(with: "2".utf8)
    return startsWithYear && widths.contains(text.count) || !text.allSatisfy(isDigit)
  }

  /// Digits of a day or a month, a year, a month or two years, and a date.
  private static let widths: Set<Int> = [1, 2, 4, 6, 8]

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
  }

  private static func named(_ word: String) -> PeriodToken? {
    if let word = Word(rawValue: word) { return .word(word) }
    if word == "sept" { return .month(9) }
    let month = months.firstIndex { $0 == word || (word.utf8.count == 3 && $0.hasPrefix(word)) }
    return month.map { .month($0 + 1) }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}

/// Whether a number may be a year.
func isYear(_ number: Int) -> Bool { (1900...2100).contains(number) }

/// The year of two digits, from 1969 to 2068.
func century(_ digits: Int) -> Int { digits + (digits >= 69 ? 1900 : 2000) }
