/// What can be drawn as SVG.
package protocol Chart: Sendable {
  /// What it shows, in a few words; not part of what is seen of the SVG.
  var title: String { get }

  /// The chart as SVG, laid out for a width in user units.
  ///
  /// - Parameter idPrefix: what its ids begin with, unlike that of any other chart of the page.
  func svg(idPrefix: String, width: Double) -> String
}

extension AreaMaps: Chart {}
extension HeatMap: Chart {}
extension IntervalDots: Chart {}
extension LineChart: Chart {}
extension PairBars: Chart {}
extension StackedBars: Chart {}
