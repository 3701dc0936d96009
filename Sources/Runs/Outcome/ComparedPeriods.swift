import Extracts
import Jobs
import Mismatch

extension PeriodPair {
  /// The period of one side.
  package func label(of side: Side) -> String { side == .provision ? provision : demand }

  /// The period of one side that is to be foreseen, written `forecast Jul 26`; nil where its counts are read.
  package func forecast(of side: Side) -> String? {
    let words = label(of: side).split(separator: " ", maxSplits: 1)
    return words.count == 2 && words[0] == "forecast" ? String(words[1]) : nil
  }
}

/// The pairs of periods that a run compares, and whether it is known which comes before which.
package struct ComparedPeriods: Sendable {
  /// Earliest first where that is known; otherwise in the order of the job, or by label.
  package let pairs: [PeriodPair]
  /// Why it is not known which comes before which, as a clause; nil where it is.
  let disorder: String?

  private init(pairs: [PeriodPair], disorder: String?) {
    self.pairs = pairs
    self.disorder = disorder
  }

  /// The pairs that a job names, or those of equal labels and of labels that are the same period.
  ///
  /// They go by time: by provision, then by demand, as far as all labels of a side are periods. Pairs that this
  /// does not tell apart keep the order of the job. An `order` of the job goes before all that.
  ///
  /// - Parameters:
  ///   - tallies: of both sides, with all that was read.
  ///   - needOfOrder: why the order must be known, as a clause; nil where it need not be.
  /// - Throws: ``Failure`` where a named period does not occur, where the job names none and nothing pairs
  ///   by itself or more than one way, for an `order` that does not list what is compared, and where the job
  ///   asks for a path over periods without an order.
  package init(of job: Job, _ tallies: Sides<Tally>, needOfOrder: String?) throws {
    let sides = tallies.map { PeriodLabels($0.usedPeriods) }
    for side in Side.allCases where sides[side].count == 0 {
      throw Failure(
        .badData, at: job.place(of: side), "no row of \(side.rawValue) is left to compare",
        expected: "rows below the header", advice: "Check the file, and `where` in the job")
    }
    if let pairs = job.periodPairs { try job.verify(pairs, sides) }
    let pairs = try job.periodPairs ?? job.meetingPairs(sides)
    if let order = job.periodOrder {
      self.init(pairs: try job.sorted(pairs, by: order, sides), disorder: nil)
    } else {
      self.init(pairs, sides, isListed: job.periodPairs != nil)
    }
    if let disorder, let needOfOrder {
      throw Failure(
        .badData, at: Place(file: job.file), "\(needOfOrder), but \(disorder)",
        advice: "List them, earliest first: `periods: { order: [...] }`")
    }
  }

  /// Puts pairs in order of time.
  ///
  /// - Parameter isListed: whether the job lists them, so that their order says something.
  private init(_ pairs: [PeriodPair], _ sides: Sides<PeriodLabels>, isListed: Bool) {
    let spans = pairs.map { pair in
      Sides { side in
        sides[side][pair.label(of: side)]?.span
          ?? pair.forecast(of: side).flatMap { Period($0)?.span }
      }
    }
    let timed = Side.allCases.filter { side in
      spans.allSatisfy { $0[side] != nil }
    }
    let order = pairs.indices.sorted { left, right in
      for side in timed {
        if let first = spans[left][side], let second = spans[right][side], first != second {
          return first < second
        }
      }
      return left < right
    }
    let sorted = order.map { pairs[$0] }
    if let conflict = ComparedPeriods.conflict(sorted, order.map { spans[$0] }) {
      self.init(pairs: pairs, disorder: conflict)
    } else if pairs.count < 2 || isListed || !timed.isEmpty {
      self.init(pairs: sorted, disorder: nil)
    } else {
      let labels = pairs.map(\.label)
      let unread = labels.indices.filter { spans[$0].both.contains(nil) }.map { labels[$0] }
      self.init(pairs: sorted, disorder: "no date can be read from \(Failure.examples(unread))")
    }
  }

  /// What speaks against an order of pairs: periods of a side that stand in it against time.
  private static func conflict(_ pairs: [PeriodPair], _ spans: [Sides<Period.Span?>]) -> String? {
    for side in Side.allCases {
      let known = pairs.indices.filter { spans[$0][side] != nil }
      for (before, after) in zip(known, known.dropFirst()) {
        guard let first = spans[before][side], let second = spans[after][side],
          second < first
        else { continue }
        return "\"\(pairs[after].label)\" comes after \"\(pairs[before].label)\", but "
          + "\"\(pairs[after].label(of: side))\" comes before \"\(pairs[before].label(of: side))\""
      }
    }
    return nil
  }
}

extension Job {
  fileprivate func place(of side: Side) -> Place {
    Place(file: sides[side].table.files.first?.path ?? file)
  }

  /// Makes sure that rows were read of all periods that the job names.
  fileprivate func verify(_ pairs: [PeriodPair], _ sides: Sides<PeriodLabels>) throws {
    for pair in pairs {
      for side in Side.allCases
      where pair.forecast(of: side) == nil && !sides[side].contains(pair.label(of: side)) {
        let (labels, label) = (sides[side], pair.label(of: side))
        throw Failure(
          .badData, at: Place(file: file), "no row of \(side.rawValue) has period \"\(label)\"",
          expected: "one of " + Failure.examples(labels.sorted),
          advice: labels.label(for: label).map { "\"\($0)\" is the same period" }
            ?? Failure.lookalike(of: label, among: labels.sorted))
      }
    }
  }

  /// The pairs of labels that are equal or the same period, in order of provision's.
  fileprivate func meetingPairs(_ sides: Sides<PeriodLabels>) throws -> [PeriodPair] {
    let (provision, demand) = (sides.provision, sides.demand)
    try verifyOneLabel(of: .provision, provision, against: demand)
    try verifyOneLabel(of: .demand, demand, against: provision)
    let pairs = provision.sorted.compactMap { label -> PeriodPair? in
      if demand.contains(label) {
        return PeriodPair(label: label, provision: label, demand: label)
      }
      let same = provision[label].map { demand.labels(of: $0.span) } ?? []
      return same.first.map { PeriodPair(unlike: label, $0) }
    }
    if !pairs.isEmpty { return pairs }
    if provision.count == 1, demand.count == 1 {
      return [PeriodPair(unlike: provision.sorted[0], demand.sorted[0])]
    }
    throw Failure(
      .badData, at: Place(file: file),
      "no period occurs on both sides: provision has "
        + Failure.examples(provision.sorted) + "; demand has " + Failure.examples(demand.sorted),
      advice:
        "Pair the periods: `periods: { pair: \"\(provision.sorted[0]) = \(demand.sorted[0])\" }`")
  }

  /// Makes sure that a side has one label for each period that the other side has too.
  private func verifyOneLabel(
    of side: Side, _ labels: PeriodLabels, against others: PeriodLabels
  ) throws {
    for twins in labels.twins {
      guard let span = labels[twins[0]]?.span, let other = others.labels(of: span).first else {
        continue
      }
      let pair = side == .provision ? "\(twins[0]) = \(other)" : "\(other) = \(twins[0])"
      let differInSpaces = Set(twins.map { $0.trimmed() }).count == 1
      throw Failure(
        .badData, at: place(of: side),
        "\(side.rawValue) has \(twins.count) labels for one period: \(Failure.examples(twins))",
        expected: "one label for each period",
        advice: differInSpaces
          ? "Set `trim: true`, which removes spaces at the ends of fields"
          : "Use one label in the source, keep one with `where`, or state which is compared: "
            + "`periods: { pair: \"\(pair)\" }`")
    }
  }

  /// Pairs in the order in which the job lists their labels.
  fileprivate func sorted(_ pairs: [PeriodPair], by order: [String], _ sides: Sides<PeriodLabels>)
    throws -> [PeriodPair]
  {
    let known = PeriodLabels(pairs.map(\.label) + sides.both.flatMap(\.sorted)).sorted
    for label in order where !known.contains(where: { $0.isSpelt(as: label) }) {
      throw Failure.unknown(
        "period", label, known: known, at: Place(file: file), within: "periods.order")
    }
    let places = pairs.map { pair in
      order.firstIndex { $0.isSpelt(as: pair.label) }
    }
    if let missing = places.firstIndex(of: nil) {
      throw Failure(
        .badData, at: Place(file: file),
        "`periods.order` omits \"\(pairs[missing].label)\", which is compared",
        expected: "every period that is compared, earliest first")
    }
    return pairs.indices.sorted { (places[$0] ?? 0) < (places[$1] ?? 0) }.map { pairs[$0] }
  }
}

extension PeriodPair {
  /// A pair of unlike labels, named by both.
  fileprivate init(unlike provision: String, _ demand: String) {
    self.init(label: "\(provision) = \(demand)", provision: provision, demand: demand)
  }
}
