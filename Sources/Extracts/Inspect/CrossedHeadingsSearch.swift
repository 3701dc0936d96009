extension CrossedHeadings {
  /// Headings of this form, below which a table is no crossed one.
  private static let least = 4

  /// - Returns: nil unless nearly all headings are of two parts, each of which several share.
  init?(_ names: [String], judge: ColumnJudge) {
    for separator in ColumnNames.keySeparators {
      let pairs = names.compactMap { name -> (first: String, second: String)? in
        guard let range = name.firstRange(of: separator) else { return nil }
        return (String(name[..<range.lowerBound]), String(name[range.upperBound...]))
      }
      let firsts = Set(pairs.map(\.first)), seconds = Set(pairs.map(\.second))
      guard pairs.count >= CrossedHeadings.least, pairs.count * 5 >= names.count * 4,
        firsts.count > 1, firsts.count < pairs.count, seconds.count < pairs.count,
        !pairs.contains(where: { $0.first.isEmpty || $0.second.isEmpty })
      else { continue }
      let first = CrossedHeadings.role(pairs.map(\.first), judge)
      guard [.areaName, .areaCode, .period].contains(first) else { return nil }
      self.separator = separator
      if let named = pairs.map(\.second).first(where: { ProposedKind(of: $0) != nil }) {
        (roles, measure) = ([first, nil], named)
      } else {
        roles = [first, CrossedHeadings.role(pairs.map(\.second), judge)]
      }
      return
    }
    return nil
  }

  private static func role(_ texts: [String], _ judge: ColumnJudge) -> ColumnRole {
    var tally = ColumnTally(limit: 100_000)
    for text in texts { tally.add(text) }
    let role = judge.account("year", position: 0, tally).role
    return [.areaName, .areaCode, .period].contains(role) ? role : .categoryLabel
  }
}
