extension JobNode {
  /// `{ vacancy-share:, substitution:, efficiency: { file, code, value }, flows: { file, period,
  /// job-finding, separation, start } }`.
  func matching(folder: String) throws -> MatchingJob {
    let keys = try keyed(["vacancy-share", "substitution", "efficiency", "flows"])
    let share = try keys.required("vacancy-share", of: self)
    let vacancyShare = try share.number()
    guard vacancyShare > 0, vacancyShare < 1 else {
      throw share.wrong(expected: "a number between 0 and 1")
    }
    let substitution = try keys["substitution"]?.number()
    if let node = keys["substitution"], let substitution, substitution == 0 || substitution >= 1 {
      throw node.wrong(
        expected: "a number below 1 other than 0",
        advice: "0 would be Cobb-Douglas matching, which is always written")
    }
    var matching = MatchingJob(vacancyShare: vacancyShare, substitution: substitution)
    if let node = keys["efficiency"] {
      let keys = try node.keyed(["code", "value"] + tableKeys)
      matching.efficiency = NumbersJob(
        table: try node.table(keys, folder: folder),
        code: try keys.required("code", of: node).key(),
        values: [try keys.required("value", of: node).text()])
    }
    if let node = keys["flows"] {
      let keys = try node.keyed(["period", "job-finding", "separation", "start"] + tableKeys)
      let start = try keys.required("start", of: node)
      let rate = try start.number()
      guard rate > 0, rate < 1 else {
        throw start.wrong(expected: "an unemployment rate between 0 and 1")
      }
      matching.start = rate
      matching.flows = NumbersJob(
        table: try node.table(keys, folder: folder),
        code: try keys.required("period", of: node).key(),
        values: try ["job-finding", "separation"].map { try keys.required($0, of: node).text() },
        limit: 1)
    }
    return matching
  }

  /// A number, which may be below 0.
  private func number() throws -> Double {
    var text = try text()
    guard let value = text.withUTF8({ NumberText.value(of: $0) }) else {
      throw wrong(expected: "a number")
    }
    return value
  }
}
