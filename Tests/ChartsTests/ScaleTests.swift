import Testing

@testable import Charts

@Suite struct ScaleTests {
  @Test(arguments: [
    [0.0, 1], [-3.2, 8.9], [12, 12], [0, 0], [-0.004, 0.0007], [1e6, 9.7e6], [-90, -1], [99, 101],
  ])
  func ticksAreRoundAndCoverTheValues(values: [Double]) throws {
    let scale = LinearScale(covering: values, from: 0, to: 100, count: 5)
    #expect(scale.domain.lowerBound <= values.min()! && scale.domain.upperBound >= values.max()!)
    #expect((2...8).contains(scale.ticks.count))
    let step = scale.ticks[1] - scale.ticks[0]
    var mantissa = step
    while mantissa >= 9.99 { mantissa /= 10 }
    while mantissa < 0.999 { mantissa *= 10 }
    #expect([1, 2, 5].contains { abs($0 - mantissa) < 1e-6 })
    // What is written is the tick, not a rounding of it.
    for tick in scale.ticks {
      let written = Lettering.plain(tick, decimals: scale.decimals)
      let read = try #require(Double(written.replacing("−", with: "-").replacing(",", with: "")))
      #expect(abs(read - tick) < step * 1e-6)
    }
    #expect(scale.ticks == scale.ticks.sorted())
  }

  @Test func ticksOfAFewValues() {
    #expect(LinearScale(covering: [-3, 8], from: 0, to: 1, count: 5).ticks == [-5, 0, 5, 10])
    #expect(
      LinearScale(covering: [0, 0.3], from: 0, to: 1, count: 3).ticks == [0, 0.1, 0.2, 0.3])
    #expect(LinearScale(covering: [0, 50], from: 0, to: 1, count: 5).ticks.count == 6)
  }

  @Test func positionsRiseWithValues() {
    let scale = LinearScale(covering: [-3, 8], from: 20, to: 300)
    let positions = stride(from: -5.0, through: 10, by: 0.25).map(scale.position)
    #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
    #expect(scale.position(-1e9) == 20 && scale.position(.infinity) == 300)
  }

  @Test func classesAreSymmetrical() {
    let scale = DivergingScale()
    #expect([0, 0.99, 1, 1.9, 2, 5, 10, 20, 500].map(scale.shade) == [0, 0, 1, 1, 2, 3, 4, 5, 5])
    for value in stride(from: 0.0, to: 30, by: 0.5) {
      #expect(scale.shade(-value) == -scale.shade(value))
    }
    let coarse = DivergingScale(limits: [2, 5])
    #expect([1, -2, 4.9, 5, -50].map(coarse.shade) == [0, -3, 3, 5, -5])
    for count in 0...5 {
      let shades = (0...count).map(
        DivergingScale(limits: (0..<count).map { Double($0) + 1 }).shade(ofClass:))
      #expect(Set(shades).count == count + 1 && shades == shades.sorted())
    }
    #expect(DivergingScale(limits: [5, -1, .nan, 2, 5, .infinity]).limits == [2, 5])
  }

  @Test func numbersHaveOneDecimalAtMost() {
    #expect(
      [1.25, -0.04, -0.5, 3, .nan, 1e9].map(SVGText.number) == [
        "1.3", "0", "-0.5", "3", "0", "10000000",
      ])
    #expect(
      [3.21, -0.44, 0.04, -0.04].map { Lettering.signed($0, decimals: 1) } == [
        "+3.2", "−0.4", "0.0", "0.0",
      ])
  }

  @Test func textsAreShortenedToFit() {
    #expect(Lettering.fitted("Leeds", width: 100) == "Leeds")
    let short = Lettering.fitted("Greater Manchester", width: 60)
    #expect(short.hasSuffix("…") && Lettering.width(short) <= 60)
    #expect(SVGText.cleaned(" a\n\u{0} b\u{202E} ") == "a b")
    #expect(SVGText.cleaned(String(repeating: "x", count: 400)).count == 300)
  }
}
