import Charts
import Extracts
import Foundation
import Mismatch
import Runs

/// The outlines of a run's areas, as a file beside its tables.
struct ShapesFile {
  static let name = "boundaries.json"

  /// The outlines that a run wrote; nil where it wrote none.
  ///
  /// - Throws: ``Failure`` (`badData`) where the file is none of ours.
  static func read(from folder: String) throws -> GeoShapes? {
    let path = "\(folder)/\(name)"
    guard TextFile.isRegular(path) else { return nil }
    let data = Data(try TextFile.read(path).utf8)
    guard let shapes = try? JSONDecoder().decode(GeoShapes.self, from: data) else {
      throw Failure(
        .badData, at: Place(file: path), "holds no outlines written by this version",
        advice: "Run the job again")
    }
    return shapes
  }

  /// The text of the file.
  static func text(_ shapes: GeoShapes) throws -> String {
    try JSONText.of(shapes, isPretty: false, keys: .useDefaultKeys)
  }
}

extension PageSection {
  /// A map of the gaps for each sector; nil where the run has no outlines, or too many cells.
  static func map(_ data: ReportData) throws -> PageSection? {
    guard data.cells.isFull, data.cells.areas.count > 1,
      let shapes = try ShapesFile.read(from: data.run.folder)
    else { return nil }
    let chart = data.maps(shapes)
    let html =
      paragraph(
        "The gap of each sector in each area, \(data.period). The table of all areas and sectors has the numbers."
      )
      + (data.drawsAreas ? figure(chart, id: "map-chart") : wide(chart, id: "map-chart"))
    return PageSection("map", "Maps", html: html, figures: [("maps", chart)])
  }
}
