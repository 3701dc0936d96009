import Mismatch

/// What a text of an input stands for.
package enum TextRole: Hashable, Sendable {
  case code(Dimension)
  case name(Dimension)
  case group
  case period
  /// A text that a filter on this column refuses though it looks the same as one that the job names.
  case refused(column: Spelling, asked: Spelling)

  package init(_ key: KeyRole) {
    switch key {
    case .area: self = .code(.area)
    case .category: self = .code(.category)
    case .period: self = .period
    }
  }

  /// Whether texts of the role are compared with those of other inputs.
  package var isKey: Bool {
    switch self {
    case .code, .group, .period: true
    case .name, .refused: false
    }
  }

  /// "area code", "sector name".
  package var words: String {
    switch self {
    case .code(.area): "area code"
    case .code(.category): "category or sector code"
    case .name(.area): "area name"
    case .name(.category): "sector name"
    case .group: "group"
    case .period: "period"
    case .refused: "text"
    }
  }
}

/// Texts of an input that a check may have to name, with the places where they were first met: only those
/// with letters beyond ASCII, those that begin as formulas do, keys with spaces or in the form of a date or of a
/// missing value, and labels of periods that are none, so that few are kept.
package struct NotedTexts: Sendable, Equatable {
  package struct Key: Hashable, Sendable {
    package let role: TextRole
    package let spelling: Spelling

    package init(role: TextRole, spelling: Spelling) {
      self.role = role
      self.spelling = spelling
    }
  }

  package private(set) var places: [Key: Place] = [:]
  /// Names of codes, where the input has a column of them beside that of the codes.
  package private(set) var names: [Key: Spelling] = [:]

  package init() {}

  /// Whether a check may have to name a text.
  static func mayBeNamed(_ text: String, as role: TextRole) -> Bool {
    if text.utf8.first.map(FormulaText.beginnings.contains) == true || !text.isASCII { return true }
    if role == .period, Period(text) == nil { return true }
    return role.isKey && (text.mayHoldBlanks || KeyText.isDoubtful(text))
  }

  /// Notes a text, unless it was met before.
  mutating func note(_ text: String, as role: TextRole, at place: Place) {
    let key = Key(role: role, spelling: Spelling(text))
    if places[key] == nil { places[key] = place }
  }

  /// Notes a code's name; of several, the first in their order.
  package mutating func note(name: String, of code: String, as role: TextRole) {
    let (key, name) = (Key(role: role, spelling: Spelling(code)), Spelling(name))
    names[key] = min(names[key] ?? name, name)
  }

  /// Adds those of an input that was read later.
  package mutating func add(_ later: NotedTexts) {
    places.merge(later.places) { first, _ in first }
    names.merge(later.names) { min($0, $1) }
  }
}
