import Extracts
import Jobs
import Mismatch
import Runs

/// `mismatch.xlsx`: the tables of a run as an accessible workbook, with a cover, contents and notes
/// (https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/).
enum WorkbookDocument: RunDocument {
  private static let fileName = "mismatch.xlsx"

  static func isName(_ name: String) -> Bool { name == fileName }

  static func isWanted(by job: Job) -> Bool { job.documents.contains(.workbook) }

  static func write(_ run: FinishedRun, to sink: DocumentSink) throws {
    try sink.write(fileName) { write in
      let file = WorkbookFile(try ArchiveOutput(.zip) { try write(Array($0)) })
      try Contents(run).write(to: file)
    }
  }
}

/// What a workbook of a run holds.
private struct Contents {
  private let summary: RunSummary
  /// Each table with its sheet; nil for one that is too large.
  private let tables: [(table: WrittenTable, sheet: TableSheet?)]
  private let statuses: [WrittenTables.StatusRecord]

  init(_ run: FinishedRun) throws {
    summary = try run.summary()
    statuses = try run.writtenTables().statuses
    tables = try run.tables().map { ($0, try TableSheet($0)) }
  }

  func write(to file: WorkbookFile) throws {
    let names = sheetNames(file)
    try writeCover(to: file)
    try writeContents(to: file, names)
    try writeNotes(to: file)
    for (entry, name) in zip(tables, names) { try entry.sheet?.write(to: file, sheet: name) }
    try file.close(title: summary.job.title)
  }

  private func sheetNames(_ file: WorkbookFile) -> [String] {
    tables.reduce(into: []) { names, entry in
      names.append(
        WorkbookFile.sheetName(
          TextFile.stem(of: entry.table.name), besides: ["Cover", "Contents", "Notes"] + names))
    }
  }

  private func writeCover(to file: WorkbookFile) throws {
    try file.add("Cover", widths: [110]) { sheet in
      func paragraph(_ text: String) throws { try sheet.add([.text(text, .paragraph)]) }
      try sheet.add([.text(summary.job.title, .title)])
      try paragraph(
        "Mismatch between provision (\(summary.provision.kind)) and demand (\(summary.demand.kind))."
      )
      for grid in summary.grids {
        try paragraph("\(grid.period): \(grid.areas) areas and \(grid.sectors) sectors.")
      }
      try paragraph("Calculated by mismatch \(summary.version) from the job \(summary.job.name).")
      try sheet.add([.link("Contents", sheet: "Contents")])
      try sheet.add([.link("Notes", sheet: "Notes")])
      try sheet.add([.text("Sources", .heading)])
      for source in summary.sources {
        let parts = [source.title, source.publisher, source.licence, source.url].compactMap { $0 }
        try paragraph(parts.joined(separator: ". "))
      }
      if summary.sources.isEmpty {
        try paragraph("The job does not say who published its files and under which licence.")
      }
      for input in summary.inputs {
        try paragraph("\(input.name): \(input.role). SHA-256 \(input.sha256)")
      }
    }
  }

  private func writeContents(to file: WorkbookFile, _ names: [String]) throws {
    try file.add("Contents", widths: [34, 70, 14, 40]) { sheet in
      try sheet.add([.text("Contents", .title)])
      try sheet.add([.text("This sheet holds one table, with a row for each table of the run.")])
      let headings = ["Sheet", "What a row stands for", "Rows", "File of the run"]
      try sheet.add(headings.map { .text($0, .heading) })
      let first = sheet.row
      for (entry, name) in zip(tables, names) {
        guard let made = entry.sheet else {
          try sheet.add([
            .text("Not in this workbook: too large"), .text(entry.table.description, .paragraph),
            .text("[z]", .shorthand), .text(entry.table.name),
          ])
          continue
        }
        try sheet.add([
          .link(name, sheet: name), .text(entry.table.description, .paragraph),
          .number("\(made.rowCount)", .whole), .text(entry.table.name),
        ])
      }
      sheet.endTable("contents", headings, from: first)
    }
  }

  private func writeNotes(to file: WorkbookFile) throws {
    try file.add("Notes", widths: [16, 40, 110]) { sheet in
      try sheet.add([.text("Notes", .title)])
      try sheet.add([.text("This sheet holds one table, with a row for each note.")])
      let headings = ["About", "Item", "Note"]
      try sheet.add(headings.map { .text($0, .heading) })
      let first = sheet.row
      for (about, item, note) in notes {
        try sheet.add([.text(about), .text(item, .paragraph), .text(note, .paragraph)])
      }
      sheet.endTable("notes", headings, from: first)
    }
  }

  private var notes: [(about: String, item: String, note: String)] {
    let remarks = (summary.caveats + summary.warnings).enumerated().map {
      ("Caveat", "\($0 + 1)", $1)
    }
    let rules = [
      (
        "Number", "Digits",
        "Cells show a few digits and hold all digits of the files of the run."
      ),
      (
        "Text", "Length",
        "A text of more than \(SheetXML.longestText) characters is cut, and ends in [cut]; a heading has "
          + "\(WorkbookFile.longestHeading) at most, and a number behind it where another is the same."
      ),
      (
        "Colour", Measure.shareGap.name,
        "Purple below 0, orange above 0, the stronger the larger; the number says the same."
      ),
    ]
    let symbols = MissingNumber.meanings.map { ("Shorthand", "[\($0.symbol)]", $0.meaning) }
    let codes = statuses.map { ("Status", $0.code, $0.meaning) }
    let columns = tables.flatMap { entry in
      entry.table.columns.map { column in
        (
          "Column", "\(TextFile.stem(of: entry.table.name)): \(column.name)",
          column.description.ended + (column.unit.map { " Unit: \($0)." } ?? "")
        )
      }
    }
    return remarks + rules + symbols + codes + columns
  }
}
