import Testing

@testable import Charts

@Suite struct HeatMapTests {
  @Test func cellsOfHeatMapsAreSmall() {
    let rows = (0..<300).map { row in
      HeatMap.Row(
        label: "Area \(row)",
        cells: (0..<20).map {
          ShadedValue(Double(row - $0) / 7, tooltip: "Area \(row), sector: +12.3")
        })
    }
    let columns = (0..<20).map { "Sector \($0)" }
    func bytes(_ count: Int) -> Int {
      HeatMap(
        title: "", description: "", columns: columns,
        groups: [.init(rows: Array(rows.prefix(count)))]
      )
      .svg(idPrefix: "a").utf8.count
    }
    #expect((bytes(300) - bytes(0)) / 6_000 <= 120)
  }

  @Test func cellsAreShadedByTheirClassAndMark() throws {
    let cells = [
      ShadedValue(0.4, tooltip: "a"), ShadedValue(-30, tooltip: "b"),
      ShadedValue(12, mark: .unclear, tooltip: "c"),
      ShadedValue(3, mark: .suppressed("x"), tooltip: "d"), ShadedValue(nil, tooltip: "e"),
    ]
    let map = HeatMap(
      title: "", description: "", columns: ["1", "2", "3", "4", "5"],
      groups: [.init(rows: [.init(label: "Leeds", cells: cells)])])
    let svg = map.svg(idPrefix: "m")
    let drawing = try #require(Drawing(svg))
    for kind in ["h0", "h-5", "suppressed", "missing"] {
      #expect(drawing.all("path", in: kind).count == 1, "\(kind)")
    }
    #expect(svg.contains(##"fill="url(#m-u1) "##))
    // A suppressed value is nowhere in the drawing.
    #expect(drawing.texts.suffix(4) == ["−30", "0", "+12", "x"])
  }
}
