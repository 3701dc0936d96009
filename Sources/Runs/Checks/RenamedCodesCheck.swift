import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes that kept their letters and changed their names.
  static let renamedCodes = Check(
    "renamed-codes", looksFor: "codes with several names in a register",
    guidance: "Set `as-of:` to use the names on one date"
  ) { outcome in
    guard outcome.job.areas.table != nil || outcome.job.sectors.table != nil else {
      return [Finding(.unchecked, "the job has no register")]
    }
    guard !outcome.renamed.isEmpty else {
      return [Finding(.pass, "no code of the registers has several names")]
    }
    let first = Codebook.sorted(outcome.renamed.keys)[0]
    let shown = outcome.areas.position(of: first).map { outcome.areas.names[$0] }
    return [
      Finding(
        .pass,
        "\(Finding.counted(outcome.renamed.count, "code")) had several names, such as \"\(first)\": "
          + (outcome.renamed[first] ?? []).joined(separator: ", ")
          + (shown.map { "; at the date of the job the name is \"\($0)\"" } ?? ""),
        count: Double(outcome.renamed.count))
    ]
  }
}
