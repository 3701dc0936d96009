import Extracts
import Jobs
import Mismatch

/// Reads one key of each row and gives its code a number, resolving every distinct text once.
///
/// What is no code, such as an empty field, is refused in the rows that are taken up, and only there.
struct KeyReader {
  /// Where the key stands; no column where it is the same for every row.
  let columns: [Int]
  private let match: TextPattern?
  private var dictionary = ByteDictionary()
  /// The texts of several columns, one behind the other.
  private var joined: [UInt8] = []
  /// What each distinct text was resolved to, by its number.
  private var resolved: [Int] = []
  private var areCodes: [Bool] = []
  private let constant: String
  /// What its codes are, where a check may have to name them.
  private let role: TextRole?
  /// Where the names of its codes stand.
  private var nameColumn: Int?

  /// A reader of the key's column in this file.
  init(_ key: KeyJob, in table: borrowing RowTable, as role: TextRole? = nil) throws {
    self.role = role
    switch key {
    case .column(let name, let match):
      columns = [try table.column(name)]
      self.match = match
      constant = ""
      if case .code = role { nameColumn = table.column(ofNamesBeside: name) }
    case .columns(let names):
      var columns: [Int] = []
      for name in names { columns.append(try table.column(name)) }
      self.columns = columns
      match = nil
      constant = ""
    case .constant(let code):
      columns = []
      match = nil
      constant = code
    }
  }

  /// The number of the row's code, as `resolve` gives it.
  ///
  /// - Parameter isTaken: whether the row is taken up; one that filters leave out may have any text.
  /// - Throws: ``Failure`` (`badData`) for what is no code in a row that is taken up.
  @inline(__always)
  mutating func read(
    _ table: inout RowTable, isTaken: Bool = true, _ resolve: (String) throws -> Int
  ) throws -> Int {
    guard let column = columns.first else {
      if resolved.isEmpty { resolved.append(try resolve(constant)) }
      return resolved[0]
    }
    let (number, isNew) =
      columns.count == 1 ? dictionary.number(of: table.bytes(column)) : numberOfJoined(&table)
    if isNew {
      let code = try foundCode(&table)
      areCodes.append(try refusal(of: code, &table, column) == nil)
      resolved.append(try resolve(code))
    }
    if isTaken, !areCodes[number] || table.formatOtherwise(column) != nil {
      try verify(foundCode(&table), &table, column)
    }
    return resolved[number]
  }

  private mutating func numberOfJoined(_ table: inout RowTable) -> (number: Int, isNew: Bool) {
    joined.removeAll(keepingCapacity: true)
    for column in columns {
      joined.append(contentsOf: table.bytes(column))
      joined.append(0)
    }
    return joined.withUnsafeBufferPointer { dictionary.number(of: $0) }
  }

  /// Whether the row's text, which was read before, is a code.
  mutating func holdsCode(_ table: inout RowTable) -> Bool {
    guard let column = columns.first else { return true }
    let (number, isNew) =
      columns.count == 1 ? dictionary.number(of: table.bytes(column)) : numberOfJoined(&table)
    return !isNew && areCodes[number]
  }

  /// The row's code.
  ///
  /// Throws as ``read(_:isTaken:_:)`` does.
  mutating func code(_ table: inout RowTable, isTaken: Bool = true) throws -> String {
    guard let column = columns.first else { return constant }
    let code = try foundCode(&table)
    if isTaken { try verify(code, &table, column) }
    return code
  }

  /// The part of a label that is the code; the whole label where it does not match, so that it is
  /// listed as unmapped under its own name.
  private func foundCode(_ table: inout RowTable) throws -> String {
    var label = try table.text(columns[0])
    for column in columns.dropFirst() { label += try " " + table.text(column) }
    let code = try match?.code(in: label) ?? label
    guard let role else { return code }
    table.note(code, as: role)
    if let nameColumn { table.note(name: try table.text(nameColumn), of: code, as: role) }
    return code
  }

  private func verify(_ code: String, _ table: inout RowTable, _ column: Int) throws {
    guard let refusal = try refusal(of: code, &table, column) else { return }
    throw try refusal.failure(&table)
  }

  /// Why a text is no code; nil where it is one, and for names, which may be anything.
  private func refusal(
    of code: String, _ table: inout RowTable, _ column: Int
  ) throws -> KeyRefusal? {
    guard role?.isKey ?? true else { return nil }
    return try KeyRefusal(of: code, column: column, role: role, in: &table)
  }
}
