/// Outlines of areas as SVG paths, simplified to what a screen shows.
///
/// Borders that two areas share stay shared, so that no gaps open between them.
package struct GeoShapes: Codable, Sendable {
  /// The path of each area in whole units by its code; areas without an outline are left out.
  package let paths: [String: String]
  /// The size of the map in the units of paths.
  package let width: Int
  package let height: Int

  /// What the longer side of a map measures: 0.4 of a pixel at 800 pixels.
  private static let side = 2000.0
  /// How far a line may move: half a pixel.
  static let tolerance = 1.25
  /// The least extent of an island that is drawn: 2 square pixels.
  private static let leastExtent = 12.5

  /// Projects and simplifies outlines.
  package init(_ areas: [GeoArea], coordinates: GeoCoordinates) {
    let grid = Self.onGrid(areas, coordinates: coordinates)
    let borders = Borders(grid.areas.flatMap(\.rings))
    var paths: [String: String] = [:]
    for area in grid.areas {
      let path = Self.path(Self.simplified(area.rings, borders: borders))
      if !path.isEmpty { paths[area.code, default: ""] += path }
    }
    self.paths = paths
    width = grid.width
    height = grid.height
  }

  /// The rings of an area on the grid, without points that follow each other on one place.
  typealias GridArea = (code: String, rings: [[GridPoint]])

  static func onGrid(
    _ areas: [GeoArea], coordinates: GeoCoordinates
  ) -> (areas: [GridArea], width: Int, height: Int) {
    let plane = Self.plane(areas, coordinates: coordinates)
    let points = plane.joined().joined()
    guard let first = points.first else { return ([], 1, 1) }
    var (low, high) = (first, first)
    for point in points {
      low = GeoPoint(x: min(low.x, point.x), y: min(low.y, point.y))
      high = GeoPoint(x: max(high.x, point.x), y: max(high.y, point.y))
    }
    let extent = max(high.x - low.x, high.y - low.y)
    let scale = extent > 0 ? side / extent : 0
    func gridPoint(_ point: GeoPoint) -> GridPoint {
      // North is up.
      GridPoint(
        x: Int32(((point.x - low.x) * scale).rounded()),
        y: Int32(((high.y - point.y) * scale).rounded()))
    }
    let gridAreas = zip(areas, plane).map { area, rings -> GridArea in
      (area.code, rings.map { GridPoint.ring($0.map(gridPoint)) }.filter { !$0.isEmpty })
    }
    let (width, height) = ((high.x - low.x) * scale, (high.y - low.y) * scale)
    return (gridAreas, max(1, Int(width.rounded())), max(1, Int(height.rounded())))
  }

  private static func plane(_ areas: [GeoArea], coordinates: GeoCoordinates) -> [[[GeoPoint]]] {
    let rings = areas.map { $0.rings.map { $0.filter { abs($0.x) < 1e9 && abs($0.y) < 1e9 } } }
    guard coordinates == .degrees else { return rings }
    let longitudes = rings.joined().joined().lazy.map(\.x)
    guard let west = longitudes.min(), let east = longitudes.max() else { return rings }
    let projection = GeoProjection(longitudes: west...east)
    return rings.map { $0.map { $0.map(projection.plane) } }
  }

  /// The rings of an area as few points: islands and holes too small to be seen are left out, never all.
  static func simplified(_ rings: [[GridPoint]], borders: Borders) -> [[GridPoint]] {
    let simple = rings.map { borders.simplified($0, tolerance: tolerance) }
    let kept = simple.filter { $0.count >= 3 && GridPoint.extent($0) >= leastExtent }
    guard kept.isEmpty else { return kept }
    guard let largest = rings.max(by: { GridPoint.extent($0) < GridPoint.extent($1) }) else {
      return []
    }
    if largest.count >= 3 { return [largest] }
    // An area smaller than the grid's unit is a small square.
    let corner = largest[0]
    return [
      [(0, 0), (2, 0), (2, 2), (0, 2)].map { GridPoint(x: corner.x + $0.0, y: corner.y + $0.1) }
    ]
  }

  /// A path of whole units, each ring beginning at a place and going on by steps.
  private static func path(_ rings: [[GridPoint]]) -> String {
    var text = ""
    for ring in rings {
      guard let start = ring.first else { continue }
      text += "M\(start.x)\(start.y < 0 ? "" : " ")\(start.y)l"
      var last = start
      for (index, point) in ring.dropFirst().enumerated() {
        let (x, y) = (point.x - last.x, point.y - last.y)
        text += "\(index == 0 || x < 0 ? "" : " ")\(x)\(y < 0 ? "" : " ")\(y)"
        last = point
      }
      text += "z"
    }
    return text
  }
}
