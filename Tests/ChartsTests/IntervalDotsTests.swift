import Testing

@testable import Charts

@Suite struct IntervalDotsTests {
  static func chart(_ rows: [IntervalDots.Row]) -> IntervalDots {
    IntervalDots(title: "Gap", description: "", rows: rows, axisTitle: "Points", tolerance: -1...1)
  }

  /// The numbers of a path such as `M10 20H30`.
  static func numbers(_ path: String?) -> [Double] {
    (path ?? "").matches(of: /-?\d+(\.\d+)?/).compactMap { Double($0.0) }
  }

  @Test func marksStandWhereTheAxisSays() throws {
    let chart = Self.chart([
      .init(label: "A", value: 0, lower: -5, upper: 5, role: .over),
      .init(label: "B", value: 10, lower: 5, upper: 10, role: .over),
    ])
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a")))
    // The first disc is that of the key.
    let discs = drawing.all("circle", in: "over").dropFirst().compactMap {
      Double($0.attributes["cx"]!)
    }
    let lines = drawing.all("path", in: "over").map { Self.numbers($0.attributes["d"]) }
    let zero = try #require(
      drawing.all("path", in: "axis").first.map { Self.numbers($0.attributes["d"])[0] })
    #expect(discs.count == 2 && lines.count == 2)
    #expect(discs[0] == zero)
    #expect(abs((lines[0][0] + lines[0][2]) / 2 - zero) <= 0.1)
    #expect(lines[1][0] == lines[0][2], "both are at 5")
    #expect(lines[1][2] == discs[1], "both are at 10")
    #expect(abs(discs[1] - zero - 2 * (lines[0][2] - zero)) <= 0.2, "the axis is linear")
    let band = Self.numbers(drawing.all("path", in: "band").first?.attributes["d"])
    #expect(abs((band[0] + band[2]) / 2 - zero) <= 0.1)
  }

  @Test func aMissingValueIsSaidAndNotDrawn() throws {
    let chart = Self.chart([
      .init(label: "A", value: nil, lower: nil, upper: nil, role: .under),
      .init(label: "B", value: 3, role: .over),
    ])
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a", width: 300)))
    #expect(drawing.all("path", in: "under").isEmpty)
    #expect(drawing.texts.contains("no figure") && drawing.texts.contains("+3.0"))
  }

  @Test func everyRoleHasAShapeOfItsOwn() {
    #expect(Set(Role.allCases.map { $0.shape(x: 0, y: 0).text }).count == Role.allCases.count)
  }
}
