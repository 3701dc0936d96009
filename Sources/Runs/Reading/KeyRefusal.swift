import Extracts
import Jobs
import Mismatch

/// Why the text of a key in the current row is no code.
struct KeyRefusal {
  private enum Reason {
    case empty
    case spreadsheetError
    /// The row repeats the headings.
    case heading
    /// A number that its sheet shows otherwise.
    case format(String)
  }

  private let reason: Reason
  private let code: String
  private let column: Int
  private let role: TextRole?

  /// Nil where the text may be a code.
  init?(of code: String, column: Int, role: TextRole?, in table: inout RowTable) throws {
    if code.trimmed().isEmpty {
      reason = .empty
    } else if let format = table.formatOtherwise(column) {
      reason = .format(format)
    } else if KeyText.isSpreadsheetError(code) {
      reason = .spreadsheetError
    } else if try table.repeatsHeader(from: column) {
      reason = .heading
    } else {
      return nil
    }
    self.code = code
    self.column = column
    self.role = role
  }

  /// Makes sure that what a heading gives may be a code.
  ///
  /// - Throws: ``Failure`` (`badData`) for an empty heading and for an error of a spreadsheet.
  static func verify(heading code: String, at place: Place) throws {
    let isUnheaded = place.column.map { code == RowTable.nameOfUnheaded($0) } ?? false
    guard code.trimmed().isEmpty || isUnheaded || KeyText.isSpreadsheetError(code) else { return }
    throw Failure(
      .badData, at: place,
      "the heading gives \(isUnheaded ? "no code" : "the code \"\(code)\"")",
      expected: "a code above every column of counts",
      advice: "Name its code in the file, or leave the column out of `columns`")
  }

  /// What a run says of it.
  func failure(_ table: inout RowTable) throws -> Failure {
    let (place, name) = (table.place(column), table.header[column])
    let what = role?.words ?? "code"
    switch reason {
    case .empty:
      return Failure(
        .badData, at: place, "the \(what) in `\(name)` is \(try emptiness(&table))",
        expected: "a code in every row that is read", advice: try adviceOnEmpty(&table))
    case .spreadsheetError:
      return Failure(
        .badData, at: place,
        "the \(what) in `\(name)` is \"\(code)\", an error of a spreadsheet",
        expected: "a code",
        advice: "Mend the formula and save the file again, or leave such rows out: "
          + (try exclusion(&table)))
    case .format(let format):
      return Failure(
        .badData, at: place,
        "the \(what) in `\(name)` is the number \(code), which the sheet shows in the format "
          + "\"\(format)\"",
        expected: "text, or a number that is shown by its digits alone",
        advice:
          "Give the column the format General if its numbers are the codes; otherwise enter the codes "
          + "as text")
    case .heading:
      return Failure(
        .badData, at: place, "the headings are repeated: files were joined here",
        expected: "a row",
        advice: "Remove the line, or name the files themselves: `file: [ first.csv, second.csv ]`")
    }
  }

  /// `empty`, or what stands there without being seen.
  private func emptiness(_ table: inout RowTable) throws -> String {
    let label = try table.text(column)
    if label.isEmpty { return "empty" }
    return label.trimmed().isEmpty
      ? "empty but for spaces" : "empty: `match` takes nothing out of \"\(label)\""
  }

  private func adviceOnEmpty(_ table: inout RowTable) throws -> String {
    let label = try table.text(column)
    guard label.trimmed().isEmpty else {
      return "Change the `match`, or leave such rows out: \(try exclusion(&table))"
    }
    if let levels = RowLevels(besides: column, of: table) {
      return "Rows without it have `\(levels.column)` \(Failure.examples(levels.unwanted)): keep "
        + "one level, \(levels.wanted.count == 1 ? "" : "such as ")`where: { "
        + "\(ScalarText.quoted(levels.column)): \(ScalarText.quoted(levels.wanted[0])) }`"
    }
    return
      "If such rows are totals or notes, leave them out: \(try exclusion(&table)); if the code "
      + "stands in the first row of a group only, fill it down in the file"
  }

  /// A filter that leaves out rows with the same text.
  private func exclusion(_ table: inout RowTable) throws -> String {
    let (name, text) = (table.header[column], try table.text(column))
    return "`where: { \(ScalarText.quoted(name)): { not: \(ScalarText.quoted(text)) } }`"
  }
}

extension RowTable {
  /// Whether the current row has all headings as its fields, of which one is compared first.
  fileprivate mutating func repeatsHeader(from column: Int) throws -> Bool {
    guard try text(column).isSpelt(as: header[column]) else { return false }
    for other in header.indices {
      let text = try text(other)
      guard text.isSpelt(as: header[other]) || text.isEmpty && header[other].hasPrefix("[column ")
      else { return false }
    }
    return true
  }
}

/// A column that tells rows with an empty key from others, such as `geographic_level`.
struct RowLevels {
  let column: String
  /// Its texts in rows without the key, in order.
  let unwanted: [String]
  /// Its texts in the other rows, those of most rows first.
  let wanted: [String]

  /// Rows that are looked at.
  private static let rowLimit = 200_000
  /// Texts that a column of levels has at most.
  private static let textLimit = 20

  /// The texts of one column, by whether their rows have the key.
  fileprivate struct Texts {
    var without: [Spelling: Int] = [:]
    var with: [Spelling: Int] = [:]

    /// Whether the column tells one kind of row from the other.
    var tellsApart: Bool {
      !without.isEmpty && !with.isEmpty && without[""] == nil && with[""] == nil
        && without.keys.allSatisfy { with[$0] == nil } && with.count <= RowLevels.textLimit
        && without.count <= RowLevels.textLimit
        && (with.count == 1 || with.values.reduce(0, +) >= 2 * with.count)
        && [without, with].allSatisfy { $0.keys.allSatisfy { $0.text.first?.isLetter == true } }
    }
  }

  /// Nil where no column does, and for an input that cannot be read again.
  init?(besides key: Int, of table: borrowing RowTable) {
    guard table.file.isLasting,
      let texts = try? RowLevels.texts(besides: key, of: table)
    else { return nil }
    let header = table.header
    let found = header.indices.filter { $0 != key && texts[$0].tellsApart }
    // A column that is called so, or else the one of the fewest texts.
    guard
      let place = found.first(where: { header[$0].lowercased().contains("level") })
        ?? found.min(by: { texts[$0].count < texts[$1].count })
    else { return nil }
    column = header[place]
    unwanted = Codebook.sorted(texts[place].without.keys)
    wanted = texts[place].with.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key.text)
  }

  private static func texts(besides key: Int, of table: borrowing RowTable) throws -> [Texts] {
    var rows = try table.job.open(table.file)
    var filter = try RowFilter(table.job.filters, in: rows)
    var texts = rows.header.map { _ in Texts() }
    var rowCount = 0
    while rowCount < rowLimit, try rows.next() {
      rowCount += 1
      guard try filter.keeps(&rows) else { continue }
      let isWithout = rows.bytes(key).trimmed().isEmpty
      for column in texts.indices where texts[column].count <= 2 * textLimit {
        let text = Spelling(try rows.text(column))
        if isWithout {
          texts[column].without[text, default: 0] += 1
        } else {
          texts[column].with[text, default: 0] += 1
        }
      }
    }
    return texts
  }
}

extension RowLevels.Texts {
  fileprivate var count: Int { without.count + with.count }
}
