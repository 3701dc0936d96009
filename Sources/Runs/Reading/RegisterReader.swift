import Extracts
import Jobs
import Mismatch

/// A list of codes as it was read.
package struct ReadRegister: Sendable {
  let codes: Codebook
  /// The group of each code, where the job names a column of groups.
  let groups: [Spelling: String]
  let inputs: [InputRecord]
  /// When codes live, where the list says so.
  let lives: [Spelling: Lifetime]
  /// Codes that live at another time than the job's.
  let otherTimes: [Spelling: Lifetime]
  /// Names of codes that the list has under several, each with its time.
  let renamed: [Spelling: [String]]
  /// Names of all codes of the list, of whatever time; none where it has no names.
  let names: [Spelling: String]
}

extension Register {
  /// Reads the list of codes; nil where the job names no list.
  ///
  /// - Throws: ``Failure`` for a code that is duplicated at the job's time, and for a list without rows.
  package func read(role: String, dimension: Dimension, onRead: @escaping @Sendable (Int) -> Void)
    throws
    -> ReadRegister?
  {
    guard let table, let code else { return nil }
    var entries = RegisterEntries(tellsTimes: life != nil)
    var inputs: [InputRecord] = []
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var codeReader = try KeyReader(code, in: rows, as: .code(dimension))
      var nameReader: KeyReader?
      if let name { nameReader = try KeyReader(name, in: rows, as: .name(dimension)) }
      var groupReader: KeyReader?
      if let group { groupReader = try KeyReader(group, in: rows, as: .group) }
      let lifeReader = try LifeReader(life, in: rows)
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else {
          if life != nil {
            entries.note(
              try codeReader.code(&rows, isTaken: false), try lifeReader.life(&rows))
          }
          continue
        }
        let (life, isWanted) = try lifeReader.read(&rows)
        let entry = RegisterEntry(
          code: try codeReader.code(&rows, isTaken: isWanted),
          name: try nameReader?.code(&rows), group: try groupReader?.code(&rows, isTaken: false),
          place: rows.place())
        try entries.add(entry, life, isWanted: isWanted)
      }
      inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    guard !entries.wanted.isEmpty else {
      throw Failure(
        .badData, at: Place(file: table.files.first?.path ?? role), "no code of the list is left",
        advice: "Look at its `where`" + (life?.asOf == nil ? "" : " and `as-of`"))
    }
    return entries.register(inputs: inputs)
  }
}

/// One row of a register.
private struct RegisterEntry {
  let code: String
  /// Nil where the job names no column of names.
  let name: String?
  let group: String?
  let place: Place

  /// In what an earlier row of the same code differs: `name as "A" and as "B"`; nil where it repeats this one.
  func difference(from earlier: RegisterEntry) -> String? {
    for (what, before, now) in [("name", earlier.name, name), ("group", earlier.group, group)] {
      guard let before, let now, !before.isSpelt(as: now) else { continue }
      return "\(what), as \"\(before)\" and as \"\(now)\""
    }
    return nil
  }
}

/// The rows of a register as they come.
private struct RegisterEntries {
  let tellsTimes: Bool
  private(set) var wanted: [Spelling: RegisterEntry] = [:]
  private var all: [Spelling: [(name: String, life: Lifetime)]] = [:]
  private var lives: [Spelling: Lifetime] = [:]

  init(tellsTimes: Bool) { self.tellsTimes = tellsTimes }

  /// Notes when a code lives, also from a row that the job does not want.
  mutating func note(_ code: String, _ life: Lifetime) {
    guard tellsTimes else { return }
    lives[Spelling(code)] = lives[code]?.union(life) ?? life
  }

  /// Takes up a row; one that repeats another, as in a lookup of many to one, is the same entry.
  ///
  /// - Throws: ``Failure`` (`badData`) for a wanted code that has another name or another group.
  mutating func add(_ entry: RegisterEntry, _ life: Lifetime, isWanted: Bool) throws {
    let code = Spelling(entry.code)
    all[code, default: []].append((entry.name ?? entry.code, life))
    note(entry.code, life)
    guard isWanted else { return }
    guard let first = wanted[code] else {
      wanted[code] = entry
      return
    }
    guard let difference = entry.difference(from: first) else { return }
    throw Failure(
      .badData, at: entry.place,
      "the code \"\(code)\" has a second \(difference), first at \(first.place)",
      expected: "one per code",
      advice: "If it was renamed, state the date: `as-of: 2025-01-01`, with the columns "
        + "`introduced` and `terminated`; or keep one of them with `where`")
  }

  func register(inputs: [InputRecord]) -> ReadRegister {
    let renamed = all.filter { Set($0.value.map { Spelling($0.name) }).count > 1 }.mapValues {
      entries in
      entries.map { "\"\($0.name)\" \($0.life.text)" }
    }
    let names = all.compactMapValues { $0.map(\.name).min(by: Codebook.precedes) }
    return ReadRegister(
      codes: Codebook(wanted.values.map { ($0.code, $0.name ?? $0.code) }),
      groups: wanted.compactMapValues(\.group), inputs: inputs, lives: lives,
      otherTimes: lives.filter { all[$0.key] != nil && wanted[$0.key] == nil }, renamed: renamed,
      names: names.filter { !$0.key.text.isSpelt(as: $0.value) })
  }
}
