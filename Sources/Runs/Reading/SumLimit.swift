import Extracts
import Jobs
import Mismatch

extension SideReader {
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
    let origin = tally.areas.place(of: code).flatMap { firstOrigin(area: $0, period: period) }
    let side = "\(job.side.rawValue), period \(tally.periods[period])"
    let largest = NumberText.text(of: Figure.largestCount)
    throw Failure(
      .badData,
      at: origin.map { Place(file: job.files[$0.input].path, line: $0.line) },
      isOfArea
        ? "\(side): the counts of area \"\(code)\" sum to \(NumberText.digits(of: sums[most]))"
        : "\(side): the counts of all areas sum to \(NumberText.digits(of: whole)), most of them in "
          + "area \"\(code)\"",
      expected: "at most \(largest), up to which whole numbers are exact, also at upper bounds",
      advice: "Check the column: it may hold reference numbers. A marker without an upper bound is "
        + "written `0..`")
  }

  /// Where the first figure of an area in a period was read.
  private func firstOrigin(area: Int, period: Int) -> Origin? {
    parts.isEmpty
      ? tally.firstOrigin(area: area, period: period)
      : parts.firstOrigin(area: area, period: period)
  }
}
