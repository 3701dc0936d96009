import Extracts
import Jobs
import Mismatch

extension Check {
  /// Texts in the files of a run that others' spreadsheets would carry out.
  ///
  /// The files keep their bytes: they are data, and a mark before a code would make it another code.
  static let formulaNames = Check(
    "formula-names",
    looksFor:
      "codes, names and periods in output files that a spreadsheet would read as formulas",
    guidance:
      "Change them at their source or in the job, or tell those who open the files in a spreadsheet "
      + "to import all columns as text"
  ) { outcome in
    let noted = outcome.notedTexts.places
    var met: Set<Spelling> = []
    let found = outcome.writtenTexts.flatMap { kind in
      kind.texts.filter { FormulaText.isFormula($0) && met.insert(Spelling($0)).inserted }
        .map { (what: kind.what, text: $0, role: kind.role) }
    }
    guard let first = found.first else {
      return [Finding(.pass, "no code, name or period in the output begins like a formula")]
    }
    let message =
      found.count == 1
      ? "1 text begins like a formula, and a spreadsheet would run it: "
      : "\(found.count) texts begin like formulas, and a spreadsheet would run them; the first is "
    return [
      Finding(
        .warn,
        message + "the \(first.what) \"\(Corruption.shown(String(first.text.prefix(60))))\"",
        place: first.role.flatMap {
          noted[NotedTexts.Key(role: $0, spelling: Spelling(first.text))]
        }?.description,
        count: Double(found.count))
    ]
  }
}

extension Outcome {
  /// The texts of inputs and job that stand in the files of the run, the manifest's copy of the job aside: what
  /// they are, and what they were in an input; nil for texts of the job.
  fileprivate var writtenTexts: [(what: String, texts: [String], role: TextRole?)] {
    // Groups are gathered when the grids are decomposed, after the checks.
    let groups = notedTexts.places.keys.filter { $0.role == .group }.map(\.spelling)
    let unmapped = Dictionary(grouping: unmapped, by: \.dimension).mapValues { $0.map(\.code) }
    return [
      ("area code", areas.codes, .code(.area)), ("area name", areas.names, .name(.area)),
      ("sector code", sectors.codes, .code(.category)),
      ("sector name", sectors.names, .name(.category)), ("group", Codebook.sorted(groups), .group),
      ("period", grids.map(\.period) + reconciliations.map(\.period), .period),
      ("area", unmapped[.area] ?? [], .code(.area)),
      ("category", unmapped[.category] ?? [], .code(.category)), ("input", inputs.map(\.name), nil),
      ("reason", Codebook.sorted(job.accepted.values), nil), ("job's name", [job.name], nil),
    ]
  }
}
