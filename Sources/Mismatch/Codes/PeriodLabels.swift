/// Labels of periods that belong together, such as those of one side, with the periods that they are.
///
/// They are read together: `2011-12` is December 2011 where another label of figures alone is a month and none is
/// a year from one to the next, and 2011/12 otherwise.
package struct PeriodLabels: Sendable {
  private let labels: Set<Spelling>
  private let periods: [Spelling: Period]
  private let labelsBySpan: [Period.Span: [String]]
  private let prefersMonth: Bool

  package init(_ labels: some Sequence<String>) {
    self.labels = Set(labels.map(Spelling.init))
    prefersMonth = PeriodLabels.holdsMonths(self.labels)
    var periods: [Spelling: Period] = [:]
    for label in self.labels { periods[label] = Period(label.text, prefersMonth: prefersMonth) }
    self.periods = periods
    labelsBySpan = Dictionary(grouping: periods.values, by: \.span).mapValues { periods in
      Codebook.sorted(periods.map(\.label))
    }
  }

  package init(_ labels: some Sequence<Spelling>) { self.init(labels.map(\.text)) }

  /// The labels in order of time, labels that are no period last; where that leaves them equal, by Unicode scalar.
  package var sorted: [String] {
    labelsBySpan.sorted { $0.key < $1.key }.flatMap(\.value)
      + Codebook.sorted(labels.filter { periods[$0] == nil })
  }

  package var count: Int { labels.count }

  package func contains(_ label: String) -> Bool { labels.contains(Spelling(label)) }

  /// The period of a label; nil where it is none, or none of these labels.
  package subscript(label: String) -> Period? { periods[label] }

  /// Labels that are one and the same period, in order of time.
  package var twins: [[String]] {
    labelsBySpan.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The labels that are the period of this span.
  package func labels(of span: Period.Span) -> [String] { labelsBySpan[span] ?? [] }

  /// The label that another text means: the same text, or else the only one that is the same period.
  package func label(for text: String) -> String? {
    if contains(text) { return text }
    guard let span = Period(text, prefersMonth: prefersMonth)?.span,
      let labels = labelsBySpan[span], labels.count == 1
    else {
      return nil
    }
    return labels[0]
  }

  /// The places of labels in order of time; see ``sorted``.
  package static func order(of labels: [String]) -> [Int] {
    let places = Dictionary(
      PeriodLabels(labels).sorted.enumerated().map { (Spelling($1), $0) }, uniquingKeysWith: { $1 })
    return labels.indices.sorted { (places[labels[$0]] ?? 0) < (places[labels[$1]] ?? 0) }
  }

  /// Whether labels of figures alone are months, as far as they can be read in one way only.
  private static func holdsMonths(_ labels: Set<Spelling>) -> Bool {
    var kinds: Set<Period.Kind> = []
    for label in labels.map(\.text)
    where label.utf8.count < 8 && label.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }) {
      let period = Period(label)
      if let period, period == Period(label, prefersMonth: true) { kinds.insert(period.kind) }
    }
    return kinds.contains(.month) && !kinds.contains(.twoYears)
  }
}
