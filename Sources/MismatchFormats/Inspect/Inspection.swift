import Mismatch

/// Finds out what a file holds.
package enum Inspection {
  /// One account per table of a file.
  ///
  /// What is wrong with a table's content is told in its account, with all that was found before.
  /// - Throws: ``Failure`` (`inputOutput`) where the file cannot be read, and where a stop was asked for.
  package static func accounts(of path: String) throws -> [Account] {
    try InspectOpening.open(path).map { opened in
      switch opened {
      case .refused(let account): account
      case .table(let table): try inspect(table)
      }
    }
  }

  private static func inspect(_ table: InspectedTable) throws -> Account {
    var account = table.account
    do {
      let records = RepeatedRecords(table.open)
      var inspection = try TableInspection(try records.stream(), isText: table.isText)
      try inspection.read(into: &account)
      try layOut(records, &account)
    } catch let failure as Failure where failure.kind == .badData {
      account.problem = failure.description
    }
    conclude(&account)
    return account
  }

  /// Notes the reader that lays the table out, and what it makes of it.
  private static func layOut(_ records: RepeatedRecords, _ account: inout Account) throws {
    guard !account.columns.isEmpty else { return }
    let preview = try records.stream()
    var first: [RawRecord] = []
    while first.count < Reader.previewCount, let record = try preview.next() {
      first.append(record)
    }
    guard let reader = Reader.recognised(first) else {
      account.reader = "table"
      return
    }
    account.reader = reader.name
    do {
      let lines = account.headerLinesToName
      account.laidOut = try LaidOutInspection.account(
        reader, try records.stream(), headerLines: lines, words: words(account))
      let extra = (account.laidOut?.rowCount ?? 0) - account.rowCount
      if reader.name == Reader.titledTable.name, extra > 0 {
        account.warnings.append(
          "the reader \(reader.name) takes \(extra) rows below the table for rows of it: "
            + "leave them out by where")
      }
    } catch let failure as Failure where failure.kind == .badData {
      account.warnings.append("the reader \(reader.name) refuses it: \(failure)")
    }
  }

  private static func words(_ account: Account) -> [String] {
    (account.blocks.first?.title ?? []) + (account.blocks.first?.keys.map(\.value) ?? [])
  }

  private static func conclude(_ account: inout Account) {
    guard !account.columns.isEmpty else {
      if account.problem == nil, account.columnCount > 1, account.rowCount == 0 {
        account.warnings.append("there are column names and no rows: an empty result")
      } else if account.problem == nil {
        account.unknowns.append("no table was recognised")
      }
      return
    }
    if account.columns.map(\.name).starts(with: ["col_name", "col_type", "label"]) {
      account.warnings.append("these are metadata of an EES file (.meta.csv), not figures")
      return
    }
    let findings = Findings(account.columns)
    account.headings = findings.headings(
      words: words(account) + account.columns.map(\.name))
    account.totals = findings.totals(headings: account.headings)
    account.unknowns += findings.unknowns(headings: account.headings)
    if account.blocks.first?.headerLines.isEmpty == true {
      account.unknowns.append("the names of the columns")
    }
    account.proposal = Proposal(account).text()
    if account.proposal == nil, account.columns.contains(where: { $0.role == .value }) {
      account.unknowns.append("whether the figures are provision or demand")
    }
  }
}

extension Account {
  /// Lines of the headings that a job has to name: several, which the reader of titled tables would
  /// take the first of.
  var headerLinesToName: [Int] {
    guard reader == Reader.titledTable.name, let lines = blocks.first?.headerLines else {
      return []
    }
    return lines.count > 1 ? lines : []
  }
}
