import Foundation
import Testing

@testable import Charts

/// A chart of any kind with such names and values, for laws that hold for all charts.
struct Sample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let draw: @Sendable (_ names: [String], _ values: [Double?], _ width: Double) -> String

  static let all: [Sample] = [
    Sample(testDescription: "heat map") { names, values, width in
      let cells = values.enumerated().map { index, value in
        ShadedValue(
          value,
          mark: [.clear, .unclear, .suppressed(names[index % names.count]), .missing][index % 4],
          tooltip: names[index % names.count])
      }
      let rows = names.map { HeatMap.Row(label: $0, cells: cells) }
      return HeatMap(
        title: names[0], description: names[0], columns: names,
        groups: names.isEmpty ? [] : [.init(heading: names[0], rows: rows)],
        scale: DivergingScale(unit: names[0], low: names[0], high: names[0])
      ).svg(idPrefix: names[0], width: width)
    },
    Sample(testDescription: "interval dots") { names, values, width in
      let rows = values.enumerated().map { index, value in
        IntervalDots.Row(
          label: names[index % names.count], value: value, lower: value.map { $0 - 1 },
          upper: value.map { $0 + 2 }, role: Role.allCases[index % 4],
          tooltip: names[index % names.count])
      }
      return IntervalDots(
        title: names[0], description: names[0], rows: rows, axisTitle: names[0],
        tolerance: -1...1
      ).svg(idPrefix: names[0], width: width)
    },
    Sample(testDescription: "line chart") { names, values, width in
      let points = values.map { value in
        value.map { LineChart.Point($0, lower: $0 - 1, upper: $0 + 1) }
      }
      return LineChart(
        title: names[0], description: names[0], periods: values.indices.map { "\(names[0]) \($0)" },
        series: names.map { .init(name: $0, points: points) }, axisTitle: names[0]
      ).svg(idPrefix: names[0], width: width)
    },
    Sample(testDescription: "stacked bars") { names, values, width in
      StackedBars(
        title: names[0], description: names[0], segments: names + ["Rest"],
        rows: values.map { value in
          .init(label: names[0], parts: names.map { _ in value } + [1])
        }, axisTitle: names[0]
      ).svg(idPrefix: names[0], width: width)
    },
    Sample(testDescription: "pair bars") { names, values, width in
      PairBars(
        title: names[0], description: names[0], firstName: names[0], secondName: "Demand",
        rows: values.map { .init(label: names[0], first: $0, second: 1) }, axisTitle: names[0]
      ).svg(idPrefix: names[0], width: width)
    },
    Sample(testDescription: "area maps") { names, values, width in
      var areas: [String: ShadedValue] = [:]
      var outlines: [GeoArea] = []
      for (index, value) in values.enumerated() {
        let name = names[index % names.count]
        let mark = [.clear, .unclear, .suppressed(name), .missing][index % 4] as ShadedValue.Mark
        areas["\(index)"] = ShadedValue(value, mark: mark, tooltip: name)
        let x = Double(index)
        let corners = [(x, 0.0), (x + 1, 0), (x + 1, 1), (x, 1)]
        outlines.append(
          GeoArea(code: "\(index)", rings: [corners.map { GeoPoint(x: $0.0, y: $0.1) }]))
      }
      return AreaMaps(
        title: names[0], description: names[0],
        shapes: GeoShapes(outlines, coordinates: .britishNationalGrid),
        panels: names.map { .init(title: $0, values: areas) },
        scale: DivergingScale(unit: names[0], low: names[0], high: names[0])
      ).svg(idPrefix: names[0], width: width)
    },
  ]
}

let widths = [300.0, 720, .nan, -5]
let awkwardValues: [[Double?]] = [
  [], [nil, nil], [.nan, .infinity, -.infinity], [0], [1e300, -1e300], [1e-300, 0],
  [90, 1, -0.4, 0.04, -1], [.greatestFiniteMagnitude, nil, 5], [7, 7, 7, 7, 7, 7, 7, 7],
]

@Suite struct ChartLaws {
  @Test(arguments: Sample.all, hostileNames)
  func hostileNamesAreOnlyText(sample: Sample, name: String) throws {
    for width in widths {
      let svg = sample.draw([name, "Leeds"], [3, -4, 0.5, nil, 12], width)
      let drawing = try #require(Drawing(svg), "not well formed")
      #expect(!drawing.elements.contains { $0.name == "script" })
      #expect(!drawing.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } })
      #expect(!svg.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
      #expect(drawing.tooltips.allSatisfy { $0.unicodeScalars.count <= 300 })
    }
  }

  @Test(arguments: Sample.all, awkwardValues)
  func everyNumberIsFinite(sample: Sample, values: [Double?]) throws {
    for width in widths {
      let svg = sample.draw(["Leeds", "York"], values, width)
      let drawing = try #require(Drawing(svg), "not well formed")
      #expect(svg.firstMatch(of: /"[^">]*\b(nan|inf)\b[^"]*"/.ignoresCase()) == nil)
      #expect(drawing.coordinates.allSatisfy { abs($0) < 20_000 })
    }
  }

  @Test(arguments: Sample.all)
  func sameDataSameBytes(sample: Sample) {
    let values: [Double?] = [3, -4, 0.5, nil, 12, 40, -90, 1]
    let once = sample.draw(["Leeds", "York", "Hull"], values, 720)
    for _ in 0..<5 { #expect(sample.draw(["Leeds", "York", "Hull"], values, 720) == once) }
  }

  @Test(arguments: Sample.all)
  func nothingToDrawSaysSo(sample: Sample) throws {
    let drawing = try #require(Drawing(sample.draw(["Leeds"], [], 300)))
    #expect(drawing.texts.contains { $0 == "No data" || $0 == "No figure" })
  }

  @Test(arguments: Sample.all)
  func idsStandOnceAndBeginWithThePrefix(sample: Sample) throws {
    let drawing = try #require(Drawing(sample.draw(["gap-one"], [3, -4, nil, 2, -1, -9], 720)))
    let ids = drawing.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    #expect(ids.count >= 2 && ids.allSatisfy { $0.hasPrefix("gap-one-") })
    let labels = drawing.elements[0].attributes["aria-labelledby"]?.split(separator: " ") ?? []
    #expect(labels.count == 2 && labels.allSatisfy { ids.contains(String($0)) })
    let hasLinks = drawing.elements.contains { $0.name == "a" }
    #expect(drawing.elements[0].attributes["role"] == (hasLinks ? "group" : "img"))
  }

  @Test(arguments: Sample.all, [300.0, 420, 720])
  func textsStayWithinTheDrawingAndApart(sample: Sample, width: Double) throws {
    let names = ["Brighton and Hove, East Sussex, West Sussex", "York", "Hull"]
    for values in [[3, -14, nil, 2.5, -1, -99], [0.1, 0.22, 0.3]] as [[Double?]] {
      let drawing = try #require(Drawing(sample.draw(names, values, width)))
      let box = try #require(drawing.elements[0].attributes["viewBox"]).split(separator: " ")
      let (right, bottom) = (try #require(Double(box[2])), try #require(Double(box[3])))
      for text in drawing.placed {
        #expect(text.left >= -1 && text.right <= right + 1, "\(text)")
        #expect(text.baseline >= 9 && text.baseline <= bottom - 2, "\(text)")
      }
      #expect(drawing.placed.count >= drawing.texts.count / 2 && drawing.placed.count > 5)
      for (index, one) in drawing.placed.enumerated() {
        for two in drawing.placed[(index + 1)...] {
          let isApart =
            one.right <= two.left || two.right <= one.left
            || abs(one.baseline - two.baseline) >= 10.5
          #expect(isApart, "\(one) runs into \(two)")
        }
      }
    }
  }

  @Test(arguments: Sample.all)
  func pagesCanGiveEveryClassAColour(sample: Sample) throws {
    let svg = sample.draw(["Leeds", "York"], [3, -14, nil, 2.5, -1, -99, 12, 0], 720)
    let drawing = try #require(Drawing(svg))
    let classes = Set(drawing.elements.compactMap { $0.attributes["class"] })
    #expect(classes.count > 3)
    // Labels take the ink of the chart.
    for name in classes.subtracting(["chart", "label"]) {
      #expect(Palette.pageCSS.contains("svg.chart .\(name){"), "\(name)")
    }
  }
}
