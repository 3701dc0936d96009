import Extracts
import Jobs
import Mismatch

extension Check {
  /// Inputs that end where servers and programs cut a table.
  static let cutExtracts = Check(
    "cut-extracts",
    looksFor:
      "inputs of exactly 25,000, 65,535, 100,000, 1,000,000 or 1,048,575 rows of data, at which servers and "
      + "spreadsheets cut a table",
    guidance:
      "Compare the number of rows with the source's, and fetch what is missing; accept the check where the "
      + "extract is known to be whole"
  ) { outcome in
    let cut = outcome.inputs.compactMap { input in
      input.limit.map { limit in
        Finding(
          .warn,
          "\(input.role): exactly \(Finding.number(input.rowCount)) rows of data, so it may have been cut: \(limit.holder)",
          place: input.name, count: Double(input.rowCount))
      }
    }
    return cut.isEmpty
      ? [Finding(.pass, "no input ends at the limit of a server or a spreadsheet")] : cut
  }
}
