/// What the names of columns tell of their use, for columns whose texts alone do not.
package enum ColumnNames {
  /// What separates two keys in one heading.
  static let keySeparators = [": ", " | "]

  /// The part of a heading before what separates it from a second one; nil for a heading of one part.
  static func firstKey(of heading: String) -> String? {
    keySeparators.lazy.compactMap { heading.firstRange(of: $0) }.first
      .map { String(heading[..<$0.lowerBound]) }
  }

  private static let values: Set<String> = [
    "value", "values", "obs_value", "valuetext", "count", "counts", "number", "observation",
    "achievements", "enrolments", "starts", "vacancies", "adverts", "jobs", "employment", "people",
    "apps_received", "apps_approved", "perc", "percentage", "aims", "learners", "openings",
    "e_and_t_aims_ach", "median_income", "pcach", "pcenr", "total_ach", "total_enr",
    "participation",
  ]
  private static let valueStarts = [
    "number_", "loan_amount", "volume_of", "total_", "starts_", "enrolments_", "achievements_",
    "vacancies_", "adverts_",
  ]
  private static let valueEnds = [
    "_count", "_percent", "_achievements", "_starts", "_enrolments", "_ach", "_enr",
    "_total", "_sum",
  ]

  static func isValue(_ name: String) -> Bool {
    let plain = name.normalisedName()
    if plain.hasPrefix("record_") { return false }
    return values.contains(plain) || valueStarts.contains(where: plain.hasPrefix)
      || valueEnds.contains(where: plain.hasSuffix) || name.hasSuffix(" | number")
  }

  static func isConfidence(_ name: String) -> Bool {
    let last = name.normalisedName().split(separator: "_").last ?? ""
    return ["conf", "lci", "uci", "confidence"].contains(String(last))
      && name.normalisedName() != "obs_conf"
  }

  static func isFlag(_ name: String) -> Bool {
    let plain = name.normalisedName()
    return plain == "flags" || plain == "flag" || plain.hasSuffix("_flags")
      || plain.hasPrefix("obs_status") || plain.hasPrefix("obs_conf")
      || plain == "observation_status"
  }

  static func isPeriod(_ name: String) -> Bool {
    let plain = name.normalisedName()
    if [
      "year", "period", "time_period", "date", "month", "date_name", "date_code", "quarter", "time",
    ]
    .contains(plain) {
      return true
    }
    return plain.hasSuffix("_year") || plain.hasSuffix("_year_name") || plain.hasSuffix("_period")
      || plain.contains("_year_") || plain.hasSuffix("_date")
  }

  static func isLevel(_ name: String) -> Bool {
    ["geographic_level", "geography_level", "area_level", "geography_type", "area_type"]
      .contains(name.normalisedName())
  }

  static func isMeasure(_ name: String) -> Bool {
    ["measure", "measures", "metric", "indicator", "measure_name", "measures_name", "measure_code"]
      .contains(name.normalisedName())
  }

  /// Columns that say in what unit figures are.
  package static func isUnit(_ name: String) -> Bool {
    ["unit", "units", "unit_of_measure", "unit_measure", "uom", "measurement_unit", "unit_mult"]
      .contains(name.normalisedName())
  }

  /// What a text of a column of units says; powers of ten are those of the SDMX code list CL_UNIT_MULT.
  package static func unit(_ text: String, under name: String) -> String {
    let powers = ["2": "hundreds", "3": "thousands", "6": "millions"]
    return powers[text].map { "\(name) \(text) (\($0))" } ?? text
  }

  static func isCategory(_ name: String) -> Bool {
    let plain = name.normalisedName()
    let words = [
      "subject", "sector", "subsector", "ssa", "industry", "occupation", "profession", "soc", "sic",
      "std_fwk_name", "subgroup", "breakdown", "characteristic", "cell", "cause_of_death",
      "level_or_type",
    ]
    if plain == "level_or_type" { return true }
    if isGrouping(name) || plain.hasSuffix("_type") || plain.hasSuffix("_typecode") { return false }
    return words.contains { word in
      plain == word || plain.hasPrefix(word + "_") || plain.hasSuffix("_" + word)
        || plain.contains("_" + word + "_")
    }
  }

  /// Columns that say which classification another column's label is of.
  static func isGrouping(_ name: String) -> Bool {
    ["breakdown_topic", "characteristic_group"].contains(name.normalisedName())
      || name == "Breakdown"
  }

  /// Names of columns whose numbers are no amounts.
  static func isCode(_ name: String) -> Bool {
    let plain = name.normalisedName()
    return plain.isEmpty || plain.hasSuffix("id") || plain == "urn" || plain.contains("code")
      || plain.hasSuffix("sortorder") || plain.hasPrefix("record_") || plain.hasPrefix("shape_")
      || ["lat", "lon", "long", "latitude", "longitude", "x", "y", "easting", "northing", "ukprn"]
        .contains(plain)
      || plain.hasSuffix("_group")
      || plain.hasSuffix("_number") || plain == "indicator_dp"
  }

  /// Names that tell an identifier of rows.
  static func isIdentifier(_ name: String) -> Bool {
    let plain = name.normalisedName()
    return plain.isEmpty || plain == "urn" || plain.hasSuffix("objectid") || plain == "id"
      || plain.hasSuffix("globalid") || plain == "unique_id" || plain == "record_offset"
  }
}
