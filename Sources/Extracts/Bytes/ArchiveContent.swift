import Mismatch

extension Archive {
  /// Whether the archive is an .xlsx workbook.
  ///
  /// - Throws: ``Failure`` for workbooks of other formats, with the command that converts them.
  func isWorkbook(converting name: String) throws -> Bool {
    if try workbookPart() != nil { return true }
    let other =
      part(named: "xl/workbook.bin") != nil
      ? "a binary workbook (.xlsb)"
      : members.contains("mimetype") && members.contains("content.xml")
        ? "an OpenDocument file (.ods)" : nil
    guard let other else { return false }
    throw Failure(
      .badData, at: place, "is \(other)", expected: "delimited text or a workbook (.xlsx)",
      advice: "Convert it: soffice --headless --convert-to xlsx \(FileKind.shellWord(name))")
  }

  /// The member that is read: the one that the job names, or the only one.
  func choose(_ member: String?) throws -> String {
    let names = dataMembers
    if let member {
      guard names.contains(where: { $0.isSpelt(as: member) }) else {
        throw Failure(
          .badData, at: place, "the archive has no member \"\(member)\"",
          expected: "one of " + Failure.examples(names, limit: 20))
      }
      return member
    }
    guard let only = names.first else {
      throw Failure(.badData, at: place, "the archive is empty", expected: "one file")
    }
    guard names.count == 1 else {
      throw Failure(
        .badData, at: place,
        "the archive holds \(names.count) files: "
          + Failure.examples(names, limit: 20), expected: "one",
        advice: "State which: `member: \(only)`")
    }
    return only
  }
}
