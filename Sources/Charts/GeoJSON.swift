#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is wrong with a file of boundaries, and what to do about it.
package struct GeoFault: Error, Equatable {
  package let message: String
  /// The feature, counted from 1, where one is at fault.
  package let feature: Int?

  init(_ message: String, feature: Int? = nil) {
    self.message = message
    self.feature = feature
  }
}

/// A position as a file gives it: longitude and latitude, or metres east and north.
package struct GeoPoint: Hashable, Sendable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// What positions are measured in.
package enum GeoCoordinates: Sendable {
  /// Longitude and latitude (WGS84, ETRS89).
  case degrees
  /// Metres on the British National Grid (EPSG:27700).
  case britishNationalGrid
}

/// The outline of one area.
package struct GeoArea: Sendable {
  package var code: String
  /// Outer rings and holes, each closed or not.
  package var rings: [[GeoPoint]]

  package init(code: String, rings: [[GeoPoint]]) {
    self.code = code
    self.rings = rings
  }
}

/// Boundaries as read from GeoJSON: polygons with their properties.
package struct GeoJSON: Sendable {
  package let coordinates: GeoCoordinates
  private let features: [Feature]

  /// Reads a feature collection of polygons.
  ///
  /// - Throws: `GeoFault` for text that is no such collection, for other geometries and for coordinates that
  ///   are neither degrees nor on the British National Grid.
  package init(_ bytes: some Sequence<UInt8>) throws(GeoFault) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? Data(bytes.dropFirst(mark.count)) : Data(bytes)
    let collection: Collection
    do {
      collection = try JSONDecoder().decode(Collection.self, from: text)
    } catch let fault as GeoFault {
      throw fault
    } catch DecodingError.dataCorrupted {
      throw GeoFault("The file is not JSON. Export the boundaries as GeoJSON.")
    } catch {
      throw Self.fault(error)
    }
    features = collection.features
    coordinates = try Self.coordinates(features, named: collection.crs)
  }

  /// How many features there are.
  package var featureCount: Int { features.count }

  /// The properties that features have, by name.
  package var properties: [String] { Set(features.flatMap(\.properties.keys)).sorted() }

  /// The property whose values match the most of the codes; nil where none matches any.
  ///
  /// Of properties that match as many, the first by name is meant.
  package func property(matching codes: Set<String>) -> String? {
    var matches: [String: Set<String>] = [:]
    for feature in features {
      for (name, value) in feature.properties where codes.contains(value) {
        matches[name, default: []].insert(value)
      }
    }
    return matches.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
  }

  /// The areas by the values of a property, in order of them; features that share a value are one area.
  ///
  /// - Throws: `GeoFault` where a feature lacks the property.
  package func areas(by property: String) throws(GeoFault) -> [GeoArea] {
    var rings: [String: [[GeoPoint]]] = [:]
    for (index, feature) in features.enumerated() {
      guard let code = feature.properties[property] else {
        throw GeoFault(
          "The feature has no property '\(property)'. Its properties are: "
            + feature.properties.keys.sorted().joined(separator: ", ") + ".", feature: index + 1)
      }
      rings[code, default: []] += feature.rings
    }
    return rings.sorted { $0.key < $1.key }.map { GeoArea(code: $0.key, rings: $0.value) }
  }

  /// What the decoder met where the format wants something else.
  private static func fault(_ error: any Error) -> GeoFault {
    let path: [any CodingKey] =
      switch error {
      case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
        DecodingError.keyNotFound(_, let context):
        context.codingPath
      default: []
      }
    let feature = path.first?.stringValue == "features" ? path.dropFirst().first?.intValue : nil
    return GeoFault(
      "The file is not a GeoJSON feature collection of polygons. Export the boundaries as GeoJSON.",
      feature: feature.map { $0 + 1 })
  }

  /// What coordinates are measured in, by the file's own words or else by their size.
  private static func coordinates(
    _ features: [Feature], named name: String?
  ) throws(GeoFault) -> GeoCoordinates {
    func outlier(_ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>) -> (Int, GeoPoint)? {
      for (index, feature) in features.enumerated() {
        for ring in feature.rings {
          if let point = ring.first(where: { !xs.contains($0.x) || !ys.contains($0.y) }) {
            return (index + 1, point)
          }
        }
      }
      return nil
    }
    let notDegrees = outlier(-180...180, -90...90)
    let isGrid = name?.contains("27700") ?? (notDegrees != nil)
    let isDegrees = name.map { name in
      ["4326", "CRS84", "4258"].contains { name.contains($0) }
    }
    guard isGrid || isDegrees != false else {
      throw GeoFault(
        "The coordinates are in \(name ?? ""). Export the boundaries in EPSG:4326 or EPSG:27700.")
    }
    // The grid with room for the seas around Great Britain.
    let outside = isGrid ? outlier(-300_000...1_000_000, -300_000...1_500_000) : notDegrees
    if let (feature, point) = outside {
      throw GeoFault(
        "The point (\(point.x), \(point.y)) is neither a longitude and latitude nor on the British "
          + "National Grid. Export the boundaries in EPSG:4326 or EPSG:27700.", feature: feature)
    }
    return isGrid ? .britishNationalGrid : .degrees
  }
}

extension GeoJSON {
  /// The members of the file that are read.
  struct Collection: Decodable {
    let crs: String?
    let features: [Feature]

    private enum Key: CodingKey {
      case type, crs, features, properties, name
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let type = try container.decode(String.self, forKey: .type)
      guard type == "FeatureCollection" else {
        throw GeoFault(
          "The file is of type '\(type)', not a feature collection. Export the boundaries as GeoJSON."
        )
      }
      features = try container.decode([Feature].self, forKey: .features)
      guard !features.isEmpty else { throw GeoFault("The file has no features.") }
      guard container.contains(.crs), try !container.decodeNil(forKey: .crs) else {
        crs = nil
        return
      }
      crs = try container.nestedContainer(keyedBy: Key.self, forKey: .crs)
        .nestedContainer(keyedBy: Key.self, forKey: .properties).decode(String.self, forKey: .name)
    }
  }

  /// One feature: its properties as text, those that are null left out, and all rings of its polygons.
  struct Feature: Decodable, Sendable {
    let properties: [String: String]
    let rings: [[GeoPoint]]

    private enum Key: CodingKey {
      case properties, geometry, type, coordinates
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let values = try container.decodeIfPresent([String: Value].self, forKey: .properties) ?? [:]
      properties = values.compactMapValues(\.text)
      guard try !container.decodeNil(forKey: .geometry) else {
        rings = []
        return
      }
      let geometry = try container.nestedContainer(keyedBy: Key.self, forKey: .geometry)
      let type = try geometry.decode(String.self, forKey: .type)
      switch type {
      case "Polygon":
        rings = try geometry.decode([[GeoPoint]].self, forKey: .coordinates)
      case "MultiPolygon":
        rings = Array(try geometry.decode([[[GeoPoint]]].self, forKey: .coordinates).joined())
      default:
        throw GeoFault(
          "The feature is a \(type), not a polygon. Give a file of areas' boundaries.",
          feature: decoder.codingPath.last?.intValue.map { $0 + 1 })
      }
    }
  }

  /// The value of a property as text; nil for null and for what is no single value.
  private struct Value: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(String.self) {
        text = value
      } else if let value = try? container.decode(Int.self) {
        text = String(value)
      } else if let value = try? container.decode(Double.self) {
        text = String(value)
      } else {
        text = nil
      }
    }
  }
}

extension GeoPoint: Decodable {
  /// A position: two numbers, and perhaps a height, which is left out.
  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    x = try container.decode(Double.self)
    y = try container.decode(Double.self)
  }
}
