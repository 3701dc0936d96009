import Extracts
import Mismatch
import Yams

/// A part of a job as its files state it, with the place where it stands.
///
/// Scalars are text: `01` stays "01".
struct JobTree: Sendable {
  enum Content: Sendable {
    case text(String)
    /// `~`, `null` or nothing at all: a text as any other, but where it removes a key of a base.
    case null(String)
    case list([JobTree])
    case keys([Entry])
  }

  /// A key with its value.
  struct Entry: Sendable {
    let name: String
    /// Of the key itself.
    let place: Place
    var value: JobTree
  }

  var content: Content
  var place: Place

  init(_ content: Content, at place: Place) { (self.content, self.place) = (content, place) }

  /// What the parser found in a file; aliases are what they stand for.
  init(_ node: Node, file: String) {
    place = Place(file: file, node.mark)
    switch node {
    case .scalar(let scalar):
      let isNull =
        scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      content = isNull ? .null(scalar.string) : .text(scalar.string)
    case .sequence(let items): content = .list(items.map { JobTree($0, file: file) })
    case .mapping(let pairs):
      content = .keys(
        pairs.map { key, value in
          Entry(
            name: key.scalar?.string ?? "", place: Place(file: file, key.mark),
            value: JobTree(value, file: file))
        })
    case .alias: content = .null("")
    }
  }

  /// The text of a scalar; nil for anything else.
  var text: String? {
    switch content {
    case .text(let text), .null(let text): text
    case .list, .keys: nil
    }
  }

  var isNull: Bool { if case .null = content { true } else { false } }

  /// The keys of a mapping, in their order; nil for anything else.
  var entries: [Entry]? { if case .keys(let entries) = content { entries } else { nil } }

  /// The value of a key; setting nil takes the key away, and a new one is put last.
  subscript(name: String) -> JobTree? {
    get { entries?.first { $0.name == name }?.value }
    set {
      guard var entries else { return }
      let index = entries.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?):
        entries.append(Entry(name: name, place: value.place, value: value))
      case (nil, nil): break
      }
      content = .keys(entries)
    }
  }

  /// The same with another text in the place of each.
  func mapTexts(_ change: (String, Place) throws -> String) rethrows -> JobTree {
    switch content {
    case .null: self
    case .text(let text): JobTree(.text(try change(text, place)), at: place)
    case .list(let items): JobTree(.list(try items.map { try $0.mapTexts(change) }), at: place)
    case .keys(let entries):
      JobTree(
        .keys(
          try entries.map {
            Entry(name: $0.name, place: $0.place, value: try $0.value.mapTexts(change))
          }), at: place)
    }
  }
}

extension Place {
  fileprivate init(file: String, _ mark: Mark?) {
    self.init(file: file, line: mark?.line, column: mark?.column)
  }
}
