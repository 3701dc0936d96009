import Mismatch

/// One table's records as they come out of a file, with what is known of the container.
struct InspectedTable {
  /// The account so far: file, format, encoding.
  var account: Account
  /// Whether records are lines of text, whose number of fields is their own.
  let isText: Bool
  /// What stands before the decimals of its numbers.
  var decimal = DecimalMark.point
  /// Whether a run refuses the text as it is written.
  var isRefused = false
  /// Whether it is an Arrow stream, which no reader has to lay out.
  var isArrow = false
  /// Opens the records at their beginning.
  let open: () throws -> any RecordStream
}

/// The one place where inspection opens files.
enum InspectOpening {
  /// The tables of a file; one without records stands for a file that is refused.
  enum Opened {
    case table(InspectedTable)
    case refused(Account)
  }

  /// Opens a file by its first bytes.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be read.
  static func open(_ path: String) throws -> [Opened] {
    let bytes = try FileBytes(path: path)
    var account = Account(file: path, format: "delimited text", byteCount: bytes.size)
    do {
      guard try kind(of: bytes) == .zip else { return try open(path, member: nil, account) }
      let archive = try Archive(bytes, at: Place(file: path))
      let members = archive.dataMembers
      if try archive.workbookPart() != nil || members.count <= 1 {
        return try open(path, member: nil, account)
      }
      return try members.flatMap { member in
        var account = account
        account.member = member
        do { return try open(path, member: member, account) } catch let failure as Failure
          where failure.kind == .badData
        { return [refused(account, failure)] }
      }
    } catch let failure as Failure where failure.kind == .badData {
      account.format = format(of: failure) ?? account.format
      return [refused(account, failure)]
    }
  }

  private static func refused(_ account: Account, _ failure: Failure) -> Opened {
    var account = account
    account.format = format(of: failure) ?? account.format
    account.problem = failure.description
    return .refused(account)
  }

  private static func kind(of bytes: FileBytes) throws -> FileKind {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: FileKind.headLength, alignment: 16)
    defer { buffer.deallocate() }
    let count = try bytes.read(into: buffer, at: 0)
    return FileKind(first: buffer[..<count])
  }

  /// What a refusal says that the file is.
  private static func format(of failure: Failure) -> String? {
    for article in ["is an ", "is a ", "is "] where failure.found.hasPrefix(article) {
      return String(failure.found.dropFirst(article.count).prefix { $0 != ":" })
    }
    return nil
  }

  private static func open(_ path: String, member: String?, _ account: Account) throws -> [Opened] {
    let source = try ByteSource(path: path, member: member)
    if source.workbook != nil { return try sheets(of: source, account) }
    var account = account
    let kind = FileKind(first: try first(of: path))
    if source.isArrow {
      account.format = kind == .arrow ? "Arrow stream" : "\(kind.rawValue) of an Arrow stream"
      account.warnings += source.refusals.sorted { $0.key < $1.key }.map {
        "\($0.value.found), so a run does not read it. \($0.value.advice ?? "")"
      }
      return [
        .table(
          InspectedTable(account: account, isText: true, isArrow: true) {
            try DelimitedRecords(
              ByteSource(path: path, member: member), delimiter: Delimiter.comma.rawValue)
          })
      ]
    }
    switch kind {
    case .text: break
    case let kind: account.format = "\(kind.rawValue) of delimited text"
    }
    let beginning = try source.beginning()
    let scan = try EncodingScan(source)
    account.encoding = scan.account
    if source.hasReturns { account.encoding?.lineEnds = "CR" }
    if let refusal = refusal(scan) {
      account.problem = refusal
      return [.refused(account)]
    }
    let found = Delimiter.found(in: beginning)
    let delimiter = found ?? .comma
    let decimal = DecimalMark.found(in: beginning, delimiter)
    account.delimiter = found?.name
    account.decimal = decimal == .point ? nil : decimal.name
    if scan.isWindows {
      account.warnings.append(
        "the text is not UTF-8, so a run rejects it: iconv -f WINDOWS-1252 -t UTF-8")
    }
    return [
      .table(
        InspectedTable(
          account: account, isText: true, decimal: decimal, isRefused: scan.isWindows
        ) {
          try DelimitedRecords(
            ByteSource(text: path, member: member), delimiter: delimiter.rawValue,
            otherEncoding: Windows1252.text)
        })
    ]
  }

  private static func first(of path: String) throws -> [UInt8] {
    let bytes = try FileBytes(path: path)
    var head = [UInt8](repeating: 0, count: FileKind.headLength)
    let count = try head.withUnsafeMutableBytes { try bytes.read(into: $0, at: 0) }
    return Array(head.prefix(count))
  }

  /// One table per sheet of a workbook.
  private static func sheets(of source: ByteSource, _ account: Account) throws -> [Opened] {
    let workbook = try Workbook(source)
    return workbook.sheets.map { sheet in
      var account = account
      account.format = "workbook"
      account.sheet = sheet.name
      if sheet.isHidden { account.warnings.append("the sheet is hidden") }
      return .table(
        InspectedTable(account: account, isText: false) {
          try workbook.records(sheet: sheet.name)
        })
    }
  }

  private static func refusal(_ scan: EncodingScan) -> String? {
    if scan.isUTF16 { return "the text is UTF-16; convert it: iconv -f UTF-16 -t UTF-8" }
    return scan.isBinary ? "is not text: it holds zero bytes" : nil
  }
}
