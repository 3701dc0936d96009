import Mismatch

/// How a workbook's numbers become texts.
enum CellText {
  /// The shortest text that reads back to the same number, whole numbers without a point.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e16 { return String(Int(value)) }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number's text to 15 digits, as programs show it, where it has more: 4.1 for 4.1000000000000005.
  static func withoutNoise(_ text: String) -> String {
    guard text.utf8.count > 16, let value = Double(text), abs(value) < 1e10 else { return text }
    for scale in [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6] {
      let near = (value * scale).rounded() / scale
      if abs(near - value) <= abs(value) * 5e-15 { return number(near) }
    }
    return text
  }

  /// Whether the bytes are a number as ``number(_:)`` would write it: up to 15 digits, no more.
  static func isShortest(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count <= 15, first != 48 || bytes.count == 1 else {
      return false
    }
    return bytes.allSatisfy { (48...57).contains($0) }
  }

  /// The whole number of up to 18 digits that the bytes are; nil for all else.
  static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
    var number = 0
    for byte in bytes {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }

  /// A count of days since the workbook's first day as ISO text: `2022-06-30`, with a time of day where
  /// it has one, `14:30:00` alone within day 0.
  ///
  /// Rounded to milliseconds, since days are binary fractions. Nil outside the years 1900 to 9999.
  static func date(_ serial: Double, from epoch: DateEpoch) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial)
    var milliseconds = Int(((serial - Double(day)) * 86_400_000).rounded())
    if milliseconds == 86_400_000 {
      day += 1
      milliseconds = 0
    }
    let time = timeText(milliseconds)
    if day == 0, epoch == .year1900 || milliseconds > 0 { return time }
    let date = dateText(day, from: epoch)
    return milliseconds == 0 ? date : "\(date)T\(time)"
  }

  private static func timeText(_ milliseconds: Int) -> String {
    let seconds = milliseconds / 1000
    let text = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
      .joined(separator: ":")
    return milliseconds % 1000 == 0 ? text : text + "." + padded(milliseconds % 1000, 3)
  }

  private static func dateText(_ day: Int, from epoch: DateEpoch) -> String {
    // Workbooks of 1900 count a 29 February 1900 that never was, as day 60.
    if epoch == .year1900, day == 60 { return "1900-02-29" }
    // Days from the two first days to 1970-01-01.
    switch epoch {
    case .year1900: return civil((day > 60 ? day : day + 1) - 25_569)
    case .year1904: return civil(day - 24_107)
    }
  }

  /// The date of a count of days since 1970-01-01 (Howard Hinnant's `civil_from_days`).
  private static func civil(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return [padded(year, 4), padded(month, 2), padded(day, 2)].joined(separator: "-")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// The day from which a workbook counts its dates.
enum DateEpoch: Sendable { case year1900, year1904 }
