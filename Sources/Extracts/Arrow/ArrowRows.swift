import Mismatch

/// Delimited text that is being made out of values; its bytes stay where they are until more are appended.
struct ArrowRows: ~Copyable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity = 1 << 17

  init() { bytes = .allocate(capacity: capacity) }

  deinit { bytes.deallocate() }

  mutating func removeAll() { count = 0 }

  private mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * (count + more))
    grown.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = grown
    capacity = 2 * (count + more)
  }

  @inline(__always)
  mutating func append(byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  /// Appends bytes as they are.
  @inline(__always)
  mutating func append(_ text: UnsafeRawBufferPointer) {
    reserve(text.count)
    UnsafeMutableRawPointer(bytes + count).copyMemory(
      from: text.baseAddress ?? UnsafeRawPointer(bytes), byteCount: text.count)
    count += text.count
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Appends a text as a field: in quotes where it holds what means something, or begins with a byte order mark.
  mutating func append(field text: UnsafeRawBufferPointer) {
    let needsQuotes = text.contains { $0 <= 44 && ($0 == 44 || $0 == 34 || $0 == 10 || $0 == 13) }
    guard needsQuotes || text.first == 0xef else { return append(text) }
    append(byte: 34)
    for byte in text {
      if byte == 34 { append(byte: 34) }
      append(byte: byte)
    }
    append(byte: 34)
  }

  /// Appends a number with zeros before it up to so many digits.
  mutating func append(_ number: UInt64, digitCount: Int = 1) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var (rest, place) = (number, 20)
      repeat {
        place -= 1
        digits[place] = UInt8(truncatingIfNeeded: rest % 10) + 48
        rest /= 10
      } while rest > 0 || 20 - place < digitCount
      append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(digits)[place...]))
    }
  }

  mutating func append(_ number: Int64) {
    if number < 0 { append(byte: 45) }
    append(number.magnitude)
  }

  /// Appends the shortest text that reads back to the same number; a whole one without a point.
  mutating func append(_ number: Double) {
    if let whole = Int64(exactly: number) { return append(whole) }
    append(
      number.isFinite ? number.description : number.isNaN ? "NaN" : number > 0 ? "Inf" : "-Inf")
  }

  mutating func append(_ number: Float) {
    if let whole = Int64(exactly: number) { return append(whole) }
    number.isFinite ? append(number.description) : append(Double(number))
  }

  /// Appends a number of which the last digits stand behind its point.
  mutating func append(_ number: Int128, scale: Int) {
    if number < 0 { append(byte: 45) }
    let digits = String(number.magnitude)
    guard scale > 0 else { return append(digits) }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    append(String(padded.dropLast(scale)))
    append(byte: 46)
    append(String(padded.suffix(scale)))
  }
}

/// Dates as ISO 8601 has them.
extension ArrowRows {
  /// Appends a date by its days since 1 January 1970.
  mutating func append(days: Int64) {
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let day = shifted - era * 146_097
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let civil = year + era * 400 + (month <= 2 ? 1 : 0)
    if civil < 0 { append(byte: 45) }
    append(civil.magnitude, digitCount: 4)
    append(byte: 45)
    append(month.magnitude, digitCount: 2)
    append(byte: 45)
    append((dayOfYear - (153 * shiftedMonth + 2) / 5 + 1).magnitude, digitCount: 2)
  }

  /// Appends a point of time by its units since 1 January 1970; at midnight the date alone.
  mutating func append(time: Int64, unitsOfSecond: Int64) {
    let unitsOfDay = 86_400 * unitsOfSecond
    let (days, rest) = time.flooredDivision(by: unitsOfDay)
    append(days: days)
    guard rest > 0 else { return }
    let (seconds, fraction) = rest.flooredDivision(by: unitsOfSecond)
    for (mark, part) in [("T", seconds / 3600), (":", seconds / 60 % 60), (":", seconds % 60)] {
      append(mark)
      append(part.magnitude, digitCount: 2)
    }
    guard fraction > 0 else { return }
    append(byte: 46)
    append(fraction.magnitude, digitCount: String(unitsOfSecond).count - 1)
  }
}

extension Int64 {
  /// The quotient towards the lower number, and what is left, which is never below 0.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
