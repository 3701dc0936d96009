import Charts
import Mismatch
import Runs

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
