import Testing

@testable import Charts

@Suite struct BarsAndLinesTests {
  typealias Numbers = IntervalDotsTests

  @Test func linesBreakWhereAFigureIsMissing() throws {
    let chart = LineChart(
      title: "", description: "", periods: ["2019", "2020", "2021", "2022", "2023"],
      series: [.init(name: "Leeds", points: [.init(1), .init(4), nil, .init(2), .init(3)])],
      axisTitle: "Index")
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a")))
    let paths = drawing.all("path", in: "s0").compactMap { $0.attributes["d"] }
    let line = try #require(paths.first)
    #expect(line.count { $0 == "M" } == 2)
    #expect(paths.count == 1 + 4, "a line and four points")
    // Higher values stand higher; periods go on to the right at equal steps.
    let places = Numbers.numbers(line)
    let (xs, ys) = (
      stride(from: 0, to: 8, by: 2).map { places[$0] },
      stride(from: 1, to: 8, by: 2).map { places[$0] }
    )
    #expect(ys[1] < ys[3] && ys[3] < ys[2] && ys[2] < ys[0])
    #expect(abs((xs[2] - xs[1]) - 2 * (xs[1] - xs[0])) <= 0.2)
    #expect(drawing.tooltips.contains("Leeds, 2020: 4.0"))
  }

  @Test func namesOfSeriesDoNotRunIntoEachOther() throws {
    let series = (0..<12).map { index in
      LineChart.Series(name: "Area \(index)", points: [.init(1), .init(2 + Double(index) / 100)])
    }
    let chart = LineChart(
      title: "", description: "", periods: ["2022", "2023"], series: series, axisTitle: "")
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a")))
    let places = drawing.elements.filter { $0.name == "text" }.suffix(12)
      .compactMap { Double($0.attributes["y"]!) }.sorted()
    #expect(places.count == 12)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 12 })
  }

  @Test func bandsSpanTheirIntervals() throws {
    let chart = LineChart(
      title: "", description: "", periods: ["2022", "2023"],
      series: [
        .init(name: "A", points: [.init(5, lower: 0, upper: 10), .init(5, lower: 4, upper: 6)])
      ], axisTitle: "")
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a")))
    let paths = drawing.all("path", in: "s0").compactMap { $0.attributes["d"] }.map(Numbers.numbers)
    // There along the upper limits, back along the lower ones; 5 is in the middle of both.
    let (band, line) = (paths[0], paths[1])
    #expect(abs((band[1] + band[7]) / 2 - line[1]) <= 0.1)
    #expect(abs((band[3] + band[5]) / 2 - line[3]) <= 0.1)
    #expect(abs((band[7] - band[1]) - 5 * (band[5] - band[3])) <= 0.6)
  }

  @Test func segmentsAreSharesOfTheRow() throws {
    let chart = StackedBars(
      title: "", description: "", segments: ["Skill", "Place", "Rest"],
      rows: [
        .init(label: "A", parts: [2, 1, 1]), .init(label: "B", parts: [1, nil, 1]),
        .init(label: "C", parts: [0, 5, 0]), .init(label: "D", parts: [1, -1, 1]),
      ], axisTitle: "%")
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a")))
    let widths = (0..<3).map { index in
      drawing.all("path", in: "s\(index)").map { element -> Double in
        let numbers = Numbers.numbers(element.attributes["d"])
        return numbers[2] - numbers[0] + 1
      }
    }
    #expect(widths.map(\.count) == [1, 2, 1], "nothing for rows with a part missing")
    #expect(
      abs(widths[0][0] - 2 * widths[1][0]) <= 0.2 && abs(widths[1][1] - 2 * widths[0][0]) <= 0.2)
    #expect(["50%", "25%", "100%"].allSatisfy(drawing.texts.contains))
    #expect(drawing.texts.count { $0 == "no figure" } == 2)
  }

  @Test func barsOfAPairAreAsLongAsTheirValues() throws {
    let chart = PairBars(
      title: "", description: "", firstName: "Provision", secondName: "Demand",
      rows: [
        .init(label: "A", first: 10, second: 5), .init(label: "B", first: nil, second: 20),
        .init(label: "C", first: -4, second: 0),
      ], axisTitle: "%")
    let drawing = try #require(Drawing(chart.svg(idPrefix: "a", width: 300)))
    func lengths(_ index: Int) -> [Double] {
      let path = drawing.all("path", in: "s\(index)").last?.attributes["d"] ?? ""
      return path.split(separator: "M").map { part in
        let numbers = Numbers.numbers(String(part))
        return numbers[2] - numbers[0]
      }
    }
    let (first, second) = (lengths(0), lengths(1))
    #expect(first.count == 2 && second.count == 3)
    #expect(abs(first[0] - 2 * second[0]) <= 0.2 && abs(second[1] - 2 * first[0]) <= 0.2)
    #expect(first[1] < 0 && second[2] == 0)
    #expect(drawing.texts.contains("no figure"))
  }
}
