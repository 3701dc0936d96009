import Charts
import Extracts
import Foundation
import Mismatch

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
