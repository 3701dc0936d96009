/// Which bounds of withheld counts a run publishes, where totals tell more than the source's marks did.
///
/// A mark says that a count lies within bounds; a published total minus the other parts may narrow them
/// until the count is as good as printed. The width of such an interval is what Hundepool et al. (2012),
/// Statistical Disclosure Control, chapter 4, https://doi.org/10.1002/9781118348239, call the protection
/// of a withheld cell.
package struct DisclosureGuard: Sendable, Equatable {
  /// What is published of an area with a withheld count whose bounds are too narrow.
  package enum Publication: String, Sendable, CaseIterable {
    /// All its bounds as they would be if the area had no published total.
    case untightened = "unsharpened"
    /// Its bounds as the total tightens them.
    case tightened = "sharpened"
  }

  /// An interval that a total narrowed to less than this is too narrow; 0 finds none.
  package var leastWidth: Double
  package var publication: Publication

  package init(leastWidth: Double = 10, publication: Publication = .untightened) {
    self.leastWidth = leastWidth
    self.publication = publication
  }

  /// Whether a total tells too much of a withheld count.
  ///
  /// - Parameters:
  ///   - own: its bounds by mark and rounding alone.
  ///   - tightened: its bounds given its area's total, within `own`.
  package func finds(own: ClosedRange<Double>, tightened: ClosedRange<Double>) -> Bool {
    let width = tightened.upperBound - tightened.lowerBound
    let ownWidth = own.upperBound - own.lowerBound
    // Sums of decimals narrow an interval by the rounding of the additions.
    return width < leastWidth && ownWidth - width > 1e-9 * max(1, tightened.upperBound)
  }
}
