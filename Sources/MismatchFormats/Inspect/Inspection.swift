import Mismatch

/// Finds out what a file holds.
package enum Inspection {
  /// One account per table of a file.
  ///
  /// What is wrong with a table's content is told in its account, with all that was found before.
  /// - Throws: ``Failure`` (`inputOutput`) where the file cannot be read, and where a stop was asked for.
  package static func accounts(of path: String) throws -> [Account] {
    switch try InspectOpening.open(path) {
    case .refused(let account): return [account]
    case .tables(let tables): return try tables.map(inspect)
    }
  }

  private static func inspect(_ table: InspectedTable) throws -> Account {
    var account = table.account
    do {
      var inspection = try TableInspection(table.records, isText: table.isText)
      try inspection.read(into: &account)
    } catch let failure as Failure where failure.kind == .badData {
      account.problem = failure.description
    }
    conclude(&account)
    return account
  }

  private static func conclude(_ account: inout Account) {
    guard !account.columns.isEmpty else {
      account.unknowns.append("no table was recognised")
      return
    }
    account.reader = reader(account)
    let first = account.blocks.first
    let findings = Findings(account.columns)
    account.headings = findings.headings(
      words: (first?.title ?? []) + (first?.keys.map(\.value) ?? []))
    account.totals = findings.totals(headings: account.headings)
    account.unknowns += findings.unknowns(headings: account.headings)
    if first?.headerLines.isEmpty == true { account.unknowns.append("the names of the columns") }
    account.proposal = Proposal(account).text()
  }

  /// `table` for a header on top and rows below; nil where a reader would have to lay it out.
  private static func reader(_ account: Account) -> String? {
    guard let block = account.blocks.first, account.blocks.count == 1 else { return nil }
    let isPlain = block.title.isEmpty && block.keys.isEmpty && block.headerLines.count == 1
    return isPlain && block.footnotes.isEmpty ? "table" : nil
  }
}
