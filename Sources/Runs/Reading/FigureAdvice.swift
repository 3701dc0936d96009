import Extracts
import Jobs
import Mismatch

extension FigureJob {
  /// What to do about a text of a value column that is neither a number nor a marker.
  ///
  /// Only a text without digits is offered as a marker: one with digits may be a number that is written otherwise.
  func advice(on text: String) -> String {
    if markers[text.trimmed()] != nil {
      return "Without the spaces around it, it is a marker: set `trim: true`"
    }
    let fault = NumberFault(text)
    switch fault {
    case .percentage, .money:
      return
        "It is \(fault == .money ? "an amount of money" : "a percentage"), not a count: name the column of "
        + "counts as `value`"
    case .negative:
      return
        "Brackets around a number, or a dash before it, say that it is below 0, which no count is: name the column of counts as "
        + "`value`"
    case .noted(let number, let note):
      return
        "It is the number \(number) with the note \"\(note)\": move the note to a column of its own, and name "
        + "that as `status`"
    case .range:
      return
        "It is a range of counts: give its lower and upper bound under `markers`, as the source defines it"
    case .dash(let isSpaced):
      return advice(onDash: text.trimmed(), isSpaced: isSpaced)
    case .failedFormula("#N/A"):
      return
        "It is a formula that found nothing: mend it in the spreadsheet, or, if the count is not available, "
        + "define it: `markers: { \"#N/A\": x }`"
    case .words: return advice(onWords: text)
    default: return fault.advice
    }
  }

  private func advice(onDash dash: String, isSpaced: Bool) -> String {
    let marker = ScalarText.quoted(dash)
    return
      "Spreadsheets show 0 as a dash, and some sources a missing or suppressed count: ask the source. For 0 "
      + "set `markers: { \(marker): 0 }`, for a count that is not known `markers: { \(marker): 0.. }`"
      + (isSpaced ? ", both with `trim: true`" : "")
  }

  private func advice(onWords text: String) -> String {
    let bare = text.trimmed()
    let isSpaced = bare.utf8.count < text.utf8.count
    let trim = isSpaced ? "Set `trim: true` for the spaces around it. " : ""
    if Status.marks[bare] == .low {
      return trim + "`low` has bounds only where the job states the source's `rounding: nearest N`"
    }
    let marker = ScalarText.quoted(bare)
    if let twin = twin(of: bare), let meaning = markers[twin] {
      let difference =
        Failure.lookalike(of: bare, among: [twin])
        ?? "It differs from the marker \"\(twin)\" in case or spaces only"
      return trim + "\(difference). If it means the same, define it as well: "
        + "`markers: { \(marker): \(jobText(of: meaning)) }`"
    }
    if bare.isEmpty {
      return trim + "If an empty field is a suppressed count, define it: `markers: { \"\": 0.. }`"
    }
    return trim
      + "If it marks a count that is not shown, define it: `markers: { \(marker): 0.. }` allows any "
      + "count; give the source's bounds, such as 1..4, if it states them"
  }

  /// Another marker that looks like a text but for case, spaces and how letters are composed.
  func twin(of text: String) -> String? {
    let shape = Markers.shape(of: text)
    return Codebook.sorted(markers.keys).first {
      Markers.shape(of: $0) == shape && !$0.isSpelt(as: text)
    }
  }

  /// A marker as a job states it, in the unit of the figures.
  private func jobText(of marker: Marker) -> String {
    let (lower, upper) = (published(marker.lower), published(marker.upper))
    let bounds = marker.lower == marker.upper ? lower : "\(lower)..\(upper)"
    let mark = Codebook.sorted(Status.marks.keys).first { Status.marks[$0] == marker.status }
    return mark.map { "{ status: \($0), bounds: \(bounds) }" } ?? bounds
  }

  /// A bound in the unit of the figures; empty for none.
  private func published(_ bound: Double) -> String {
    bound.isFinite ? NumberText.text(of: bound / unit.size) : ""
  }
}
