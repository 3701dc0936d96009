import Mismatch

extension TableJob {
  /// Opens one of the table's files with the reader that the job names or that its content asks for.
  package func open(_ file: InputFile, onRead: @escaping @Sendable (Int) -> Void = { _ in }) throws
    -> RowTable
  {
    try file.verifyMatch()
    if source != nil { try file.verifyFetched() }
    let source = try ByteSource(path: file.path, member: member, onRead: onRead)
    guard source.workbook == nil else { return try openWorkbook(file, source) }
    if source.isArrow { return try openArrow(file, source) }
    guard readerName != Reader.arrowName else {
      throw Failure(
        .badData, at: Place(file: file.path), "is no Arrow stream",
        expected: "one, as `reader` says",
        advice: "Leave `reader` out")
    }
    if let sheet = sheets.first {
      throw Failure(
        .badData, at: Place(file: file.path), "is text and has no sheet \"\(sheet)\"",
        expected: "a workbook (.xlsx)", advice: "Leave `sheet` out")
    }
    let beginning = try source.beginning()
    let delimiter = try delimiter ?? source.usualDelimiter(for: beginning)
    // A pipe cannot be looked at beforehand: what was read of it is gone.
    let isKnown = readerName != nil || !TextFile.isRegular(file.path)
    guard
      let reader = try isKnown
        ? namedReader
        : Reader.recognised({
          // Of any encoding, so that the reader of the shape tells where the text is not UTF-8.
          try DelimitedRecords(
            ByteSource(text: file.path, member: member), delimiter: delimiter.rawValue,
            otherEncoding: { String(decoding: $0, as: UTF8.self) })
        })
    else {
      return try RowTable(file, of: self, scanning: source, delimiter: delimiter.rawValue)
    }
    let records = try DelimitedRecords(source, delimiter: delimiter.rawValue)
    return RowTable(file, of: self, laidOut: try reader.open(records, self), from: records)
  }

  /// The reader that the job names; nil for a plain table.
  private var namedReader: Reader? { Reader.catalogue.first { $0.name == readerName } }

  /// The table of an Arrow stream, whose text is plain.
  private func openArrow(_ file: InputFile, _ source: ByteSource) throws -> RowTable {
    let keys = [
      readerName.flatMap { [Reader.arrowName, Reader.plainName].contains($0) ? nil : "reader" },
      delimiter.map { _ in "delimiter" }, decimal == .point ? nil : "decimal",
      sheets.isEmpty ? nil : "sheet",
    ]
    if let key = keys.lazy.compactMap({ $0 }).first {
      throw Failure(
        .badData, at: Place(file: file.path),
        "is an Arrow stream, which has names, types and no layout",
        expected: "text or a workbook, where the job says `\(key)`", advice: "Leave `\(key)` out")
    }
    return try RowTable(file, of: self, scanning: source, delimiter: Delimiter.comma.rawValue)
  }

  private func openWorkbook(_ file: InputFile, _ source: ByteSource) throws -> RowTable {
    guard decimal == .point else {
      throw Failure(
        .badData, at: Place(file: file.path), "is a workbook, whose numbers have no decimal mark",
        expected: "delimited text, where the job says `decimal: comma`",
        advice: "Leave `decimal` out")
    }
    let workbook = try Workbook(source)
    let table = try SheetTables(workbook, sheets: try workbook.chosenSheets(sheets)) { sheet in
      let reader =
        try readerName != nil
        ? namedReader : Reader.recognised { try workbook.records(sheet: sheet) }
      let records = try workbook.records(sheet: sheet)
      return try reader?.open(records, self) ?? PlainSheetTable(records)
    }
    return RowTable(file, of: self, laidOut: table, from: source)
  }
}

extension ByteSource {
  /// What separates the fields where a job does not say: commas, or tabs by the file's name.
  ///
  /// - Throws: ``Failure`` (`badData`) where the text's beginning shows another one.
  fileprivate func usualDelimiter(for beginning: ArraySlice<UInt8>) throws -> Delimiter {
    let usual: Delimiter = [".tsv", ".tab"].contains(where: name.hasSuffix) ? .tab : .comma
    guard let found = Delimiter.found(in: beginning, insteadOf: usual) else { return usual }
    let mark = DecimalMark.found(in: beginning, found.delimiter)
    throw Failure(
      .badData, at: Place(file: path, line: found.line),
      "the fields are separated by \(found.delimiter.name)s",
      expected: "\(usual.name)s, unless the job says otherwise",
      advice: "Set `delimiter: \(found.delimiter.name)`"
        + (mark == .point ? "" : ", and `decimal: \(mark.name)` if 0,5 is a half"))
  }
}
