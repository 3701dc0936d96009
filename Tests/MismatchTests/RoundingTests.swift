import Mismatch
import Testing

/// A published figure, how it was rounded and what it may stand for.
private struct Rounded: Sendable {
  let value: Double
  let rounding: Rounding
  let zeroIsExact: Bool
  let lower: Double
  let upper: Double

  init(
    _ value: Double, _ rounding: Rounding, zeroIsExact: Bool = false,
    _ lower: Double, _ upper: Double
  ) {
    self.value = value
    self.rounding = rounding
    self.zeroIsExact = zeroIsExact
    self.lower = lower
    self.upper = upper
  }
}

private let open = Rounding.banded(RoundingBand.bresOpen)
private let safeguarded = Rounding.banded(RoundingBand.bresSafeguarded)

private let examples = [
  Rounded(40, .nearest(10), 35, 44), Rounded(5, .nearest(5), 3, 7),
  Rounded(0, .nearest(10), 0, 4), Rounded(0, .nearest(10), zeroIsExact: true, 0, 0),
  Rounded(10, .nearest(10), zeroIsExact: true, 5, 14), Rounded(0, .nearest(5), 0, 2),
  Rounded(7, .nearest(1), 6.5, 7.5), Rounded(8, .nearest(2), 7, 8),
  Rounded(300, .nearest(100), 250, 349),
  Rounded(41.5, .none, 41.5, 41.5), Rounded(0, .none, 0, 0),
  Rounded(0, open, zeroIsExact: true, 0, 0),
  // From 1000 on BRES rounds to 250 or, by the stricter rule, to 500.
  Rounded(1250, open, 1125, 1375), Rounded(1000, open, 750, 1250), Rounded(0, open, 0, 5),
  Rounded(15, open, 12.5, 17.5), Rounded(20, open, 15, 25), Rounded(45, open, 42.5, 47.5),
  Rounded(50, open, 25, 75), Rounded(75, open, 62.5, 87.5), Rounded(6000, open, 5000, 7000),
  Rounded(7000, open, 6500, 7500), Rounded(1125, safeguarded, 1062.5, 1187.5),
  Rounded(1250, safeguarded, 1125, 1375), Rounded(60, safeguarded, 55, 65),
]

struct RoundingTests {
  @Test("A published figure has these bounds", arguments: examples)
  private func publishedBounds(example: Rounded) {
    let bounds = example.rounding.bounds(of: example.value, zeroIsExact: example.zeroIsExact)
    #expect(bounds == (example.lower, example.upper))
  }

  @Test("Bounds are the counts that round to the figure, halves up", arguments: 2...13)
  func boundsAreWhatRoundsToTheFigure(unit: Int) {
    let rounding = Rounding.nearest(Double(unit))
    for multiple in 0...4 {
      let published = multiple * unit
      let counts = (0...10 * unit).filter { ($0 + unit / 2) / unit * unit == published }
      let bounds = rounding.bounds(of: Double(published), zeroIsExact: false)
      #expect(bounds == (Double(counts.min() ?? -1), Double(counts.max() ?? -1)))
    }
  }

  @Test("A unit that is not whole gives half of it on either side")
  func partsOfUnits() {
    let bounds = Rounding.nearest(0.1).bounds(of: 2.5, zeroIsExact: false)
    #expect(bounds == (2.45, 2.55))
    #expect(Rounding.nearest(0.1).bounds(of: 0, zeroIsExact: false) == (0, 0.05))
  }

  @Test("`low` is above 0 and rounds to 0", arguments: 1...13)
  func largestLow(unit: Int) {
    let counts = (1...20).filter { ($0 + unit / 2) / unit == 0 }
    #expect(Rounding.nearest(Double(unit)).largestLow == counts.max().map(Double.init))
  }

  @Test("Without a stated unit `low` has no bound")
  func noLargestLow() {
    #expect(Rounding.none.largestLow == nil)
    #expect(open.largestLow == nil)
    #expect(Rounding.nearest(0.1).largestLow == nil)
  }

  @Test("Every band's rule holds the count behind the figure", arguments: [0, 1])
  func bandsHoldTheCount(rule: Int) {
    for (rounding, bands) in [
      (open, RoundingBand.bresOpen), (safeguarded, RoundingBand.bresSafeguarded),
    ] {
      for count in 0..<9000 {
        guard let band = bands.last(where: { $0.from <= Double(count) }) else { continue }
        let unit = rule == 0 ? band.relaxed : band.strict
        let published = (Double(count) / unit + 0.5).rounded(.down) * unit
        let bounds = rounding.bounds(of: published, zeroIsExact: false)
        let isInside = bounds.lower <= Double(count) && Double(count) <= bounds.upper
        #expect(isInside, "\(count) published as \(published)")
      }
    }
  }
}
