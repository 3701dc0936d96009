import Extracts
import Jobs
import Mismatch

extension Check {
  /// What stands below tables and is not read.
  static let notes = Check(
    "notes", looksFor: "notes below tables, which are not read as rows",
    guidance: "Read them in the file: they may say what its figures are"
  ) { outcome in
    let found = outcome.inputs.filter { !$0.notes.isEmpty }.map { input in
      Finding(
        .pass,
        "\(input.role): \(Finding.counted(input.notes.count, "note")) below the table, first "
          + "\"\(Corruption.shown(String(input.notes[0].prefix(80))))\"",
        place: input.name, count: Double(input.notes.count))
    }
    return found.isEmpty ? [Finding(.pass, "no notes below the tables")] : found
  }
}
