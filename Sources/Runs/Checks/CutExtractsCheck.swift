import Extracts
import Jobs
import Mismatch

extension Check {
  /// Inputs that end where servers and programs cut a table, and fetched ones that are no longer as they came.
  static let cutExtracts = Check(
    "cut-extracts",
    looksFor:
      "inputs of exactly 25,000, 65,535, 100,000, 1,000,000 or 1,048,575 rows of data, at which servers and "
      + "spreadsheets cut a table, unless they were fetched and are proved to be whole; and inputs that have changed since "
      + "they were fetched",
    guidance:
      "Compare the number of rows with the source's, and fetch what is missing; accept the check where the "
      + "extract is known to be whole"
  ) { outcome in
    let changed = outcome.inputs.filter(outcome.differsFromRecord).map { input in
      Finding(
        .warn, "\(input.role): has changed since it was fetched, so its record says nothing of it",
        place: input.name)
    }
    let cut = outcome.inputs.compactMap { input in
      outcome.fetchRecord(of: input)?.recordCount != nil
        ? nil
        : input.limit.map { limit in
          Finding(
            .warn,
            "\(input.role): exactly \(Finding.number(input.rowCount)) rows of data, so it may have been cut: \(limit.holder)",
            place: input.name, count: Double(input.rowCount))
        }
    }
    return cut.isEmpty && changed.isEmpty
      ? [Finding(.pass, "no input ends at the limit of a server or a spreadsheet")] : cut + changed
  }
}
