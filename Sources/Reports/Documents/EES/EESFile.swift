import Extracts
import Mismatch
import Runs

/// The pair of files: rows of all sectors together first, then those of cells.
struct EESFile {
  static let cells = "cells.csv"
  static let areas = "areas.csv"
  private static let total = "Total"

  private let cells: WrittenTable
  private let areas: WrittenTable
  private let indicators: [EESIndicator]
  private let times: [Spelling: EESTime]
  /// Labels of pairs, in order, where a filter tells them apart.
  private let comparisons: [String]
  private let levels: [Spelling: EESLevel]
  /// Those that areas have, in their order.
  private let usedLevels: [EESLevel]
  /// The item of the filter for each sector.
  private let sectors: [Spelling: String]

  init(_ run: FinishedRun) throws {
    guard let cells = try run.table(EESFile.cells), let areas = try run.table(EESFile.areas) else {
      throw Failure(.inputOutput, at: Place(file: run.folder), "lacks cells.csv or areas.csv")
    }
    (self.cells, self.areas) = (cells, areas)
    var (periods, names) = ([String](), [Spelling: String]())
    var (levels, usedLevels) = ([Spelling: EESLevel](), [EESLevel]())
    try cells.eachRow(["period", "area_code", "area_name", "sector_code", "sector_name"]) { row in
      if periods.last?.isSpelt(as: row[0]) != true { periods.append(row[0]) }
      names[Spelling(row[3])] = row[4]
      guard levels[Spelling(row[1])] == nil else { return }
      let level = try EESLevel(of: row[1], name: row[2], in: EESFile.cells)
      levels[Spelling(row[1])] = level
      if !usedLevels.contains(level) { usedLevels.append(level) }
    }
    (self.levels, self.usedLevels) = (levels, usedLevels)
    sectors = EESFile.items(names)
    times = try EESTime.times(of: periods, in: EESFile.cells)
    comparisons = periods.count > 1 && periods.contains { $0.contains("=") } ? periods : []
    let parts = periods.first?.split(separator: "=").map { String($0).trimmed() } ?? []
    let demandPeriod = periods.count == 1 && parts.count == 2 ? parts[1] : nil
    indicators = cells.columns.compactMap { EESIndicator($0, demandPeriod: demandPeriod) }
  }

  /// Names of sectors without odd spaces, each with its code where others share it.
  private static func items(_ names: [Spelling: String]) -> [Spelling: String] {
    let plain = names.mapValues {
      $0.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    }
    let counts = plain.values.reduce(into: [total.lowercased(): 1]) {
      $0[$1.lowercased(), default: 0] += 1
    }
    return Dictionary(
      uniqueKeysWithValues: plain.map { code, name in
        let isAlone = !name.isEmpty && counts[name.lowercased()] == 1
        return (code, isAlone ? name : "\(name) (\(code.text))".trimmed())
      })
  }

  // MARK: Data

  private var headings: [String] {
    ["time_period", "time_identifier", "geographic_level", "country_code", "country_name"]
      + usedLevels.flatMap { $0.columns ?? [] } + (comparisons.isEmpty ? [] : ["comparison"])
      + ["sector"] + indicators.map(\.name)
  }

  /// Writes the data in parts.
  func writeData(_ write: ([UInt8]) throws -> Void) throws {
    try write(CSVText(headings).bytes)
    try writeRows(of: areas, write) { _ in EESFile.total }
    try writeRows(of: cells, write) { row in sectors[Spelling(row[3])] ?? row[3] }
  }

  /// Writes rows of a table; indicators that it lacks have no meaning there.
  private func writeRows(
    of table: WrittenTable, _ write: ([UInt8]) throws -> Void, sector: ([String]) -> String
  ) throws {
    let names = table.columns.map(\.name)
    let keys =
      ["period", "area_code", "area_name"] + (table.has("sector_code") ? ["sector_code"] : [])
    let keyPlaces = keys.compactMap(names.firstIndex)
    let places = indicators.map { names.firstIndex(of: $0.name) }
    let reasons = places.map { $0.flatMap { MissingNumber.statusColumn(of: $0, in: names) } }
    var bytes: [UInt8] = []
    try table.eachWholeRow { row in
      let key = keyPlaces.map { row[$0] }
      let values = indicators.indices.map { number in
        indicators[number].text(
          places[number].map { row[$0] } ?? "", status: reasons[number].map { row[$0] } ?? "")
      }
      bytes += CSVText(place(key) + [sector(key)] + values).bytes
      guard bytes.count > 1 << 18 else { return }
      try write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try write(bytes)
  }

  /// The fields of time, place and comparison of a row.
  private func place(_ key: [String]) -> [String] {
    let (code, name) = (key[1], key[2])
    guard let time = times[Spelling(key[0])], let level = levels[Spelling(code)] else { return [] }
    let places = usedLevels.flatMap { used in
      used.columns == nil ? [] : used == level ? [code, name] : ["", ""]
    }
    return [time.period, time.identifier, level.name] + level.country(of: code, name: name) + places
      + (comparisons.isEmpty ? [] : [key[0]])
  }

  // MARK: Metadata

  var metadata: [UInt8] {
    let headings = [
      "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp",
      "filter_hint", "filter_grouping_column", "filter_default",
    ]
    var rows = [headings]
    if let first = comparisons.first {
      rows.append([
        "comparison", "Filter", "Periods compared", "", "", "", "Provision = demand", "", first,
      ])
    }
    rows.append(["sector", "Filter", "Sector", "", "", "", "", "", EESFile.total])
    rows += indicators.map {
      [$0.name, "Indicator", $0.label, $0.group, $0.unit, "\($0.decimals)", "", "", ""]
    }
    return rows.flatMap { CSVText($0).bytes }
  }
}
