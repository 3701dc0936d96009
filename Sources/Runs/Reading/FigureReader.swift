import Extracts
import Jobs
import Mismatch

/// A figure as it stands in a value column.
package enum ReadFigure {
  case number(Double)
  case marked(Marker)
}

/// Reads the fields of value columns: numbers, and the markers that the job explains.
struct FigureReader {
  private let figures: FigureJob
  private let decimal: DecimalMark
  let markedFields: MarkedFields

  /// Whether a text that begins with a digit may be a marker.
  let hasNumericMarker: Bool

  init(_ figures: FigureJob, decimal: DecimalMark) {
    self.figures = figures
    self.decimal = decimal
    markedFields = MarkedFields(figures.markers, unit: figures.unit, decimal: decimal)
    hasNumericMarker = figures.markers.keys.contains { ("0"..."9").contains($0.text.prefix(1)) }
  }

  /// The counts that a field's number stands for, also below 0; nil for what is none or is too large.
  @inline(__always)
  func counts(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    NumberText.value(of: bytes, decimal: decimal).map(figures.unit.counts).flatMap {
      abs($0) <= Figure.largestCount ? $0 : nil
    }
  }

  /// The figure in a column of the current row.
  ///
  /// - Throws: ``Failure`` (`badData`) for a text that is no number and no marker, and for a number
  ///   that is no count.
  @inline(__always)
  func read(_ rows: inout RowTable, _ column: Int) throws -> ReadFigure {
    let bytes = rows.figure(column)
    if !hasNumericMarker, let first = bytes.first, first >= 48, first <= 57,
      let value = NumberText.value(of: bytes, decimal: decimal).map(figures.unit.counts),
      NumberRange.counts.contains(value)
    {
      return .number(value)
    }
    return try readCarefully(&rows, column)
  }

  private func readCarefully(_ rows: inout RowTable, _ column: Int) throws
    -> ReadFigure
  {
    if let marker = markedFields.marker(of: rows.figure(column)) { return .marked(marker) }
    if NumberText.value(of: rows.figure(column), decimal: decimal) != nil {
      return .number(try rows.count(column, in: figures.unit, what: "count"))
    }
    throw unknown(try rows.figureText(column), at: rows.place(column))
  }

  private func unknown(_ text: String, at place: Place) -> Failure {
    Failure(
      .badData, at: place, "\"\(text)\" is neither a number nor a marker",
      expected: "a number, or one of: "
        + Codebook.sorted(figures.markers.keys).joined(separator: ", "),
      advice: figures.advice(on: text))
  }
}

extension FigureJob {
  /// The bounds of a figure: those of its rounding or its mark.
  func bounds(of figure: ReadFigure) -> (lower: Double, upper: Double) {
    switch figure {
    case .number(let value): bounds(of: value)
    case .marked(let marker): (marker.lower, marker.upper)
    }
  }

  /// The bounds of a published number.
  @inline(__always)
  package func bounds(of value: Double) -> (lower: Double, upper: Double) {
    rounding.bounds(of: value, zeroIsExact: zeroIsExact)
  }
}

/// Reads the source's own bounds of a number.
struct BoundsReader {
  private let lower: Int
  private let upper: Int
  private let unit: CountUnit

  /// A reader of the job's columns in this file; nil where the job names none.
  init?(_ job: BoundsJob?, in unit: CountUnit, _ table: borrowing RowTable) throws {
    guard let job else { return nil }
    self.unit = unit
    lower = try table.column(job.lower)
    upper = try table.column(job.upper)
  }

  /// The bounds in the current row.
  ///
  /// - Throws: ``Failure`` (`badData`) for a bound that is no number, and for a value outside them.
  func read(_ rows: inout RowTable, around value: Double) throws -> (
    lower: Double, upper: Double
  ) {
    let bounds = (
      lower: try bound(&rows, lower) ?? 0, upper: try bound(&rows, upper) ?? .infinity
    )
    guard bounds.lower <= value, value <= bounds.upper else {
      throw Failure(
        .badData, at: rows.place(lower),
        "the value \(NumberText.text(of: value)) lies outside its bounds "
          + "\(NumberText.text(of: bounds.lower)) to \(NumberText.text(of: bounds.upper))",
        advice: "Check that `bounds` names the columns of this value's bounds")
    }
    return bounds
  }

  private func bound(_ rows: inout RowTable, _ column: Int) throws -> Double? {
    if rows.figure(column).isEmpty { return nil }
    return try rows.count(column, in: unit, what: "bound")
  }
}
