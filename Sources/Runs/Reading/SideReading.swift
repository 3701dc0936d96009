import Extracts
import Jobs
import Mismatch

/// One side as it was read, before any lookup or crosswalk.
package struct SideReading: Sendable {
  package internal(set) var tally: Tally
  /// The side's inputs, by their numbers in the tally.
  package let inputNames: [String]
  /// What is known of them, and of files of totals.
  package internal(set) var inputs: [InputRecord]
  /// What the figures of each input say of their rounding, and the words around them.
  var roundings: [RoundingTrace]
  var wordings: [FigureWording]
  /// The figures of one grid cell, where somebody asked for them.
  package let watch: CellWatch?
}

extension SideReading {
  /// Makes sure that doubles keep the sums of a period's counts exactly: those of every area and of the
  /// whole side, at the counts' values and at their upper bounds.
  ///
  /// - Throws: ``Failure`` (`badData`) that names the area, or the largest one, and its first line.
  func verifySums(of imputed: ImputedTally, period: Int) throws {
    let sums = imputed.largestSums()
    let whole = sums.reduce(0, +)
    guard whole > Figure.largestCount, let most = sums.indices.max(by: { sums[$0] < sums[$1] })
    else { return }
    let (code, isOfArea) = (imputed.areas.codes[most], sums[most] > Figure.largestCount)
    let origin = tally.areas.place(of: code).flatMap { tally.firstOrigin(area: $0, period: period) }
    let side = "\(tally.side.rawValue), period \(tally.periods[period])"
    let largest = NumberText.text(of: Figure.largestCount)
    throw Failure(
      .badData,
      at: origin.map { Place(file: inputNames[$0.input], line: $0.line) },
      isOfArea
        ? "\(side): the counts of area \"\(code)\" sum to \(NumberText.digits(of: sums[most]))"
        : "\(side): the counts of all areas sum to \(NumberText.digits(of: whole)), most of them in "
          + "area \"\(code)\"",
      expected: "at most \(largest), up to which whole numbers are exact, also at upper bounds",
      advice: "Check the column: it may hold reference numbers. A marker without an upper bound is "
        + "written `0..`")
  }
}
