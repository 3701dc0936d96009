import Mismatch

/// Writes a whole job for two files.
package struct JobProposal {
  private let sides: [Proposal]

  /// - Parameters:
  ///   - provision: the accounts of the file that is provision, unless words of both files say otherwise.
  ///   - demand: those of the other one.
  /// - Returns: nil where one of them has no table of figures that a run would read.
  package init?(provision: [Account], demand: [Account]) {
    let found = [provision, demand].compactMap { accounts in
      accounts.first(where: \.mayBeProposed).map(Proposal.init)
    }
    guard found.count == 2 else { return nil }
    let told = found.map { $0.sideAndKind()?.side }
    sides = told == [.demand, .provision] ? found.reversed() : found
  }

  /// The job; nil where one of the tables cannot be read as a side.
  package func text() -> String? {
    guard let provision = sides[0].text(as: .provision), let demand = sides[1].text(as: .demand)
    else { return nil }
    return provision + demand + periods() + schemes()
  }

  /// The last period of each side as a pair, where none is known to be on both.
  private func periods() -> String {
    let labels = sides.map(\.periodLabels)
    guard labels.allSatisfy({ !$0.isEmpty }), labels.contains(where: { $0.count > 1 }) else {
      return ""
    }
    let spans = labels.map { Set($0.compactMap { Period($0)?.span }) }
    guard spans[0].isDisjoint(with: spans[1]) else { return "" }
    let last = labels.compactMap { labels in
      labels.max { left, right in
        guard let left = Period(left)?.span, let right = Period(right)?.span else { return false }
        return left < right
      }
    }
    return
      "periods: { pair: \(ScalarText.quoted(last.joined(separator: " = "))) }   # the last ones; confirm\n"
  }

  private func schemes() -> String {
    let schemes = sides.compactMap(\.scheme)
    guard schemes.count == 2, schemes[0] != schemes[1] else { return "" }
    return "# sectors: provision has \(schemes[0]), demand has \(schemes[1]); "
      + "convert one to the other with `crosswalk`\n"
  }
}

extension Proposal {
  /// Labels of the periods of the figures, as far as they are known.
  fileprivate var periodLabels: [String] {
    if headings?.role == .period, headings?.crossed == nil { return values.map(\.name) }
    // A side without periods has one, which runs call "all".
    guard let period else { return ["all"] }
    return period.periods?.labels.filter { Period($0) != nil } ?? []
  }

  /// The classification of the categories.
  fileprivate var scheme: String? { headings?.scheme ?? category?.scheme }
}
