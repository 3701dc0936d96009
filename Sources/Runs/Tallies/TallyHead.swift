import Extracts
import Foundation
import Jobs
import Mismatch

/// What a tally is of, so that only tallies of the same kind are added up.
struct TallyHead: Codable, Equatable {
  /// How many figures a cell may have.
  enum Counts: String, Codable {
    case unique
    case parts
    case records
  }

  let counts: Counts
  let engine: String
  let format: Int
  /// SHA-256 of the job's text that says how the side is read.
  let reading: String
  let side: String
  /// `sql` where a query made it.
  var by: String?

  init(_ job: SideJob, holdsParts: Bool) throws {
    counts = job.countsRecords ? .records : holdsParts ? .parts : .unique
    engine = engineVersion
    format = 1
    let digest = try Digest()
    Array(job.readingText.utf8).withUnsafeBytes { digest.update($0) }
    reading = digest.finish()
    side = job.subject.text
  }

  /// The same of a tally of the other way to make it.
  var withoutMaker: TallyHead {
    var head = self
    head.by = nil
    return head
  }
}

/// What a tally keeps of an input beside its counts.
struct TallyInput: Codable {
  /// A text that a check may have to name.
  struct Noted: Codable {
    let role: String
    let text: String
    let line: Int?
    let column: Int?
    /// Of a text that a filter refuses: the filter's column, and the text that looks the same.
    let filter: String?
    let asked: String?
  }

  struct Named: Codable {
    let role: String
    let code: String
    let name: String
  }

  struct Wording: Codable {
    let headings: [String]
    let choices: [String]
    let titles: [String]
    let notes: [String]
  }

  /// The number of the side's table that it is of; nil for the first.
  var tableNumber: Int?
  var bytes: Int?
  var sha256: String?
  /// The name of a table that a query read, with its version.
  var table: String?
  var limit: Int?
  var notes: [String]?
  var noted: [Noted]?
  var named: [Named]?
  var wording: Wording?
}

extension TallyInput {
  init(_ source: SideInput) {
    let record = source.record
    tableNumber = source.table == 0 ? nil : source.table
    bytes = record.byteCount
    sha256 = record.sha256
    limit = record.limit?.rawValue
    notes = record.notes.isEmpty ? nil : record.notes
    let noted = record.texts.places.map { Noted($0.key, $0.value) }.sorted(by: Noted.precedes)
    self.noted = noted.isEmpty ? nil : noted
    let named = record.texts.names.map { key, name in
      Named(role: key.role.tallyName, code: key.spelling.text, name: name.text)
    }.sorted { ($0.role, Spelling($0.code)) < ($1.role, Spelling($1.code)) }
    self.named = named.isEmpty ? nil : named
    wording = source.wording.map {
      Wording(headings: $0.headings, choices: $0.choices, titles: $0.titles, notes: $0.notes)
    }
  }

  /// The input of this name with so many rows.
  func source(named name: String, role: String, rowCount: Int, trace: RoundingTrace?) -> SideInput {
    var places: [NotedTexts.Key: Place] = [:]
    for noted in noted ?? [] {
      guard let role = TextRole(noted) else { continue }
      places[NotedTexts.Key(role: role, spelling: Spelling(noted.text))] = Place(
        file: name, line: noted.line, column: noted.column)
    }
    var texts = NotedTexts(places: places)
    for named in named ?? [] {
      guard let role = TextRole(tallyName: named.role) else { continue }
      texts.note(name: named.name, of: named.code, as: role)
    }
    return SideInput(
      record: InputRecord(
        name: name, role: role, byteCount: bytes ?? 0, rowCount: rowCount, sha256: sha256 ?? "",
        texts: texts, notes: notes ?? [], limit: limit.flatMap(ExtractLimit.init)),
      table: tableNumber ?? 0, trace: trace,
      wording: wording.map {
        FigureWording(
          headings: $0.headings, choices: $0.choices, titles: $0.titles, notes: $0.notes)
      })
  }
}

extension TallyInput.Noted {
  fileprivate init(_ key: NotedTexts.Key, _ place: Place) {
    role = key.role.tallyName
    text = key.spelling.text
    line = place.line
    column = place.column
    guard case .refused(let column, let asked) = key.role else {
      (filter, self.asked) = (nil, nil)
      return
    }
    (filter, self.asked) = (column.text, asked.text)
  }

  fileprivate static func precedes(_ left: Self, _ right: Self) -> Bool {
    let keys = [left, right].map {
      [$0.role, $0.text, $0.filter ?? "", $0.asked ?? ""].map(Spelling.init)
    }
    return keys[0].lexicographicallyPrecedes(keys[1])
  }
}

extension TextRole {
  private static let tallyNames: [(role: TextRole, name: String)] = [
    (.code(.area), "area"), (.code(.category), "category"), (.name(.area), "area name"),
    (.name(.category), "category name"), (.group, "group"), (.period, "period"),
  ]

  fileprivate var tallyName: String {
    TextRole.tallyNames.first { $0.role == self }?.name ?? "refused"
  }

  fileprivate init?(tallyName: String) {
    guard let known = TextRole.tallyNames.first(where: { $0.name == tallyName }) else { return nil }
    self = known.role
  }

  fileprivate init?(_ noted: TallyInput.Noted) {
    guard noted.role == "refused" else {
      self.init(tallyName: noted.role)
      return
    }
    guard let filter = noted.filter, let asked = noted.asked else { return nil }
    self = .refused(column: Spelling(filter), asked: Spelling(asked))
  }
}
