import Extracts
import Jobs
import Mismatch

extension Check {
  /// Codes that kept their letters and changed their names.
  static let renamedCodes = Check(
    "renamed-codes", looksFor: "codes that a register has under several names",
    guidance: "Say `as-of:` to take the names of one day"
  ) { outcome in
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
          + (shown.map { "; the job's time has \"\($0)\"" } ?? ""),
        count: Double(outcome.renamed.count))
    ]
  }
}
