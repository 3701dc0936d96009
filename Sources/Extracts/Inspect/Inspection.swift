import Mismatch

/// Finds out what a file holds.
package enum Inspection {
  /// One account per table of a file.
  ///
  /// Faults of a table's content are reported in its account, with all that was found before.
  /// - Throws: ``Failure`` (`inputOutput`) where the file cannot be read, and where a stop was asked for.
  package static func accounts(of path: String) throws -> [Account] {
    guard StandardInput.isPath(path) || FileIdentity(path: path).isPipe else {
      return try accounts(ofFile: path)
    }
    let held = try HeldInput(path)
    return try Interruption.undoing(by: { held.remove() }) {
      defer { held.remove() }
      return try accounts(ofFile: held.path, named: path)
    }
  }

  /// The accounts of a copy, as those of what it was copied from.
  private static func accounts(ofFile copy: String, named name: String) throws -> [Account] {
    func renamed(_ text: String) -> String { text.replacing(copy, with: name) }
    do {
      return try accounts(ofFile: copy).map { account in
        var account = account
        account.file = name
        account.problem = account.problem.map(renamed)
        account.warnings = account.warnings.map(renamed)
        account.proposal = account.proposal.map(renamed)
        return account
      }
    } catch var failure as Failure {
      failure.place?.file.replace(copy, with: name)
      throw failure
    }
  }

  private static func accounts(ofFile path: String) throws -> [Account] {
    let opened = try InspectOpening.open(path)
    return try opened.map { table in
      switch table {
      case .refused(let account): account
      case .table(let table): try inspect(table, isAlone: opened.count == 1)
      }
    }
  }

  private static func inspect(_ table: InspectedTable, isAlone: Bool) throws -> Account {
    var account = table.account
    var reader: Reader?
    var isRefused = table.isRefused
    do {
      reader = try table.isArrow ? nil : Reader.recognised(table.open)
      account.reader = table.isArrow ? Reader.arrowName : reader?.name ?? Reader.plainName
      isRefused = try !read(table, reader, into: &account) || isRefused
    } catch let failure as Failure where failure.kind == .badData {
      isRefused = true
      if reader == nil, table.isText || isAlone {
        account.problem = failure.description
      } else {
        account.warnings.append("a run rejects it: \(failure)")
      }
    }
    conclude(&account, isRefused: isRefused, isAlone: table.isText || isAlone)
    return account
  }

  /// Reads the table with the reader that a run would use; returns whether all its rows are as wide as the
  /// header.
  private static func read(_ table: InspectedTable, _ reader: Reader?, into account: inout Account)
    throws -> Bool
  {
    let records = try table.open()
    let rows = table.isText && reader == nil ? try PlainRows(records) : nil
    let isWide = reader?.name == Reader.titledTable.name
    let laidOut = try rows ?? reader?.open(records, TableJob(files: [])) ?? PlainSheetTable(records)
    var inspection = TableInspection(laidOut, isWide: isWide, decimal: table.decimal)
    defer { account.raggedRows = rows?.ragged }
    try inspection.read(into: &account)
    return rows?.ragged == nil
  }

  /// - Parameter isAlone: whether a table without rows leaves nothing that can be read.
  private static func conclude(_ account: inout Account, isRefused: Bool, isAlone: Bool) {
    guard !account.columns.isEmpty else {
      if account.problem == nil, account.columnCount > 1, account.rowCount == 0 {
        let failure = RowTable.noRows(at: Place(file: account.file))
        if isAlone {
          account.problem = failure.description
        } else {
          account.warnings.append(failure.found)
        }
      } else if account.problem == nil {
        account.unknowns.append("no table was recognised")
      }
      return
    }
    if account.columns.map(\.name).starts(with: ["col_name", "col_type", "label"]) {
      account.warnings.append("these are metadata of an EES file (.meta.csv), not figures")
      return
    }
    if let cut = cut(account) { account.warnings.append(cut) }
    let findings = Findings(account.columns)
    account.headings = findings.headings(
      words: (account.blocks.first?.words ?? []) + account.columns.map(\.name))
    account.unit = findings.unit(around: account.blocks)
    account.warnings += account.columns.flatMap(\.oddTexts)
    account.totals = findings.totals(headings: account.headings)
    account.unknowns += findings.unknowns(headings: account.headings)
    guard !isRefused else { return }
    guard account.columns.contains(where: { $0.role == .value }) else {
      account.proposal = LookupProposal(account).text()
      return
    }
    let doubt = doubt(account)
    account.mayBeProposed = doubt == nil
    if account.mayBeProposed { account.proposal = Proposal(account).text() }
    if account.proposal == nil {
      account.unknowns.append(doubt ?? "whether the figures are provision or demand")
    }
  }

  /// What says that rows are missing: the number of records that Nomis gives, or the limit of a server or a
  /// program; nil for nothing.
  private static func cut(_ account: Account) -> String? {
    let names = account.columns.map(\.name)
    let count = account.columns.first {
      ["record_count", "recordcount"].contains($0.name.normalisedName())
    }?.examples.first.flatMap { Int($0) }
    if let count, count > account.rowCount {
      return "the file holds \(account.rowCount) of \(count) records: fetch the other pages "
        + "(`&RecordOffset=\(account.rowCount)`), and name them all in `file`"
    }
    return ExtractLimit(rowCount: account.rowCount, header: names).map { limit in
      "the table has exactly \(account.rowCount) rows of data, so it may have been cut: \(limit.holder)"
    }
  }

  /// What would make a run refuse any job that reads the table; nil for nothing.
  private static func doubt(_ account: Account) -> String? {
    if account.columns.contains(where: { FigureText.isNumber($0.name) && Period($0.name) == nil }) {
      return "the names of the columns: those found are numbers"
    }
    // Rows below a table of periods, such as changes, are left out by the proposal.
    if account.columns.contains(where: { $0.periods?.others.isEmpty == false }) { return nil }
    if account.columns.contains(where: { $0.role == .value && $0.hasNegative }) {
      return "what the figures are: some are below 0, so they are not counts"
    }
    let repeats = account.key?.duplicateCount ?? 0
    return repeats > 0 ? "which of the rows with a duplicated key to use" : nil
  }
}
