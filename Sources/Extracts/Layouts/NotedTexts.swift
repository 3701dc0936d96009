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

/// Texts of an input that a check may have to name, with the places where they were first met.
///
/// Only those with letters beyond ASCII, those that begin as formulas do, and labels of periods that are none, so
/// that few are kept.
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

  package init(places: [Key: Place] = [:]) {
    self.places = places
  }

  /// Whether a check may have to name a text.
  static func mayBeNamed(_ text: String, as role: TextRole) -> Bool {
    text.utf8.first.map(FormulaText.beginnings.contains) == true || !text.isASCII
      || role == .period && Period(text) == nil
  }

  /// Notes a text, unless it was met before.
  mutating func note(_ text: String, as role: TextRole, at place: Place) {
    let key = Key(role: role, spelling: Spelling(text))
    if places[key] == nil { places[key] = place }
  }

  /// Adds those of an input that was read later.
  package mutating func add(_ later: NotedTexts) {
    places.merge(later.places) { first, _ in first }
  }
}
