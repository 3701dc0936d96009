import Extracts
import Mismatch

extension FileSource.Kind {
  /// The keys that the source of this kind has; nil where they are the dimensions of a data set, which only the source
  /// itself knows.
  fileprivate var keys: [String]? {
    switch self {
    case .nomis: nil
    case .ees: ["data-set", "version"]
    case .onsGeography: ["service", "vintage", "boundaries"]
    case .statXplore: ["database", "measures", "dimensions"]
    case .url: ["address", "sha256"]
    }
  }

  /// Those of them that it cannot do without.
  fileprivate var required: [String] {
    switch self {
    case .nomis: ["dataset"]
    case .ees: ["data-set", "version"]
    case .onsGeography: ["service"]
    case .statXplore: ["database", "measures", "dimensions"]
    case .url: ["address"]
    }
  }
}

extension JobNode {
  /// Where a file can be fetched from: one kind of source with its keys, or `url: ADDRESS`.
  package func fileSource() throws -> FileSource {
    let kinds = FileSource.Kind.allCases.map(\.rawValue)
    let keys = try keyed(kinds)
    guard keys.count == 1, let (name, node) = keys.first, let kind = FileSource.Kind(rawValue: name)
    else { throw wrong(expected: "one of: " + kinds.joined(separator: ", ")) }
    if kind == .url, !node.isMapping {
      let address = FileSource.Setting(
        name: "address", texts: [try node.text()], place: node.place)
      return FileSource(kind: kind, settings: [address], place: place)
    }
    let known = try kind.keys ?? node.pairs().map(\.key)
    let values = try node.keyed(known)
    for name in kind.required { _ = try values.required(name, of: node) }
    let settings = try node.pairs().map { name, value in
      FileSource.Setting(
        name: name, texts: try value.someItems().map { try $0.text() }, place: value.place)
    }
    return FileSource(kind: kind, settings: settings, place: place)
  }
}

extension FileSource {
  /// The lines of a job that name a file and this source of it.
  package func lines(file: String) -> [String] {
    let keys = settings.map { setting in
      let items = setting.texts.map(JobText.scalar)
      return "    \(JobText.scalar(setting.name)): "
        + (items.count == 1 ? items[0] : "[\(items.joined(separator: ", "))]")
    }
    return ["file: \(JobText.scalar(file))", "source:", "  \(kind.rawValue):"] + keys
  }
}
