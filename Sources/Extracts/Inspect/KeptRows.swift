/// Says which rows of a table a job keeps, and which it adds up, so that every cell has one figure.
struct KeptRows {
  private let account: Account
  private let keys: [ColumnAccount]
  private let category: ColumnAccount?
  private let name: (ColumnAccount) -> String
  /// Whether a run takes the spaces around texts away.
  private let trims: Bool

  init(
    _ account: Account, _ keys: [ColumnAccount], _ category: ColumnAccount?, trims: Bool,
    _ name: @escaping (ColumnAccount) -> String
  ) {
    self.trims = trims
    self.account = account
    self.category = category
    self.name = name
    self.keys = keys
  }

  /// What is kept of one column.
  private enum Choice {
    case one(String)
    case without([String])
    case sum
    case all
  }

  /// `where` and `sum-over`, with what else may be chosen in comments.
  func lines() -> [String] {
    var kept: [String] = []
    var summed: [String] = []
    var remarks: [String] = []
    let hasLevels = account.columns.contains { $0.role == .areaLevel }
    for column in TableKey.columns(account.columns) {
      switch choice(column) {
      case .one(let text):
        kept.append("\(name(column)): \(quoted(text))")
        let others = column.examples.filter { $0 != text }
        if column.totals.isEmpty || column.totals.count > 1, !others.isEmpty {
          remarks.append("# or keep other rows: \(name(column)) has \(KeptRows.texts(column))")
        }
      case .without(let texts):
        let list = texts.map(quoted).joined(separator: ", ")
        kept.append("\(name(column)): { not: \(texts.count == 1 ? list : "[ \(list) ]") }")
      case .sum: summed.append(name(column))
      case .all: break
      }
      let doubtful = others(column).filter(KeptRows.hasDigit)
      if isKey(column), !doubtful.isEmpty {
        remarks.append(
          "# \(doubtful.map(ScalarText.quoted).joined(separator: ", ")): no periods; a footnote marker may follow one"
        )
      }
      if let levels = column.area?.levels, isKey(column), !hasLevels, Findings.areStacked(levels) {
        remarks.append(
          "# \(name(column)) holds several levels: \(Findings.text(levels)); keep one")
      }
    }
    return (kept.isEmpty ? [] : ["where: { \(kept.joined(separator: ", ")) }"])
      + (summed.isEmpty
        ? []
        : [
          "sum-over: [ \(summed.joined(separator: ", ")) ]   # their rows are added up; or keep some with `where`"
        ])
      + remarks
  }

  /// A text as a filter names it.
  private func quoted(_ text: String) -> String {
    ScalarText.quoted(trims ? text.trimmed() : text)
  }

  private func isKey(_ column: ColumnAccount) -> Bool {
    keys.contains { $0.position == column.position }
  }

  /// Texts among periods that are none: those with digits may be periods with the mark of a note.
  private func others(_ column: ColumnAccount) -> [String] { column.periods?.others ?? [] }

  private static func hasDigit(_ text: String) -> Bool { text.contains(where: \.isNumber) }

  private func choice(_ column: ColumnAccount) -> Choice {
    if isKey(column) {
      let totals = column.position == category?.position && column.totals.count == 1
      let without =
        (totals ? column.totals : []) + others(column).filter { !KeptRows.hasDigit($0) }
        + (column.blankCount > 0 ? [""] : [])
      return without.isEmpty ? .all : .without(without)
    }
    guard column.distinctCount > 1 || column.blankCount > 0 else { return .all }
    let first = column.examples.first ?? ""
    switch column.role {
    case .measure: return .one(column.examples.first { ProposedKind(of: $0) != nil } ?? first)
    case .areaLevel: return .one(first)
    case .filter where ColumnNames.isGrouping(column.name):
      return .one(column.examples.first { !column.totals.contains($0) } ?? first)
    case _ where repeatsKey(column): return .all
    case .areaCode, .areaName: return .sum
    default: return column.totals.first.map { .one($0) } ?? .sum
    }
  }

  /// Whether a column says the same as a key in other words, names beside codes or a date beside its label, or
  /// a key alone tells all rows apart.
  private func repeatsKey(_ column: ColumnAccount) -> Bool {
    if keys.contains(where: { !$0.isDistinctCapped && $0.distinctCount == account.rowCount }) {
      return true
    }
    return keys.contains { key in
      key.distinctCount == column.distinctCount && key.blankCount == column.blankCount
        && key.role.isOfSameKey(as: column.role)
        && (key.role != column.role || key.examples == column.examples)
    }
  }

  static func texts(_ column: ColumnAccount) -> String {
    column.examples.prefix(3).map(ScalarText.quoted).joined(separator: ", ")
      + (column.distinctCount > 3 ? " and \(column.distinctCount - 3) more" : "")
  }
}

extension ColumnRole {
  /// Whether columns of both roles say the same kind of thing.
  fileprivate func isOfSameKey(as other: ColumnRole) -> Bool {
    [[.areaCode, .areaName], [.categoryCode, .categoryLabel], [.period, .date]].contains {
      (roles: [ColumnRole]) in roles.contains(self) && roles.contains(other)
    }
  }
}
