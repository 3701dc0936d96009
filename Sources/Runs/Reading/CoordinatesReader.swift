import Extracts
import Jobs
import Dense
import Mismatch

extension CoordinatesJob {
  /// Reads the places of the grid's areas.
  ///
  /// - Throws: ``Failure`` for an area without coordinates or with two rows, and for numbers that are none or
  ///   lie outside their range.
  package func read(areas: Codebook, onRead: @escaping @Sendable (Int) -> Void) throws -> (
    points: Points, inputs: [InputRecord]
  ) {
    var firsts = [Double?](repeating: nil, count: areas.count)
    var seconds = [Double](repeating: 0, count: areas.count)
    var inputs: [InputRecord] = []
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var codes = try KeyReader(code, in: rows, as: .code(.area))
      let columns = (try rows.column(names.first), try rows.column(names.second))
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let code = try codes.code(&rows)
        guard let area = areas.position(of: code) else { continue }
        guard firsts[area] == nil else {
          throw Failure(
            .badData, at: rows.place(), "the area \"\(code)\" has duplicated coordinates",
            expected: "one row per area", advice: "Keep one of them with `where`")
        }
        firsts[area] = try rows.number(columns.0, in: ranges.first, what: "coordinate")
        seconds[area] = try rows.number(columns.1, in: ranges.second, what: "coordinate")
      }
      inputs.append(try rows.record(role: "coordinates", rowCount: rowCount))
    }
    let missing = areas.codes.indices.filter { firsts[$0] == nil }.map { areas.codes[$0] }
    guard missing.isEmpty else {
      throw Failure(
        .badData, at: Place(file: table.files.first?.path ?? ""),
        "no coordinates of \(Failure.examples(missing))",
        expected: "a row for each area of the grid",
        advice: "Add them, or exclude the areas with `exclude-areas`")
    }
    return (points(firsts.compactMap { $0 }, seconds), inputs)
  }

  private func points(_ firsts: [Double], _ seconds: [Double]) -> Points {
    switch system {
    case .geographic: Points(latitudes: firsts, longitudes: seconds)
    case .plane: Points(eastings: firsts, northings: seconds, scale: 1e-3)
    }
  }

  private var names: (first: String, second: String) {
    switch system {
    case .geographic(let latitude, let longitude): (latitude, longitude)
    case .plane(let easting, let northing): (easting, northing)
    }
  }

  private var ranges: (first: NumberRange, second: NumberRange) {
    switch system {
    case .geographic: (.degrees(to: 90), .degrees(to: 180))
    case .plane: (.metres, .metres)
    }
  }
}
