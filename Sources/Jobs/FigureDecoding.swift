import Extracts
import Mismatch

/// Keys that say how published figures are read.
let figureKeys = ["unit", "rounding", "markers", "point"]

extension JobNode {
  /// How figures are read; what is not said here is taken from `inherited`, the rounding only with its unit.
  package func figures(_ keys: [String: JobNode], inherited: FigureJob? = nil) throws -> FigureJob {
    let unit = try keys["unit"]?.unit() ?? inherited?.unit ?? .one
    let (rounding, roundingText) = try rounding(keys, in: unit, inherited: inherited)
    let stated = try keys["markers"]?.markers(rounding: rounding, unit: unit) ?? []
    let tellsLowCounts = stated.contains { $0.1.status.contains(.low) }
    let ownMarkers = (inherited?.ownMarkers ?? [:]).merging(stated) { $1 }
    return FigureJob(
      unit: unit, rounding: rounding, roundingText: roundingText,
      markers: Marker.conventional(rounding: rounding).merging(ownMarkers) { $1 },
      ownMarkers: ownMarkers,
      point: try keys["point"]?.point(unit: unit) ?? inherited?.point ?? .middle,
      imputationText: try keys["point"]?.text() ?? inherited?.imputationText ?? "middle",
      zeroIsExact: rounding == .none || tellsLowCounts)
  }

  /// The rounding of counts, and as the job writes it.
  ///
  /// Figures in a larger unit are rounded to it unless the job says how else, or names the source's own bounds:
  /// 51 thousand is not 51,000 exactly.
  private func rounding(_ keys: [String: JobNode], in unit: CountUnit, inherited: FigureJob?) throws
    -> (rounding: Rounding, text: String)
  {
    if let stated = keys["rounding"] {
      return (try stated.rounding().scaled(by: unit), try stated.text())
    }
    if let inherited, keys["unit"] == nil { return (inherited.rounding, inherited.roundingText) }
    return unit == .one || keys["bounds"] != nil
      ? (.none, "none") : (.nearest(unit.size), "nearest 1")
  }

  /// `hundreds`, `thousands`, `millions`, or how many counts a published figure of 1 stands for.
  package func unit() throws -> CountUnit {
    if let named = CountUnit(word: try text()) { return named }
    guard let size = try? number(in: .parameters) else {
      throw wrong(expected: "hundreds, thousands, millions, or a number such as 1000")
    }
    return CountUnit(size: size)
  }

  private func rounding() throws -> Rounding {
    let words = try text().split(separator: " ").map(String.init)
    switch words.first {
    case "none" where words.count == 1: return .none
    case "bres" where words.count == 1: return .banded(RoundingBand.bresOpen)
    case "bres" where words == ["bres", "safeguarded"]: return .banded(RoundingBand.bresSafeguarded)
    case "nearest" where words.count == 2:
      if var unit = words.last, let value = unit.withUTF8({ NumberText.value(of: $0) }), value > 0,
        NumberRange.counts.contains(value)
      {
        return .nearest(value)
      }
      fallthrough
    default:
      throw wrong(expected: "none, nearest N, bres or bres safeguarded")
    }
  }

  private func point(unit: CountUnit) throws -> ImputationRule {
    switch try text() {
    case "lower": return .lower
    case "middle": return .middle
    default:
      guard let number = try? number(in: .counts) else {
        throw wrong(expected: "lower, middle or a number")
      }
      return .number(unit.counts(number))
    }
  }

  /// `{ text: bounds }`, `{ text: mark }`, or `{ text: { status: mark, bounds: bounds } }`.
  private func markers(rounding: Rounding, unit: CountUnit) throws -> [(Spelling, Marker)] {
    let conventional = Marker.conventional(rounding: rounding)
    return try pairs().map { text, value in
      if value.isMapping {
        let keys = try value.keyed(["status", "bounds"])
        let mark = try keys.required("status", of: value)
        guard let status = Status.marks[try mark.text()] else { throw mark.wrongMark() }
        let bounds = try keys["bounds"]?.bounds(in: unit)
        let usual = conventional[try mark.text()]
        return (
          Spelling(text),
          Marker(
            status: status, lower: bounds?.lower ?? usual?.lower ?? 0,
            upper: bounds?.upper ?? usual?.upper ?? .infinity)
        )
      }
      let words = try value.text()
      if let status = Status.marks[words] {
        guard let marker = conventional[words] ?? Marker.unbounded(status) else {
          throw value.wrong(
            expected: "bounds such as 1..4",
            advice: "`\(words)` has bounds of its own only with `rounding: nearest N`")
        }
        return (Spelling(text), marker)
      }
      let bounds = try value.bounds(in: unit)
      let bare =
        text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
      return (
        Spelling(text),
        Marker(
          status: Status.marks[bare] ?? .confidential, lower: bounds.lower, upper: bounds.upper)
      )
    }
  }

  /// `1..4`, `0..` (no upper bound), or one number; in the unit of the figures.
  private func bounds(in unit: CountUnit) throws -> (lower: Double, upper: Double) {
    let words = try text()
    let parts = words.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.map { part in
      var part = part
      return part.withUTF8 { NumberText.value(of: $0) }.map(unit.counts)
    }
    let range = NumberRange.counts
    switch (parts.count, numbers.first ?? nil, numbers.last ?? nil) {
    case (1, let number?, _) where range.contains(number): return (number, number)
    case (2, let lower?, let upper?)
    where range.contains(lower) && lower <= upper && range.contains(upper):
      return (lower, upper)
    case (2, let lower?, nil) where range.contains(lower) && parts[1].isEmpty:
      return (lower, .infinity)
    default:
      throw wrong(
        expected: "bounds such as 1..4, a number, or a mark: "
          + Status.marks.keys.sorted().joined(separator: ", "))
    }
  }

  private func wrongMark() -> Failure {
    wrong(expected: "a mark: " + Status.marks.keys.sorted().joined(separator: ", "))
  }
}

extension Marker {
  /// A mark that hides any count; nil for `low`, which cannot.
  package static func unbounded(_ status: Status) -> Marker? {
    status == .low ? nil : Marker(status: status, lower: 0, upper: .infinity)
  }
}
