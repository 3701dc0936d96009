import Charts
import Extracts
import Jobs
import Mismatch

/// Outlines of areas as they were read.
package struct ReadBoundaries: Sendable {
  private let outlines: GeoJSON
  private let code: String?
  private let path: String
  let input: InputRecord

  /// Files of outlines that are larger are no maps for a screen.
  private static let byteLimit = 100 << 20

  /// Reads a file of outlines.
  ///
  /// - Throws: ``Failure`` where it is missing, too large or no GeoJSON of polygons.
  init(_ job: BoundariesJob) throws {
    path = job.file.path
    code = job.code
    if job.source != nil { try job.file.verifyFetched() }
    guard TextFile.size(of: path) <= ReadBoundaries.byteLimit else {
      throw Failure(
        .badData, at: Place(file: path), "has more than 100 MiB",
        expected: "outlines for a map, such as the ultra generalised ones (BUC) of ONS",
        advice: "Download a generalised version of the boundaries")
    }
    let bytes = Array(try TextFile.read(path).utf8)
    do {
      outlines = try GeoJSON(bytes)
    } catch {
      throw error.failure(in: path)
    }
    input = InputRecord(
      name: job.file.name, role: "boundaries", byteCount: bytes.count,
      rowCount: outlines.featureCount, sha256: try Digest.ofFile(path), texts: NotedTexts(),
      notes: [], limit: nil)
  }

  /// The outlines of some areas as a map draws them, and the areas that have none.
  ///
  /// - Throws: ``Failure`` where no property has codes of these areas, or the one that the job names is missing.
  func shapes(of areas: Codebook) throws -> (shapes: GeoShapes, missing: [String]) {
    let codes = Set(areas.codes)
    if let code, !outlines.properties.contains(where: { $0.isSpelt(as: code) }) {
      throw Failure(
        .badData, at: Place(file: path), "no feature has the property \"\(code)\"",
        expected: "one of " + Failure.examples(outlines.properties, limit: 12),
        advice: "Correct `code` of `boundaries`")
    }
    guard let property = code ?? outlines.property(matching: codes) else {
      throw Failure(
        .badData, at: Place(file: path), "no property holds codes of the areas of the run",
        expected: "codes such as " + Failure.examples(areas.codes, limit: 3),
        advice: "Take boundaries of the same areas and year, or name the property: "
          + "`boundaries: { file:, code: }`")
    }
    let found: [GeoArea]
    do {
      found = try outlines.areas(by: property).filter { codes.contains($0.code) }
    } catch {
      throw error.failure(in: path)
    }
    let drawn = Set(found.map(\.code))
    return (
      GeoShapes(found, coordinates: outlines.coordinates),
      areas.codes.filter { !drawn.contains($0) }
    )
  }
}

extension GeoFault {
  fileprivate func failure(in path: String) -> Failure {
    Failure(
      .badData, at: Place(file: path),
      (feature.map { "feature \($0): " } ?? "") + message.prefix(1).lowercased()
        + message.dropFirst().drop(last: "."),
      expected: "GeoJSON of polygons in WGS84 or British National Grid")
  }
}

extension Substring {
  /// The text without this end.
  fileprivate func drop(last end: String) -> Substring {
    hasSuffix(end) ? dropLast(end.count) : self
  }
}
