import Mismatch

/// One table's records as they come out of a file, with what is known of the container.
struct InspectedTable {
  /// The account so far: file, format, encoding.
  var account: Account
  let records: any RecordStream
  /// Whether records are lines of text, whose number of fields is their own.
  let isText: Bool
}

/// The one place where inspection opens files.
enum InspectOpening {
  /// The tables of a file, or an account of why there are none.
  enum Opened {
    case tables([InspectedTable])
    case refused(Account)
  }

  /// Opens a file by its first bytes.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be read.
  static func open(_ path: String) throws -> Opened {
    let source = try ByteSource(path: path)
    let scan = try EncodingScan(source)
    var account = Account(
      file: path, format: format(path, source: source), byteCount: source.byteCount)
    account.encoding = scan.account
    if let refusal = refusal(scan) {
      if scan.isBinary {
        account.encoding = nil
        account.format = binaryFormat(scan.head)
      }
      account.problem = refusal
      return .refused(account)
    }
    let delimiter = scan.delimiter ?? 44
    account.delimiter = scan.delimiter.flatMap { delimiterNames[$0] }
    if delimiter == 59 || delimiter == 124 {
      account.problem =
        "its fields are separated by \(delimiter == 59 ? "semicolons" : "bars"), which are not read; "
        + "convert it to commas or tabs"
      return .refused(account)
    }
    if scan.isWindows {
      account.warnings.append(
        "the text is not UTF-8, so a run refuses it: iconv -f WINDOWS-1252 -t UTF-8")
    }
    let records = try InspectedRecords(ByteSource(path: path), delimiter: delimiter)
    return .tables([InspectedTable(account: account, records: records, isText: true)])
  }

  private static let delimiterNames: [UInt8: String] = [
    44: "comma", 9: "tab", 59: "semicolon", 124: "bar",
  ]

  private static func format(_ path: String, source: ByteSource) -> String {
    source.isGzip ? "gzip of delimited text" : "delimited text"
  }

  private static func refusal(_ scan: EncodingScan) -> String? {
    if scan.isEmpty { return "the file is empty" }
    if scan.isUTF16 { return "the text is UTF-16; convert it: iconv -f UTF-16 -t UTF-8" }
    guard scan.isBinary else { return nil }
    if scan.head.starts(with: "X\n".utf8) {
      return "is an R object; convert it: write.csv(readRDS(file), \"table.csv\", row.names = FALSE)"
    }
    return "is no text; its bytes hold zeros"
  }

  private static func binaryFormat(_ head: [UInt8]) -> String {
    if head.starts(with: "X\n".utf8) { return "R object (.rds)" }
    if head.starts(with: "PK".utf8) { return "zip" }
    return head.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) ? "old workbook (.xls)" : "binary"
  }
}
