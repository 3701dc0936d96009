import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An .xlsx workbook, read straight from its file: sheets are streams of records, never held whole.
final class Workbook {
  private let archive: Archive
  private let input: any RecordInput
  private let parts: WorkbookParts
  /// The archive's member of each sheet.
  private let members: [Spelling: String]
  private let formats: CellFormats
  private var strings: SharedStrings?
  /// Merged ranges of the sheets that were asked for them.
  private var merged: [Spelling: [CellRange]] = [:]

  /// The workbook's path, for messages.
  var path: String { input.path }

  /// Opens the workbook that a source turned out to hold.
  ///
  /// - Throws: ``Failure`` (`badData`) where the source is none, or parts of it are missing or broken.
  init(_ source: ByteSource) throws {
    guard let archive = source.workbook else {
      throw Failure(
        .badData, at: Place(file: source.path), "is not a workbook", expected: "an .xlsx file")
    }
    self.archive = archive
    input = source
    parts = try WorkbookParts(archive)
    members = Dictionary(parts.sheets.map { (Spelling($0.sheet.name), $0.part) }) { first, _ in
      first
    }
    formats =
      try parts.styles.map {
        try CellFormats(archive.open($0, limit: WorkbookParts.partLimit))
      } ?? CellFormats()
  }

  /// The sheets with cells, in the order of their tabs.
  var sheets: [SheetName] { parts.sheets.map(\.sheet) }

  /// The records of a sheet from its first row on.
  ///
  /// - Throws: ``Failure`` where the workbook has no such sheet, or its shared texts are broken.
  func records(sheet name: String) throws -> SheetRecords {
    let cells = SheetCells(
      place: place(of: name), strings: try sharedStrings(), formats: formats, epoch: parts.epoch)
    return try SheetRecords(try part(of: name), cells: cells, input: input) {
      try self.mergedRanges(sheet: name)
    }
  }

  /// The ranges of a sheet whose cells are merged, by a reading of their own of the whole sheet, since
  /// sheets name them behind their cells.
  func mergedRanges(sheet name: String) throws -> [CellRange] {
    if let known = merged[name] { return known }
    let collector = MergedRangeCollector()
    if try part(of: name).holds("mergeCell") {
      let markup = try Markup(try part(of: name), handler: collector)
      while try markup.read() {}
    }
    merged[Spelling(name)] = collector.ranges
    return collector.ranges
  }

  /// A sheet, for messages: `file.xlsx[Sheet]`.
  func place(of sheet: String) -> Place { Place(file: "\(path)[\(sheet)]") }

  private func part(of name: String) throws -> ArchiveMember {
    guard let member = members[name] else {
      throw Failure(
        .badData, at: Place(file: path), "no sheet \"\(name)\"",
        expected: "one of " + Failure.examples(sheets.map(\.name), limit: 40))
    }
    return try archive.open(member)
  }

  private func sharedStrings() throws -> SharedStrings {
    if let strings { return strings }
    let read =
      try parts.sharedStrings.map { try SharedStrings(archive.open($0)) }
      ?? SharedStrings()
    strings = read
    return read
  }
}

extension ArchiveMember {
  /// Whether a text of ASCII occurs in the rest of the part, which is read for it.
  fileprivate func holds(_ text: StaticString) throws -> Bool {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var block: [UInt8] = []
    while true {
      // What may be the beginning of the text is looked at again with what follows.
      let kept = min(block.count, wanted.count - 1)
      block.removeFirst(block.count - kept)
      block.append(contentsOf: repeatElement(0, count: 1 << 16))
      let count = try block.withUnsafeMutableBytes { bytes in
        try read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[kept...]))
      }
      guard count > 0 else { return false }
      block.removeLast(block.count - kept - count)
      if block.withUnsafeBytes({ $0.holds(wanted) }) { return true }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether bytes, at least one, occur; their first byte is rare where this is asked.
  fileprivate func holds(_ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    guard var start = baseAddress, let first = wanted.baseAddress else { return false }
    let end = start + count
    while start + wanted.count <= end,
      let found = memchr(start, Int32(first.pointee), end - start - wanted.count + 1)
    {
      if memcmp(found, first, wanted.count) == 0 { return true }
      start = UnsafeRawPointer(found) + 1
    }
    return false
  }
}

/// Gathers a sheet's merged ranges.
private final class MergedRangeCollector: MarkupHandler {
  private static let limit = 1 << 20
  private(set) var ranges: [CellRange] = []

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws {
    guard name == "mergeCell", let range = attributes["ref"].flatMap(CellRange.init) else { return }
    guard ranges.count < MergedRangeCollector.limit else {
      throw Failure(
        .badData, "the sheet has more than \(MergedRangeCollector.limit) merged ranges")
    }
    ranges.append(range)
  }

  func end(_ name: MarkupName) -> MarkupStep { .goOn }
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
