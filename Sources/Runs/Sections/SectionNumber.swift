import Extracts
import Mismatch

/// Numbers of a section as people read them; what is undefined has a dash.
package enum SectionNumber {
  package static let undefined = "–"

  /// A number with one decimal place.
  package static func fixed(_ value: Double?) -> String {
    guard let value, let tenths = Int(exactly: (abs(value) * 10).rounded()) else {
      return undefined
    }
    let text = "\(grouped(tenths / 10)).\(tenths % 10)"
    return value < 0 && tenths > 0 ? "-" + text : text
  }

  /// The same with its sign.
  package static func signed(_ value: Double?) -> String {
    let text = fixed(value)
    guard let value, value > 0, text != "0.0" else { return text }
    return "+" + text
  }

  /// A share of 1 as a percentage with one decimal place.
  package static func percent(_ share: Double?) -> String { fixed(share.map { 100 * $0 }) }

  /// Two ends of an interval of signed numbers.
  package static func interval(_ lower: Double?, _ upper: Double?) -> String {
    guard let lower, let upper else { return undefined }
    return "\(signed(lower)) to \(signed(upper))"
  }

  /// A count in whole units with its thousands apart.
  package static func count(_ value: Double?) -> String {
    guard let value, let whole = Int(exactly: value.rounded()) else { return undefined }
    return (whole < 0 ? "-" : "") + grouped(Int(whole.magnitude))
  }

  /// A difference of counts in words: "1,204 more", "12 fewer".
  package static func moreOrFewer(_ difference: Double?) -> String {
    guard let difference else { return undefined }
    return count(abs(difference)) + (difference < 0 ? " fewer" : " more")
  }

  /// A number of things with their noun: "1 cell", "1,204 cells".
  package static func counted(_ count: Int, _ noun: String) -> String {
    "\(Self.count(Double(count))) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func grouped(_ whole: Int) -> String { NumberText.grouped(Double(whole)) }
}

extension SectionTables {
  /// The rows of the period that the report shows.
  func rows(of file: String, _ columns: [String]) throws -> [[String]]? {
    try rows(of: file, columns) { $0[0].isSpelt(as: period) }
  }

  /// Those of the area that the report begins with; the columns begin with `period` and `area_code`.
  func rowsOfFocus(of file: String, _ columns: [String]) throws -> [[String]]? {
    try rows(of: file, columns) { $0[0].isSpelt(as: period) && $0[1].isSpelt(as: focusCode) }
  }
}
