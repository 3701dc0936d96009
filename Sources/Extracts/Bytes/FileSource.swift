import Mismatch

/// Where a file can be fetched from, as a job says it; a run never looks there.
///
/// A class, so that the many copies of a table's job carry one word of it.
package final class FileSource: Sendable {
  /// The services that files are fetched from.
  package enum Kind: String, CaseIterable, Sendable {
    case nomis
    case ees
    case onsGeography = "ons-geography"
    case statXplore = "stat-xplore"
    case url
  }

  /// A key of the source with its texts.
  package struct Setting: Sendable, Equatable {
    package let name: String
    package let texts: [String]
    package let place: Place

    package init(name: String, texts: [String], place: Place) {
      (self.name, self.texts, self.place) = (name, texts, place)
    }
  }

  package let kind: Kind
  package let settings: [Setting]
  package let place: Place

  package init(kind: Kind, settings: [Setting], place: Place) {
    (self.kind, self.settings, self.place) = (kind, settings, place)
  }

  /// Whether both name the same thing, wherever they stand.
  package func asksTheSame(as other: FileSource) -> Bool {
    kind == other.kind && settings.map(\.name) == other.settings.map(\.name)
      && settings.map(\.texts) == other.settings.map(\.texts)
  }

  package subscript(name: String) -> Setting? { settings.first { $0.name == name } }
}
