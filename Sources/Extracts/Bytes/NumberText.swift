/// Reads counts as analysts' files write them.
package enum NumberText {

  /// The number that the bytes spell, or nil.
  ///
  /// Digits with `.` as decimal sign, thousands commas only in their right places ("1,250", not
  /// "12,50" and "0,435"), a sign, an exponent ("1e+05", as R writes 100000). No spaces, no other signs, no names
  /// such as "inf". With a decimal comma, thousands have points or spaces. Rounded to the nearest double.
  package static func value(
    of text: UnsafeBufferPointer<UInt8>, decimal: DecimalMark = .point
  ) -> Double? {
    plain(text, decimal: decimal) ?? general(text, decimal)
  }

  /// Powers of ten that are doubles.
  private static let powers: [Double] = (0...15).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  /// The number that up to 15 digits spell, of which some may stand behind a decimal mark; nil for any
  /// other text.
  ///
  /// Both the digits and the power of ten are exact, so their quotient is the nearest double.
  @inline(__always)
  package static func plain(
    _ text: UnsafeBufferPointer<UInt8>, decimal: DecimalMark = .point
  ) -> Double? {
    guard !text.isEmpty, text.count <= 16 else { return nil }
    var number = 0
    var index = 0
    while index < text.count {
      let digit = text[index] &- 48
      guard digit <= 9 else { break }
      number = number &* 10 &+ Int(digit)
      index += 1
    }
    if index == text.count { return index <= 15 ? Double(number) : nil }
    guard index > 0, text[index] == decimal.rawValue else { return nil }
    return fraction(text, whole: number, from: index + 1)
  }

  private static func fraction(
    _ text: UnsafeBufferPointer<UInt8>, whole: Int, from first: Int
  ) -> Double? {
    var number = whole
    for index in first..<text.count {
      let digit = text[index] &- 48
      guard digit <= 9 else { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return Double(number) / powers[text.count - first]
  }

  private static func general(_ text: UnsafeBufferPointer<UInt8>, _ decimal: DecimalMark)
    -> Double?
  {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    var index = 0
    if index < text.count, text[index] == 43 || text[index] == 45 {
      plain.append(text[index])
      index += 1
    }
    guard let whole = groups(text, from: &index, decimal.groupMarks) else { return nil }
    plain += whole
    var fractionCount = 0
    if index < text.count, text[index] == decimal.rawValue {
      plain.append(46)
      index += 1
      while index < text.count, isDigit(text[index]) {
        plain.append(text[index])
        fractionCount += 1
        index += 1
      }
    }
    guard whole.count + fractionCount > 0 else { return nil }
    if index < text.count, text[index] | 32 == 101 {
      plain.append(contentsOf: text[index...])
      var exponent = index + 1
      if exponent < text.count, text[exponent] == 43 || text[exponent] == 45 { exponent += 1 }
      guard exponent < text.count, text[exponent...].allSatisfy(isDigit) else { return nil }
      index = text.count
    }
    guard index == text.count else { return nil }
    if whole.isEmpty { plain.insert(48, at: plain.firstIndex(of: 46) ?? 0) }
    if plain.last == 46 { plain.append(48) }
    let value = Double(String(decoding: plain, as: UTF8.self))
    // Adding 0 makes 0 of -0.
    return value.flatMap { $0.isFinite ? $0 + 0 : nil }
  }

  /// The digits of the whole part, with well-placed marks between groups of three left out.
  private static func groups(
    _ text: UnsafeBufferPointer<UInt8>, from index: inout Int, _ marks: [[UInt8]]
  ) -> [UInt8]? {
    var digits: [UInt8] = []
    var mark: [UInt8]?
    var inGroup = 0
    while index < text.count {
      if isDigit(text[index]) {
        digits.append(text[index])
        inGroup += 1
        index += 1
        continue
      }
      guard let found = marks.first(where: { text[index...].starts(with: $0) }) else { break }
      guard mark == nil ? (1...3).contains(inGroup) && digits[0] != 48 : inGroup == 3,
        mark == nil || mark == found
      else { return nil }
      mark = found
      inGroup = 0
      index += found.count
    }
    return mark != nil && inGroup != 3 ? nil : digits
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

extension NumberText {
  /// Whether a number in scientific notation has fewer digits than its whole part.
  ///
  /// A spreadsheet writes `1.13E+04` for 11,283. Programs write so what has no further digits, where that is
  /// shorter: `1e+05`.
  package static func isShortened(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let mark = text.firstIndex(where: { $0 | 32 == 101 }), let value = value(of: text),
      value < 0x1p63
    else { return false }
    let mantissa = text[..<mark]
    let digitCount = mantissa.count { (48...57).contains($0) }
    let wholeCount = String(Int(abs(value))).count
    let hasFraction = mantissa.contains(46)
    let isOfSpreadsheet = text[mark] == 69 && hasFraction
    return digitCount < min(15, wholeCount) && (text.count >= wholeCount || isOfSpreadsheet)
  }

  /// The shortest decimal text that reads back to the same double: "12", "0.1", "1e-05"; "Inf" and an empty text
  /// for NaN, which files leave empty alike.
  package static func text(of value: Double) -> String {
    var text = ""
    write(value, to: &text)
    return text
  }

  /// Adds ``text(of:)`` to a text.
  package static func write(_ value: Double, to text: inout some TextOutputStream) {
    if value.isNaN { return }
    if value.isInfinite { return text.write(value > 0 ? "Inf" : "-Inf") }
    if value == value.rounded(), abs(value) <= 0x1p53 { return text.write(String(Int(value))) }
    value.write(to: &text)
  }
}

extension NumberText {
  /// A count as people read it: whole, or to one decimal, with a comma between thousands.
  package static func grouped(_ value: Double) -> String {
    guard value.isFinite else { return value > 0 ? "unbounded" : text(of: value) }
    let tenths = (abs(value) * 10).rounded()
    guard tenths < 1e17 else { return String(value) }
    let whole = String(Int(tenths) / 10)
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    let tenth = Int(tenths) % 10
    return (value < 0 && tenths > 0 ? "-" : "") + grouped + (tenth == 0 ? "" : ".\(tenth)")
  }
}
