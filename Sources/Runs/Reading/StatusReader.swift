import Extracts
import Jobs
import Mismatch

/// Reads what a status column says of the figure beside it, resolving every distinct text once.
///
/// A text is a code of the SDMX list CL_OBS_STATUS (https://sdmx.org/?page_id=3215), as Nomis writes it,
/// or one or more marks of the UK statistical services, bare or each in brackets ("p", "[r][e]").
struct StatusReader {
  /// What a text says.
  private enum Meaning {
    /// The figure is there, and of this status.
    case noted(Status)
    /// The figure is missing.
    case missing(Marker)
  }

  let column: Int
  private let figures: FigureJob
  /// Whether a text that is no code is an error; the columns of Nomis may hold others.
  private let isStrict: Bool
  private var dictionary = ByteDictionary()
  private var meanings: [Meaning] = []

  /// The reader of the job's status column, or of the one that a table of the Nomis API has; nil where
  /// there is none.
  init?(_ name: String?, nomis: NomisColumns?, _ figures: FigureJob, in rows: borrowing RowTable)
    throws
  {
    if let name {
      column = try rows.column(name)
      isStrict = true
    } else if let status = nomis?.status {
      column = status
      isStrict = false
    } else {
      return nil
    }
    self.figures = figures
  }

  /// Codes under which a figure is missing, and the mark that says so.
  private static let missing = ["Q": "c", "L": "x", "O": "x", "M": "z"]

  /// Codes of figures that are there.
  private static let noted: [String: Status] = [
    "A": [], "B": .seriesBreak, "E": .estimated, "F": .forecast, "N": [], "P": .provisional,
    "R": .revised, "U": .unreliable, "W": [], "": [],
  ]

  /// The status of the figure in the current row, or the marker that stands in its place.
  ///
  /// A marker of the job for the code itself, such as `Q: 0..2`, comes before the usual one.
  ///
  /// - Throws: ``Failure`` (`badData`) for a count above 0 whose status says that it is missing, and for
  ///   a text that is no status in a column that the job names.
  @inline(__always)
  mutating func read(_ rows: inout RowTable, value: Int) throws -> (noted: Status, marker: Marker?)
  {
    let bytes = rows.bytes(column)
    if bytes.count == 1, bytes[0] == UInt8(ascii: "A") { return ([], nil) }
    let (number, isNew) = dictionary.number(of: bytes)
    if isNew { meanings.append(try meaning(of: rows.text(column), at: rows.place(column))) }
    switch meanings[number] {
    case .noted(let status): return (status, nil)
    case .missing(let marker):
      let text = try rows.figureText(value)
      guard text.isEmpty || text == "0" || figures.markers[text] != nil else {
        throw Failure(
          .badData, at: rows.place(value),
          "the figure is \"\(text)\", but its status is \(try rows.text(column)), a missing figure",
          expected: "an empty field",
          advice: "Fetch the file again, or ask the source which of the two holds")
      }
      return ([], figures.markers[text] ?? marker)
    }
  }

  /// Whether the status in the current row, which was read before, says nothing of its figure.
  mutating func saysNothing(_ rows: inout RowTable) -> Bool {
    let bytes = rows.bytes(column)
    if bytes.count == 1, bytes[0] == UInt8(ascii: "A") { return true }
    let (number, isNew) = dictionary.number(of: bytes)
    guard !isNew, case .noted(let status) = meanings[number] else { return false }
    return status.isEmpty
  }

  private func meaning(of text: String, at place: Place) throws -> Meaning {
    if let usual = StatusReader.missing[text.uppercased()], text.count == 1,
      text != text.lowercased(),
      let marker = figures.markers[text] ?? figures.markers[usual]
    {
      return .missing(marker)
    }
    if let status = StatusReader.noted[text] { return .noted(status) }
    let marks = text.split { "[] ".contains($0) }.map(String.init)
    var noted: Status = []
    for mark in marks {
      guard let status = Status.marks[mark] else {
        guard isStrict else { return .noted([]) }
        throw Failure(
          .badData, at: place, "the status is \"\(text)\"",
          expected: "A, or another code of SDMX, or symbols such as p and [e]",
          advice: "If the column holds something else, do not use it as `status`")
      }
      if let marker = figures.ownMarkers[mark] ?? figures.markers[mark] { return .missing(marker) }
      noted.formUnion(status)
    }
    return .noted(noted)
  }
}
