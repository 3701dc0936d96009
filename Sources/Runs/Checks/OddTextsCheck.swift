import Extracts
import Jobs
import Mismatch

extension Check {
  /// Texts that do not fit those beside them.
  static let oddTexts = Check(
    "odd-texts",
    looksFor: "texts among periods that are dates, and markers that differ only in case or spaces",
    guidance:
      "Correct the text in the source, or leave its rows out with `where`; define a marker in one way"
  ) { outcome in
    outcome.allEvidence.flatMap { evidence in
      let start = "\(evidence.subject.text): "
      let found =
        periods(evidence, outcome.notedTexts)
        + markers(evidence.job.figures, outcome.job.file)
      return found.isEmpty
        ? [Finding(.pass, start + "no period or marker differs from the others in kind")]
        : found.map {
          Finding($0.verdict, start + $0.message, place: $0.place, count: $0.count)
        }
    }
  }

  /// Labels that are no periods where at least three times as many are.
  private static func periods(_ evidence: SideEvidence, _ noted: NotedTexts) -> [Finding] {
    let labels = evidence.periodLabels
    let others = labels.sorted.filter { labels[$0] == nil }
    let count = labels.count - others.count
    guard count >= 3, count >= 3 * others.count else { return [] }
    return others.map { label in
      let isCompared = evidence.periods.contains { $0.label.isSpelt(as: label) }
      let place = noted.places[NotedTexts.Key(role: .period, spelling: Spelling(label))]
      return Finding(
        .warn,
        "\"\(Corruption.shown(String(label.prefix(60))))\" is no period, among \(count) that are"
          + (isCompared ? "" : ": its rows are left out"),
        place: place?.description, count: 1)
    }
  }

  /// Markers of the job that look alike and stand for different counts.
  private static func markers(_ figures: FigureJob, _ file: String) -> [Finding] {
    Codebook.sorted(figures.ownMarkers.keys).compactMap { text in
      guard let twin = figures.twin(of: text), figures.markers[twin] != figures.markers[text]
      else { return nil }
      return Finding(
        .warn,
        "the markers \"\(text)\" and \"\(twin)\" differ only in case or spaces and stand for different counts",
        place: file, count: 1)
    }
  }
}
