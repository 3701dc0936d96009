import Foundation
import Testing

@testable import Charts

@Suite struct GeoTests {
  static let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/extracts/geo").standardizedFileURL
  static let isShared =
    FileManager.default.fileExists(atPath: shared.path)
    || ProcessInfo.processInfo.environment["CI"] != nil

  /// Two areas that share a ragged border, the second with an island too small to be seen.
  static func neighbours() -> [GeoArea] {
    var chance = Chance()
    let border = (0...2_000).map { step in
      GeoPoint(
        x: 1_000 + 30 * sin(Double(step) / 90) + chance.next() * 2 - 1, y: Double(step))
    }
    func point(_ x: Double, _ y: Double) -> GeoPoint { GeoPoint(x: x, y: y) }
    let west = [point(0, 2_000), point(0, 0)] + border
    let east = Array(border.reversed()) + [point(2_000, 0), point(2_000, 2_000)]
    let island = [point(1_990, 1_000), point(1_992, 1_000), point(1_992, 1_002)]
    return [GeoArea(code: "W", rings: [west]), GeoArea(code: "E", rings: [east, island])]
  }

  /// The same numbers each time.
  struct Chance {
    var state: UInt64 = 7
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
  }

  @Test func bordersStaySharedAndWithinTheTolerance() throws {
    let grid = GeoShapes.onGrid(Self.neighbours(), coordinates: .britishNationalGrid)
    let borders = Borders(grid.areas.flatMap(\.rings))
    let simple = grid.areas.map { GeoShapes.simplified($0.rings, borders: borders) }
    #expect(simple.map(\.count) == [1, 1], "the island is left out")
    func edges(_ ring: [GridPoint]) -> Set<[GridPoint]> {
      Set(ring.indices.map { [ring[$0], ring[($0 + 1) % ring.count]].sorted() })
    }
    let shared = edges(simple[0][0]).intersection(edges(simple[1][0]))
    // All but three sides of each square.
    #expect(shared.count == simple[0][0].count - 3 && shared.count == simple[1][0].count - 3)
    #expect(shared.count > 5 && simple[0][0].count < grid.areas[0].rings[0].count / 4)
    for point in grid.areas[0].rings[0] {
      let nearest =
        edges(simple[0][0]).map { point.squareDistance($0[0], $0[1]) }.min() ?? .infinity
      #expect(nearest <= GeoShapes.tolerance * GeoShapes.tolerance)
    }
    for (before, after) in zip(grid.areas, simple) {
      let extents = (GridPoint.extent(before.rings[0]), GridPoint.extent(after[0]))
      #expect(abs(extents.1 / extents.0 - 1) < 0.02)
    }
  }

  @Test func aTinyAreaIsStillDrawn() {
    let big = GeoArea(
      code: "A", rings: [[(0, 0), (1e5, 0), (1e5, 1e5)].map { GeoPoint(x: $0.0, y: $0.1) }])
    let tiny = GeoArea(
      code: "B", rings: [[(5, 5), (6, 5), (6, 6)].map { GeoPoint(x: $0.0, y: $0.1) }])
    let none = GeoArea(code: "C", rings: [])
    let shapes = GeoShapes([big, tiny, none], coordinates: .britishNationalGrid)
    #expect(shapes.paths.keys.sorted() == ["A", "B"])
    #expect(GeoShapes([none], coordinates: .degrees).paths.isEmpty)
    let far = [(1e300, 0.0), (0, -1e300), (.nan, 1)].map { GeoPoint(x: $0.0, y: $0.1) }
    #expect(GeoShapes([GeoArea(code: "D", rings: [far])], coordinates: .degrees).paths.isEmpty)
  }

  @Test func projectionIsThatOfTheNationalGrid() {
    // The worked example of the Ordnance Survey's guide to coordinate systems.
    let plane = GeoProjection(longitudes: -6...2).plane(
      GeoPoint(x: 1 + 43 / 60.0 + 4.5177 / 3600, y: 52 + 39 / 60.0 + 27.2531 / 3600))
    #expect(abs(plane.x - 651_409.903) < 0.01 && abs(plane.y - 313_177.270) < 0.01)
  }

  static func collection(_ geometry: String, crs: String? = nil, properties: String = "{}")
    -> String
  {
    let member = crs.map { #""crs":{"type":"name","properties":{"name":"\#($0)"}},"# } ?? ""
    return #"""
      {"type":"FeatureCollection",\#(member)"features":[{"type":"Feature","properties":{"CD":"E1"},
      "geometry":null},{"type":"Feature","properties":\#(properties),"geometry":\#(geometry)}]}
      """#
  }

  static let degrees = #"{"type":"Polygon","coordinates":[[[-1,54],[-2,54,7],[-2,55],[-1,54]]]}"#
  static let metres =
    #"{"type":"MultiPolygon","coordinates":[[[[400000,300000],[410000,300000],[410000,310000]]]]}"#

  @Test func coordinatesAreToldByTheFileOrTheirSize() throws {
    func coordinates(_ geometry: String, _ crs: String?) throws -> GeoCoordinates {
      try GeoJSON(Self.collection(geometry, crs: crs).utf8).coordinates
    }
    #expect(try coordinates(Self.degrees, nil) == .degrees)
    #expect(try coordinates(Self.degrees, "urn:ogc:def:crs:OGC:1.3:CRS84") == .degrees)
    #expect(try coordinates(Self.degrees, "EPSG:4258") == .degrees)
    #expect(try coordinates(Self.metres, nil) == .britishNationalGrid)
    #expect(try coordinates(Self.metres, "urn:ogc:def:crs:EPSG::27700") == .britishNationalGrid)
    #expect(throws: GeoFault.self) { try coordinates(Self.metres, "EPSG:4326") }
    #expect(throws: GeoFault.self) { try coordinates(Self.degrees, "EPSG:3857") }
  }

  @Test(arguments: [
    ("", nil, "not JSON"), ("<svg/>", nil, "not JSON"), ("[]", nil, "feature collection"),
    (#"{"type":"Topology"}"#, nil, "'Topology'"),
    (collection(#"{"type":"Point","coordinates":[1,2]}"#), 2, "Point"),
    (collection(#"{"type":"GeometryCollection","geometries":[]}"#), 2, "GeometryCollection"),
    (collection(#"{"type":"Polygon","coordinates":[[[1],[2]]]}"#), 2, "feature collection"),
    (collection(#"{"type":"Polygon","coordinates":[[[1,"2"]]]}"#), 2, "feature collection"),
    (collection(#"{"type":"Polygon","coordinates":[[[1e7,2]]]}"#), 2, "British National Grid"),
  ])
  func faultsSayWhatIsWrongAndWhere(text: String, feature: Int?, words: String) {
    let fault = #expect(throws: GeoFault.self) { try GeoJSON(text.utf8) }
    #expect(fault?.feature == feature && fault?.message.contains(words) == true, "\(fault as Any)")
  }

  @Test func codesAreFoundAmongProperties() throws {
    let json = try GeoJSON(
      Self.collection(Self.degrees, properties: #"{"CD":"E2","NM":"Leeds","N":2,"X":null}"#).utf8)
    #expect(json.property(matching: ["E1", "E2", "Leeds"]) == "CD")
    #expect(try GeoJSON("\u{FEFF}\(Self.collection(Self.degrees))".utf8).properties == ["CD"])
    #expect(json.property(matching: ["2"]) == "N")
    #expect(json.property(matching: ["E3"]) == nil)
    let areas = try json.areas(by: "CD")
    #expect(areas.map(\.code) == ["E1", "E2"] && areas.map(\.rings.count) == [0, 1])
    let fault = #expect(throws: GeoFault.self) { try json.areas(by: "NM") }
    #expect(fault?.feature == 1)
  }

  @Test(
    .enabled(if: isShared),
    arguments: [
      ("lsip_2023_simplified_wgs84", "LSIP23CD", 38, 40_000),
      (
        "Local_Skills_Improvement_Plan_Areas_August_2023_Boundaries_EN_BUC_3253418784101487536",
        "LSIP23CD", 38, 40_000
      ),
      ("lad_england_2023_simplified_wgs84", "LAD23CD", 296, 250_000),
      ("region_england_2023_simplified_wgs84", "RGN23CD", 9, 40_000),
    ])
  func publishedBoundariesBecomeSmallPaths(
    name: String, property: String, count: Int, limit: Int
  ) throws {
    let json = try GeoJSON(
      try Data(contentsOf: Self.shared.appendingPathComponent("\(name).geojson")))
    let areas = try json.areas(by: property)
    #expect(json.property(matching: Set(areas.map(\.code))) == property)
    let shapes = GeoShapes(areas, coordinates: json.coordinates)
    #expect(shapes.paths.count == count)
    #expect(shapes.paths.values.reduce(0) { $0 + $1.utf8.count } <= limit)
    let grid = GeoShapes.onGrid(areas, coordinates: json.coordinates)
    let borders = Borders(grid.areas.flatMap(\.rings))
    for area in grid.areas {
      let before = area.rings.reduce(0) { $0 + GridPoint.extent($1) }
      let after = GeoShapes.simplified(area.rings, borders: borders)
        .reduce(0) { $0 + GridPoint.extent($1) }
      // Less for what is smaller than a fingertip.
      if before > 2_500 { #expect(abs(after / before - 1) < 0.02, "\(area.code)") }
    }
  }

  @Test(.enabled(if: isShared)) func bothProjectionsShowTheSameMap() throws {
    func size(_ name: String) throws -> Double {
      let json = try GeoJSON(
        try Data(contentsOf: Self.shared.appendingPathComponent("\(name).geojson")))
      let shapes = GeoShapes(try json.areas(by: "LSIP23CD"), coordinates: json.coordinates)
      return Double(shapes.width) / Double(shapes.height)
    }
    let grid = try size(
      "Local_Skills_Improvement_Plan_Areas_August_2023_Boundaries_EN_BUC_3253418784101487536")
    #expect(abs(try size("lsip_2023_simplified_wgs84") / grid - 1) < 0.01)
  }

  @Test func everyMapShadesItsOwnAreas() throws {
    let shapes = GeoShapes(Self.neighbours(), coordinates: .britishNationalGrid)
    func panel(_ title: String, _ values: [String: Double]) -> AreaMaps.Panel {
      .init(title: title, values: values.mapValues { ShadedValue($0, tooltip: "\($0)") })
    }
    let maps = AreaMaps(
      title: "", description: "", shapes: shapes,
      panels: [panel("Care", ["W": 3, "X": 3]), panel("Engineering", ["W": -30, "E": 30])])
    let drawing = try #require(Drawing(maps.svg(idPrefix: "m")))
    #expect(drawing.all("use", in: "h2").count == 1)
    #expect(drawing.all("use", in: "h-5").count == 1 && drawing.all("use", in: "h5").count == 1)
    let count = shapes.paths.count
    #expect(drawing.elements.count { $0.name == "use" } == 2 * count)
    #expect(drawing.all("use", in: "missing").count == 2 * count - 3)
    let ids = Set(drawing.elements.compactMap { $0.name == "path" ? $0.attributes["id"] : nil })
    let used = drawing.elements.compactMap { $0.name == "use" ? $0.attributes["href"] : nil }
    #expect(used.allSatisfy { ids.contains(String($0.dropFirst())) })
    #expect(drawing.texts.contains("Care") && drawing.texts.contains("Engineering"))
  }
}
