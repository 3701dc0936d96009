import Extracts
import Mismatch

/// What a way from area to area costs.
package enum WaysJob: Sendable {
  case coordinates(CoordinatesJob)
  case costs(PairJob)
}

/// Where a number for each pair of areas stands.
package struct PairJob: Sendable {
  package var table: TableJob
  package var from: KeyJob
  package var to: KeyJob
  package var value: String
  /// What the numbers may be.
  package var range: NumberRange
  /// How the table's areas reach the grid's.
  package var lookups: [MapJob]
}

/// Where the places of areas stand.
package struct CoordinatesJob: Sendable {
  package enum System: Sendable {
    /// Degrees.
    case geographic(latitude: String, longitude: String)
    /// Metres of the British National Grid, or of any other plane.
    case plane(easting: String, northing: String)
  }

  package var table: TableJob
  package var code: KeyJob
  package var system: System
}

extension JobNode {
  /// Numbers of pairs in a column that the key `value` names.
  package func pairs(_ value: String, in range: NumberRange, folder: String) throws -> PairJob {
    let keys = try keyed(["from", "to", value, "area-lookup"] + tableKeys)
    return PairJob(
      table: try table(keys, folder: folder), from: try keys.required("from", of: self).key(),
      to: try keys.required("to", of: self).key(),
      value: try keys.required(value, of: self).text(), range: range,
      lookups: try keys["area-lookup"]?.items().map { try $0.map(folder: folder) } ?? [])
  }

  /// Where areas are, in degrees or in metres of a plane.
  package func coordinates(folder: String) throws -> CoordinatesJob {
    let keys = try keyed(["code", "latitude", "longitude", "easting", "northing"] + tableKeys)
    let system: CoordinatesJob.System
    if keys["easting"] != nil || keys["northing"] != nil {
      if let latitude = keys["latitude"] ?? keys["longitude"] {
        throw latitude.wrong(expected: "either degrees or eastings and northings")
      }
      system = .plane(
        easting: try keys.required("easting", of: self).text(),
        northing: try keys.required("northing", of: self).text())
    } else {
      system = .geographic(
        latitude: try keys.required("latitude", of: self).text(),
        longitude: try keys.required("longitude", of: self).text())
    }
    return CoordinatesJob(
      table: try table(keys, folder: folder), code: try keys.required("code", of: self).key(),
      system: system)
  }
}

extension WaysJob {
  package var tables: [TableJob] {
    switch self {
    case .coordinates(let coordinates): [coordinates.table]
    case .costs(let costs): costs.tables
    }
  }
}

extension PairJob {
  package var tables: [TableJob] { [table] + lookups.map(\.table) }
}
