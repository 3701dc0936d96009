/// What the codes of a column say of their levels: which of them hold others that stand beside them.
///
/// Codes alone make some of it certain (areas, names of classifications, labels of totals); for the rest, sums
/// have to agree.
package struct CodeHierarchy: Sendable {
  /// How sure it is that a code holds another.
  package enum Ground: Int, Sendable, Comparable {
    /// One begins as the other, which codes of any kind may do.
    case beginning
    /// The same, in a column whose codes have points or leading zeros as classifications do.
    case form
    /// Its name stands for a whole of such things, which counts beyond it would contradict.
    case name
    /// A table of codes says so.
    case table

    package static func < (left: Ground, right: Ground) -> Bool { left.rawValue < right.rawValue }
  }

  /// A code with those of the next lower level that are parts of it: of several grounds, those of the surest.
  package struct Whole: Sendable, Equatable {
    /// Places in the list of codes.
    package let code: Int
    package let parts: [Int]
    package let ground: Ground
    /// What codes of its level are called, such as `regions` or `categories of 2 digits`.
    package let level: String
    package let partLevel: String
  }

  /// Those that hold others, in the order of the codes.
  package let wholes: [Whole]

  private struct Node {
    var key: String
    var level: String
    /// Keys of what holds it, the nearest first, with how sure that is.
    var containers: [(key: String, ground: Ground)]
  }

  /// The hierarchy of a column.
  ///
  /// - Parameter names: the name of each code; the code itself where it has none.
  package init(_ dimension: Dimension, codes: [String], names: [String]) {
    let column = Column(dimension, codes)
    var nodes = zip(codes, names).map { column.node(code: $0, name: $1) }
    var places: [String: [Int]] = [:]
    for (place, node) in nodes.enumerated() { places[node.key, default: []].append(place) }
    for place in nodes.indices {
      let key = nodes[place].key
      nodes[place].containers.removeAll { places[$0.key] == nil || $0.key == key }
    }
    var parts: [Int: [(part: Int, ground: Ground)]] = [:]
    for (place, node) in nodes.enumerated() {
      for container in node.containers {
        let isNearest = !node.containers.contains { nearer in
          places[nearer.key].map { nodes[$0[0]].containers.contains { $0.key == container.key } }
            == true
        }
        guard isNearest else { continue }
        for whole in places[container.key] ?? [] {
          parts[whole, default: []].append((place, container.ground))
        }
      }
    }
    wholes = parts.keys.sorted().map { whole in
      let ground = (parts[whole] ?? []).map(\.ground).max() ?? .beginning
      let held = (parts[whole] ?? []).filter { $0.ground == ground }
      let levels = Set(held.map { nodes[$0.part].level })
      return Whole(
        code: whole, parts: held.map(\.part), ground: ground,
        level: nodes[whole].level,
        partLevel: levels.count == 1 ? levels.first ?? "" : column.things)
    }
  }

  /// What all codes of a column together say of each.
  private struct Column {
    let dimension: Dimension
    /// `areas` or `categories`.
    let things: String
    private let hasPoints: Bool
    private let hasSections: Bool
    private let ground: Ground

    init(_ dimension: Dimension, _ codes: [String]) {
      self.dimension = dimension
      things = dimension == .area ? "areas" : "categories"
      let read = dimension == .area ? [] : codes.compactMap { CategoryCode($0) }
      hasSections = read.contains { $0.form == .section }
      hasPoints = read.contains { $0.form == .pointed }
      ground = hasPoints || read.contains { $0.text.first == "0" } ? .form : .beginning
    }

    func node(code: String, name: String) -> Node {
      if TotalName.isTotal(code) || TotalName.isTotal(name) {
        return Node(key: "total", level: "totals", containers: [])
      }
      var node = area(code, name) ?? subject(code, name) ?? category(code) ?? text(code)
      node.containers.append(("total", .name))
      return node
    }

    private func area(_ code: String, _ name: String) -> Node? {
      let named = dimension == .area ? AreaCode(named: code) ?? AreaCode(named: name) : nil
      if let area = AreaCode(code) ?? named, let level = area.level {
        return Node(
          key: area.text, level: level.rawValue, containers: area.containers.map { ($0, .table) })
      }
      guard dimension == .area else { return nil }
      if let rank = AreaRank(code: code, name: name) {
        return Node(
          key: "text " + code, level: rank.level.rawValue,
          containers: ["E92000001", "K04000001", "K03000001", "K02000001"].map { ($0, .table) })
      }
      // A place of another name lies in the country that stands beside it, if that holds as much.
      var node = text(code)
      node.containers += ["E92000001", "K04000001", "K03000001", "K02000001"].map {
        ($0, .name)
      }
      return node
    }

    private func subject(_ code: String, _ name: String) -> Node? {
      guard let number = SubjectAreas.number(named: code) ?? SubjectAreas.number(named: name) else {
        return nil
      }
      let key = "subject \(number.tier1)"
      guard let part = number.tier2 else {
        return Node(key: key, level: "subject areas of tier 1", containers: [])
      }
      return Node(
        key: "\(key).\(part)", level: "subject areas of tier 2", containers: [(key, .name)])
    }

    private func category(_ code: String) -> Node? {
      guard let code = CategoryCode(code) else { return nil }
      switch code.form {
      case .section:
        return Node(
          key: "section \(code.text)",
          level: code.text.count == 1 ? "sections" : "groups of sections",
          containers: Classification.groups(ofSections: code.text).map {
            ("section " + $0, .beginning)
          })
      case .hyphenated:
        return prefixed(
          code.text, by: "-", from: 2, level: "categories of \(code.text.count) digits", .form)
      case .plain, .pointed:
        let isPadded = hasPoints && code.leadingCount == 1
        let digits = (isPadded ? "0" : "") + code.text
        let count = code.text.count - code.leadingCount
        let level =
          !hasPoints
          ? "categories of \(digits.count) digit\(digits.count == 1 ? "" : "s")"
          : count == 0
            ? "categories without a point"
            : "categories with \(count) digit\(count == 1 ? "" : "s") after the point"
        var node = prefixed(digits, by: "", from: hasPoints ? 2 : 1, level: level, ground)
        if hasSections, let division = Int(digits.prefix(2)), digits.count > 1,
          let section = Classification.section(ofDivision: division)
        {
          let sections = [String(section)] + Classification.groups(ofSections: String(section))
          node.containers += sections.map { ("section " + $0, .beginning) }
        }
        return node
      }
    }

    /// A code of letters and digits, which may begin as others do.
    private func text(_ code: String) -> Node {
      guard (2...10).contains(code.utf8.count), code.allSatisfy({ $0.isLetter || $0.isNumber })
      else { return Node(key: "text " + code, level: things, containers: []) }
      return prefixed(
        code, by: "text ", from: 1, level: "\(things) of \(code.count) characters", .beginning)
    }

    private func prefixed(
      _ code: String, by kind: String, from least: Int, level: String, _ ground: Ground
    ) -> Node {
      let shorter = (least..<max(least, code.count)).reversed().map {
        (kind + code.prefix($0), ground)
      }
      return Node(key: kind + code, level: level, containers: shorter)
    }
  }
}
