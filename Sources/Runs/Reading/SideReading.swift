import Extracts
import Jobs
import Mismatch

/// One input of a side, and what reading it showed.
package struct SideInput: Sendable {
  package let record: InputRecord
  /// The number of the side's table that it is of.
  let table: Int
  /// What its figures say of their rounding, and the words around them; nil where a query counted them.
  let trace: RoundingTrace?
  let wording: FigureWording?
}

/// One side as it was read, before any lookup or crosswalk.
package struct SideReading: Sendable {
  package internal(set) var tally: Tally
  /// The side's inputs, by their numbers in the tally.
  package internal(set) var sources: [SideInput]
  /// Files of totals.
  var totals: [InputRecord] = []
  /// The tallies that the side was added up from; none where its files were read.
  package var tallies: [InputRecord] = []
  /// The figures of one grid cell, where somebody asked for them.
  package internal(set) var watch: CellWatch?

  /// Roles of a tally, and of an input that came by one and was not opened.
  static func tally(_ side: String) -> String { "\(side) tally" }
  static func tallied(_ side: String) -> String { "\(side) by tally" }

  /// Whether inputs of a role are tallies, whose names say where they were when they were read.
  package static func isTally(role: String) -> Bool {
    Side.allCases.contains { role == tally($0.rawValue) }
  }

  /// Whether inputs of a role were not opened.
  package static func isTallied(role: String) -> Bool {
    Side.allCases.contains { role == tallied($0.rawValue) }
  }

  /// All that was read.
  package var inputs: [InputRecord] { sources.map(\.record) + totals + tallies }
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
    let side = "\(tally.subject.text), period \(tally.periods[period])"
    let largest = NumberText.text(of: Figure.largestCount)
    throw Failure(
      .badData,
      at: origin.map { Place(file: sources[$0.input].record.name, line: $0.line) },
      isOfArea
        ? "\(side): the counts of area \"\(code)\" sum to \(NumberText.digits(of: sums[most]))"
        : "\(side): the counts of all areas sum to \(NumberText.digits(of: whole)), most of them in "
          + "area \"\(code)\"",
      expected: "at most \(largest), up to which whole numbers are exact, also at upper bounds",
      advice: "Check the column: it may hold reference numbers. A marker without an upper bound is "
        + "written `0..`")
  }
}
