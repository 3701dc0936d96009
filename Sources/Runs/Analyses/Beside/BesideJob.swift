import Jobs
import Mismatch

/// The indicators that a job shows beside the matrix, in its order.
struct BesideJob: Sendable {
  /// What counts are divided by.
  enum Divisor: Sendable {
    case side(Side)
    /// Another indicator of the job, by its number.
    case indicator(Int)
  }

  struct Entry: Sendable {
    let name: String
    let extract: SideJob
    /// Nil for counts and rates as they are.
    let divisor: Divisor?
    /// How many of the divisor a ratio is for.
    let multiplier: Double
  }

  let entries: [Entry]

  /// What an indicator is divided by, in words; nil for one that is not.
  func divisorName(_ entry: Entry) -> String? {
    entry.divisor.map { divisor in
      switch divisor {
      case .side(let side): side.rawValue
      case .indicator(let number): entries[number].name
      }
    }
  }
}

extension JobNode {
  /// The block `beside`: a list of indicators.
  ///
  /// - Throws: ``Failure`` for names that are taken, for a divisor that is none, and for rates that would be divided.
  func beside(folder: String) throws -> BesideJob {
    let nodes = try someItems()
    let own = ["name", "per", "multiplier"]
    var extracts: [(name: String, job: SideJob)] = []
    for node in nodes {
      let name = try node.nameOfIndicator(among: extracts.map(\.name))
      extracts.append((name, try node.extract(named: name, besides: own, folder: folder)))
    }
    let names = extracts.map(\.name)
    return BesideJob(
      entries: try zip(nodes, extracts).map { node, extract in
        let pairs = Dictionary(try node.pairs().map { ($0.key, $0.value) }) { $1 }
        let divisor = try pairs["per"]?.divisor(of: extract, among: names)
        if let per = pairs["per"], extract.job.kind == .rate {
          throw per.wrong(
            expected: "no `per` beside `kind: rate`", advice: "Divide counts; a rate stays as it is"
          )
        }
        if case .indicator(let number) = divisor, extracts[number].job.kind == .rate,
          let per = pairs["per"]
        {
          throw per.wrong(
            expected: "counts to divide by, and \"\(names[number])\" is a rate",
            advice: "Name an indicator of `kind: count`")
        }
        if let multiplier = pairs["multiplier"], divisor == nil {
          throw multiplier.wrong(
            expected: "`per` beside it", advice: "Name what counts are divided by, or leave it out")
        }
        return BesideJob.Entry(
          name: extract.name, extract: extract.job, divisor: divisor,
          multiplier: try pairs["multiplier"]?.number(in: .parameters) ?? 1)
      })
  }

  private func nameOfIndicator(among taken: [String]) throws -> String {
    guard isMapping, let node = try pairs().first(where: { $0.key == "name" })?.value else {
      throw Failure(
        .badData, at: place, "an indicator in `beside` has no key \"name\"",
        expected: "`name`, which tables and charts show, and `file`, `area` and `value`")
    }
    let name = try node.text()
    guard !name.trimmed().isEmpty, !Side.allCases.contains(where: { name.isSpelt(as: $0.rawValue) })
    else {
      throw node.wrong(expected: "a name other than provision and demand")
    }
    guard !taken.contains(where: { $0.isSpelt(as: name) }) else {
      throw node.wrong(expected: "a name that no other indicator has")
    }
    return name
  }

  /// `provision`, `demand`, or the name of another indicator.
  private func divisor(of extract: (name: String, job: SideJob), among names: [String]) throws
    -> BesideJob.Divisor
  {
    let text = try text()
    if let side = Side(rawValue: text) { return .side(side) }
    let others = names.filter { !$0.isSpelt(as: extract.name) }
    guard others.contains(where: { $0.isSpelt(as: text) }),
      let number = names.firstIndex(where: { $0.isSpelt(as: text) })
    else {
      throw Failure.unknown(
        "divisor", text, known: Side.allCases.map(\.rawValue) + others, at: place, within: path)
    }
    return .indicator(number)
  }
}
