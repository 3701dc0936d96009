import Extracts
import Mismatch
import Runs

/// One cell of a run in one sentence: both shares, the gap with its interval, what it is called, and whether
/// the call holds under every crosswalk that was tried.
///
/// Names are as they were given: whoever shows the sentence escapes or shortens them.
package struct CellSentence: Encodable, Sendable {
  /// What one side has in the cell.
  package struct Side: Sendable {
    /// Such as `achievements`.
    package let kind: String
    /// Of 1; nil where it is undefined or was not written.
    package let share: Double?
    package let count: WrittenFigure

    package init(kind: String, share: Double?, count: WrittenFigure) {
      (self.kind, self.share, self.count) = (kind, share, count)
    }

    /// People are said to be trained; other kinds are their own noun.
    fileprivate var noun: String { kind == "people" ? "people trained" : kind }
  }

  private let area: String?
  private let sector: String
  private let sides: Sides<Side>
  private let gap: WrittenFigure
  private let interval: WrittenInterval?
  private let call: Call?
  private let survives: Bool?

  /// - Parameters:
  ///   - area: nil for all areas together.
  ///   - gap: in percentage points, with its bounds.
  ///   - interval: the gap's combined interval; its bounds are used in its place where it is nil.
  ///   - call: nil where nothing is called.
  ///   - survives: whether the call is the same under all alternatives; nil where none was tried.
  package init(
    area: String?, sector: String, provision: Side, demand: Side, gap: WrittenFigure,
    interval: WrittenInterval?, call: Call?, survives: Bool?
  ) {
    (self.area, self.sector) = (area, sector)
    sides = Sides { $0 == .provision ? provision : demand }
    (self.gap, self.interval) = (gap, interval ?? WrittenInterval(gap.lower, gap.upper))
    (self.call, self.survives) = (call, survives)
  }

  /// The sentence, with its full stop.
  package var text: String { text { $0 } }

  /// The same with other forms of the names, such as shortened ones.
  package func text(names: (String) -> String) -> String {
    let place = "In \(area.map(names) ?? "all areas together"), "
    let sector = names(sector)
    let shares = sides.both.compactMap { side in
      side.share.map { "\(percent($0)) of \(side.noun)" }
    }
    let subject =
      shares.isEmpty
      ? place + sector
      : place + shares.joined(separator: " and ")
        + " are in \(sector)"
    return subject + ": " + verdict + suppressed + "."
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  // MARK: Parts

  private var verdict: String {
    guard let value = gap.value else { return undefined }
    let words: String
    switch call {
    case .over, .under: words = provided(value)
    case .balanced: words = "balanced, with " + stated(value)
    case .unclear: words = "unclear, with " + stated(value) + " too uncertain to call"
    case nil: words = stated(value)
    }
    return words + robustness
  }

  /// Over-provided or under-provided by so much, without a sign where the whole interval has one.
  private func provided(_ value: Double) -> String {
    let side = call == .over ? "over-provided" : "under-provided"
    let sign = call == .over ? 1.0 : -1
    guard value * sign > 0, interval?.isBeyondZero(sign) ?? true else {
      return "\(side), with " + stated(value)
    }
    let ends = interval.map { interval in
      let ends = [interval.lower * sign, interval.upper * sign].sorted().map {
        SectionNumber.fixed($0)
      }
      return " (\(ends[0]) to \(ends[1]))"
    }
    return "\(side) by \(SectionNumber.fixed(abs(value))) percentage points" + (ends ?? "")
  }

  private func stated(_ value: Double) -> String {
    "a gap of \(signed(value)) percentage points"
      + (interval.map { " (\($0.text))" } ?? "")
  }

  private var robustness: String {
    guard call != nil, let survives else { return "" }
    return survives ? ", whichever crosswalk is used" : ", but not under every crosswalk"
  }

  private var undefined: String {
    let reasons = gap.reasons.joined(separator: "; ")
    let because = reasons.isEmpty ? "" : " (\(reasons))"
    guard let interval else { return "the gap is undefined" + because }
    return "the gap is not known, but lies between \(signed(interval.lower)) and "
      + "\(signed(interval.upper)) percentage points" + because
  }

  /// Counts of the cell that are withheld and may be as large as the count itself.
  private var suppressed: String {
    sides.both.filter(\.count.isMostlySuppressed).map { side in
      let (lower, upper) = (side.count.lower ?? 0, side.count.upper)
      let bounds =
        upper.map { "\(NumberText.grouped(lower)) to \(NumberText.grouped($0))" }
        ?? "\(NumberText.grouped(lower)) or more"
      return "; its \(side.noun) are partly or wholly suppressed: \(bounds)"
    }.joined()
  }
}
