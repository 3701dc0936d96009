import Mismatch

extension Check {
  /// Texts in the files of a run that others' spreadsheets would carry out.
  ///
  /// The files keep their bytes: they are data, and a mark before a code would make it another code.
  static let formulaNames = Check(
    "formula-names",
    looksFor:
      "codes, names and periods in a run's files that a spreadsheet would take for formulas",
    guidance:
      "Change them at their source or in the job, or tell those who open the files in a spreadsheet "
      + "to import all columns as text"
  ) { outcome in
    let noted = outcome.notedTexts.places
    var met: Set<Spelling> = []
    let found = outcome.writtenTexts.filter {
      FormulaText.isFormula($0.text) && met.insert(Spelling($0.text)).inserted
    }
    guard let first = found.first else {
      return [Finding(.pass, "no code, name or period that is written begins as a formula does")]
    }
    let message =
      found.count == 1
      ? "1 text begins as a formula does: a spreadsheet would carry it out, "
      : "\(found.count) texts begin as formulas do: a spreadsheet would carry them out, first of all "
    return [
      Finding(
        .warn,
        message + "\(first.what) \"\(Corruption.shown(String(first.text.prefix(60))))\"",
        place: first.role.flatMap {
          noted[NotedTexts.Key(role: $0, spelling: Spelling(first.text))]
        }?.description,
        count: Double(found.count))
    ]
  }
}

/// A text as a run writes it into a file.
private struct WrittenText {
  let what: String
  let text: String
  /// What it was in its input; nil for texts of the job.
  let role: TextRole?

  init(_ what: String, _ text: String, _ role: TextRole? = nil) {
    self.what = what
    self.text = text
    self.role = role
  }
}

extension Outcome {
  /// The texts of inputs and job that stand in the files of the run, the manifest's copy of the job aside.
  fileprivate var writtenTexts: [WrittenText] {
    var texts: [WrittenText] = []
    for (what, codes, dimension) in [
      ("area", areas, Dimension.area), ("sector", sectors, .category),
    ] {
      texts += codes.codes.map { WrittenText("the \(what) code", $0, .code(dimension)) }
      texts += codes.names.map { WrittenText("the \(what) name", $0, .name(dimension)) }
    }
    // Groups are gathered when the grids are decomposed, after the checks.
    let groups = notedTexts.places.keys.filter { $0.role == .group }.map(\.spelling)
    texts += groups.sorted().map { WrittenText("the group", $0.text, .group) }
    texts += (grids.map(\.period) + balances.map(\.period)).map {
      WrittenText("the period", $0, .period)
    }
    texts += unmapped.map {
      WrittenText("the \($0.dimension.rawValue)", $0.code, .code($0.dimension))
    }
    texts += inputs.map { WrittenText("the input", $0.name) }
    texts += Codebook.sorted(job.accepted.values).map { WrittenText("the reason", $0) }
    return texts + [WrittenText("the job's name", job.name)]
  }
}
