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
