/// Writes the lookup or the crosswalk that a list of pairs of codes is, to be put into a side of a job.
struct LookupProposal {
  private let account: Account

  init(_ account: Account) { self.account = account }

  /// The block; nil for a table without two columns of areas, or of categories of two classifications.
  func text() -> String? {
    pair(.areaCode).flatMap { block("area-lookup", $0) } ?? pair(.areaName).flatMap {
      block("area-lookup", $0)
    } ?? classified().flatMap { block("crosswalk", $0) }
  }

  /// The columns of one role with most and with fewest texts; nil for fewer than two.
  private func pair(_ role: ColumnRole) -> [ColumnAccount]? {
    sorted(account.columns.filter { $0.role == role && $0.distinctCount > 1 })
  }

  private func classified() -> [ColumnAccount]? {
    let columns = account.columns.filter { $0.scheme != nil }
    guard let first = columns.first, let other = columns.first(where: { $0.scheme != first.scheme })
    else { return nil }
    return sorted([first, other])
  }

  private func sorted(_ columns: [ColumnAccount]) -> [ColumnAccount]? {
    guard columns.count > 1 else { return nil }
    return columns.sorted { ($1.distinctCount, $0.position) < ($0.distinctCount, $1.position) }
  }

  private func block(_ key: String, _ columns: [ColumnAccount]) -> String? {
    guard let from = columns.first, let to = columns.last, from.name != to.name else { return nil }
    var lines = Proposal.table(account)
    if from.isSpaced || to.isSpaced { lines.append("trim: true") }
    let others = columns.dropFirst().dropLast().map { ScalarText.quoted($0.name) }
    lines.append("from: \(ScalarText.quoted(from.name))")
    lines.append(
      "to: \(ScalarText.quoted(to.name))"
        + (others.isEmpty ? "" : "   # or " + others.joined(separator: ", ")))
    let blank = [from, to].filter { $0.blankCount > 0 }
    if !blank.isEmpty {
      let kept = blank.map { "\(ScalarText.quoted($0.name)): { not: \"\" }" }
      lines.append("where: { \(kept.joined(separator: ", ")) }")
    }
    let years = account.columns.filter { $0.role == .period }
    if years.count == 2, let last = years[1].periods?.labels.max() {
      for (name, column) in zip(["valid-from", "valid-to"], years) {
        lines.append("\(name): \(ScalarText.quoted(column.name))")
      }
      lines.append("as-of: \(last)")
    } else if from.distinctCount + from.blankCount < account.rowCount {
      lines.append("normalise: true   # targets of one code have equal parts; or name a `weight`")
    }
    return "\(key):   # of provision or of demand\n" + lines.map { "  \($0)\n" }.joined()
  }
}
