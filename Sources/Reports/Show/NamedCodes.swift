import Extracts
import Jobs
import Mismatch

/// Codes with their names, by either of which people ask for one: areas, sectors, or periods with the labels of
/// their sides.
package struct NamedCodes: Sendable {
  /// Such as `area`, the option by which it is asked for.
  package let what: String
  /// In the order in which they were met.
  package private(set) var codes: [String] = []
  private var names: [Spelling: [String]] = [:]

  package init(_ what: String) { self.what = what }

  /// Adds a code with its names, which may be none; one that is there stays as it is.
  package mutating func add(_ code: String, names: [String]) {
    guard self.names[Spelling(code)] == nil else { return }
    codes.append(code)
    self.names[Spelling(code)] = names
  }

  package func contains(_ code: String) -> Bool { names[Spelling(code)] != nil }

  /// The first name of a code; the code itself where it has none.
  package func name(of code: String) -> String { names[Spelling(code)]?.first ?? code }

  /// The code that a text stands for: the code itself, else the one that has this name, else the one whose code
  /// or name differs in case and spaces alone.
  ///
  /// - Throws: ``Failure`` (`usage`) for a text that is none, with those that come near, and for a name of
  ///   several, with their codes.
  package func code(for text: String, in run: String) throws -> String {
    if contains(text) { return text }
    let named = codes.filter { names[Spelling($0)]?.contains { $0.isSpelt(as: text) } == true }
    let wanted = NamedCodes.plain(text)
    let found =
      named.isEmpty
      ? codes.filter { code in texts(of: code).contains { NamedCodes.plain($0) == wanted } } : named
    guard let first = found.first else { throw unknown(text, in: run) }
    guard found.count == 1 else {
      throw Failure(
        .usage, at: Place(file: run), "\"\(text)\" is the name of \(found.count) \(what)s",
        expected: "--\(what) with one of the codes " + Failure.examples(found, limit: 12))
    }
    return first
  }

  private func texts(of code: String) -> [String] { [code] + (names[Spelling(code)] ?? []) }

  /// A text without regard to case and to spaces at its ends or side by side.
  private static func plain(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func unknown(_ text: String, in run: String) -> Failure {
    let offered = near(text).map { code in
      let name = name(of: code)
      return "\"\(code)\"" + (name.isSpelt(as: code) ? "" : " (\(name))")
    }
    let (first, more) = (offered.prefix(5), offered.count - 5)
    let shown = text.count > 100 ? text.prefix(100) + "…" : text
    return Failure(
      .usage, at: Place(file: run), "the run has no \(what) \"\(shown)\"",
      expected: (codes.count > 5 ? "a code such as " : "one of ")
        + Failure.examples(codes, limit: 5) + ", or a name",
      advice: first.isEmpty
        ? nil
        : "Did you mean \(first.joined(separator: " or "))?"
          + (more > 0 ? " There are \(more) more like it" : ""))
  }

  /// The codes that begin so or whose name does; else those that hold the text; else the nearest one.
  private func near(_ text: String) -> [String] {
    let wanted = NamedCodes.plain(text)
    // A text too long to be a slip is compared with nothing, which would take its length times theirs.
    guard !wanted.isEmpty, wanted.utf8.count <= 200 else { return [] }
    for isNear in [{ $0.hasPrefix(wanted) }, { $0.contains(wanted) }] as [(String) -> Bool] {
      let found = codes.filter { texts(of: $0).contains { isNear(NamedCodes.plain($0)) } }
      if !found.isEmpty { return found }
    }
    let all = codes.flatMap { code in texts(of: code).map { (code: code, text: $0) } }
    let nearest = Failure.nearest(to: text, among: all.map(\.text))
    return all.first { $0.text == nearest }.map { [$0.code] } ?? []
  }
}

/// The areas, sectors and periods of a run.
package struct RunCodes: Sendable {
  package fileprivate(set) var areas = NamedCodes("area")
  package fileprivate(set) var sectors = NamedCodes("sector")
  package fileprivate(set) var periods = NamedCodes("period")

  fileprivate mutating func add(period label: String) {
    let sides = label.split(separator: "=").map { String($0).trimmed() as String }
    periods.add(label, names: sides.count == 2 ? sides : [])
  }
}

extension FinishedRun {
  /// The codes that `cells.csv` has, with their names.
  ///
  /// - Throws: ``Failure`` as ``cellsTable()`` does.
  package func codes(workerCount: Int) throws -> RunCodes {
    var codes = RunCodes()
    let keys = ["period", "area_code", "area_name", "sector_code", "sector_name"]
    try cellsTable().eachBlock(keys, workerCount: workerCount) { rows in
      CodesOfBlock(rows)
    } take: { found in
      for period in found.periods { codes.add(period: period) }
      for area in found.areas { codes.areas.add(area.code, names: [area.name]) }
      for sector in found.sectors { codes.sectors.add(sector.code, names: [sector.name]) }
    }
    return codes
  }
}

/// The distinct codes of some rows, in the order in which they are met.
private struct CodesOfBlock: Sendable {
  var periods: [String] = []
  var areas: [(code: String, name: String)] = []
  var sectors: [(code: String, name: String)] = []

  init(_ rows: WrittenBlock) {
    var seen = [ByteDictionary(), ByteDictionary(), ByteDictionary()]
    for row in 0..<rows.rowCount {
      if seen[0].number(of: rows.bytes(row, 0)).isNew { periods.append(rows.text(row, 0)) }
      if seen[1].number(of: rows.bytes(row, 1)).isNew {
        areas.append((rows.text(row, 1), rows.text(row, 2)))
      }
      if seen[2].number(of: rows.bytes(row, 3)).isNew {
        sectors.append((rows.text(row, 3), rows.text(row, 4)))
      }
    }
  }
}
