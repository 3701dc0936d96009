import Mismatch

/// The kind of a file, detected from its first bytes and never from its name.
enum FileKind: String, Sendable, CaseIterable {
  case text
  case gzip
  /// Arrow's IPC format, as a stream or a file.
  case arrow = "Arrow"
  /// A zip archive; a workbook (.xlsx) is one too.
  case zip
  /// Excel's format before 2007 (.xls), or a workbook under a password: both are OLE files.
  case oldWorkbook
  /// Several R objects under their names (.RData).
  case rData
  /// One R object (.rds).
  case rObject
  case parquet
  case bzip2
  case xz
  case zstandard = "zstd"
  case sevenZip
  case pdf

  /// How many first bytes are enough.
  static let headLength = 64

  /// The kind of a file that begins with these bytes; text where they are no other's.
  init(first bytes: some Sequence<UInt8>) {
    let head = Array(bytes.prefix(FileKind.headLength))
    self = FileKind.signatures.first { head.starts(with: $0.bytes) }?.kind ?? .text
  }

  private static let signatures: [(bytes: [UInt8], kind: FileKind)] = [
    ([0x1f, 0x8b], .gzip),
    (ArrowText.streamMark, .arrow),
    (ArrowText.fileMark, .arrow),
    (Array("PK\u{3}\u{4}".utf8), .zip),
    (Array("PK\u{5}\u{6}".utf8), .zip),
    (Array("PK\u{7}\u{8}".utf8), .zip),
    ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], .oldWorkbook),
    (Array("RDX2\n".utf8), .rData),
    (Array("RDX3\n".utf8), .rData),
    // A table whose only column is named X begins with "X\n" too, but no zero bytes follow there.
    (Array("X\n\0\0\0".utf8), .rObject),
    (Array("PAR1".utf8), .parquet),
    (Array("BZh".utf8), .bzip2),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .xz),
    ([0x28, 0xb5, 0x2f, 0xfd], .zstandard),
    ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], .sevenZip),
    (Array("%PDF-".utf8), .pdf),
  ]

  /// Why a file of this kind is not read and the command that makes a file that is; nil for kinds that
  /// are read.
  ///
  /// - Parameters:
  ///   - place: the file, for the message.
  ///   - name: what the command is to work on: the file, or the member of an archive.
  func refusal(at place: Place, converting name: String) -> Failure? {
    guard let what = noun, let command = command(converting: name) else { return nil }
    return Failure(
      .badData, at: place, "is \(what)", expected: "delimited text or a workbook (.xlsx)",
      advice: command)
  }

  private var noun: String? {
    switch self {
    case .text, .gzip, .arrow, .zip, .bzip2, .xz, .zstandard: nil
    case .oldWorkbook: "an old workbook (.xls), or one with a password"
    case .rData: "an R workspace (.RData)"
    case .rObject: "an R object (.rds)"
    case .parquet: "a Parquet file"
    case .sevenZip: "a 7z archive"
    case .pdf: "a PDF"
    }
  }

  private func command(converting name: String) -> String? {
    let word = FileKind.shellWord(name)
    let text = FileKind.programText(name)
    switch self {
    case .text, .gzip, .arrow, .zip, .bzip2, .xz, .zstandard: return nil
    case .oldWorkbook: return "Convert it: soffice --headless --convert-to xlsx \(word)"
    case .rData:
      return "Convert it: Rscript -e "
        + FileKind.shellWord(
          "for (n in load(\(text))) write.csv(get(n), paste0(n, \".csv\"), row.names = FALSE)")
    case .rObject:
      let table = FileKind.programText(name + ".csv")
      return "Convert it: Rscript -e "
        + FileKind.shellWord("write.csv(readRDS(\(text)), \(table), row.names = FALSE)")
        + "; where it is a list of tables, readRDS(...)[[1]] is the first"
    case .parquet:
      let table = "read_parquet('\(name.replacing("'", with: "''"))')"
      let query = "copy (from \(table)) to '/dev/stdout' (format csv)"
      let isPlain = !query.contains { "\"$`\\!".contains($0) }
      return "Set `file: \"-\"` and pipe it in: duckdb -c "
        + (isPlain ? "\"\(query)\"" : FileKind.shellWord(query)) + " | "
        + "mismatch run JOB; Documentation/how-to/parquet-and-arrow.md shows pyarrow, polars and R"
    case .sevenZip: return "Unpack it: 7z x \(word)"
    case .pdf: return "Fetch the data file that the PDF was made from"
    }
  }

  /// The text as one word of a shell's command.
  static func shellWord(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte | 32 == byte ? byte - 32 : byte)
        || "/._-+:".utf8.contains(byte)
    }
    return plain && !text.isEmpty
      ? text
      : "'"
        + text.split(
          separator: "'", omittingEmptySubsequences: false
        ).joined(separator: "'\\''") + "'"
  }

  /// The text as a literal of R.
  private static func programText(_ text: String) -> String {
    var literal = "\""
    for character in text {
      if character == "\"" || character == "\\" { literal.append("\\") }
      literal.append(character)
    }
    return literal + "\""
  }
}

extension FileKind {
  /// The end of names of such a compressed file; nil for other kinds.
  var suffix: String? {
    switch self {
    case .gzip: ".gz"
    case .bzip2: ".bz2"
    case .xz: ".xz"
    case .zstandard: ".zst"
    default: nil
    }
  }

  /// How libarchive takes the compression off; nil where that is not its part.
  var compression: ArchiveHandle.Content? {
    switch self {
    case .bzip2: .bzip2
    case .xz: .xz
    case .zstandard: .zstandard
    default: nil
    }
  }
}
