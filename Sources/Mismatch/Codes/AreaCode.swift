/// A code of the UK statistical services: a letter for the country and eight digits, of which the first two say what
/// kind of area it is of (Register of Geographic Codes,
/// https://geoportal.statistics.gov.uk/search?q=RGC).
package struct AreaCode: Sendable, Equatable {
  /// Kinds of areas.
  package enum Level: String, Sendable {
    case union = "groups of countries"
    case country = "countries"
    case region = "regions"
    case londonPart = "Inner and Outer London"
    case county = "counties"
    case district = "districts"
    case combinedAuthority = "combined authorities"
    case skillsPlanArea = "local skills improvement plan areas"
    case enterprisePartnership = "local enterprise partnerships"
    case constituency = "constituencies"
    case travelToWork = "travel to work areas"
    case ward = "wards"
    case middleOutput = "middle layer output areas"
    case lowerOutput = "lower layer output areas"
    case output = "output areas"
    case outside = "places outside the country"

    /// Whether areas of the level are totals of whole countries or regions.
    package var isHigh: Bool { [.union, .country, .region, .londonPart].contains(self) }
  }

  package let text: String
  /// Nil for a kind that is not known.
  package let level: Level?
  /// What one area of the kind is called.
  package let kind: String

  private static let table: [(prefixes: String, level: Level, kind: String)] = [
    ("K02", .union, "United Kingdom"), ("K03", .union, "Great Britain"),
    ("K04", .union, "England and Wales"), ("E92 W92 S92 N92", .country, "country"),
    ("E12", .region, "region"), ("E13", .londonPart, "inner or outer London"),
    ("E10", .county, "county"), ("E11", .county, "metropolitan county"),
    ("E06 E07 E08 E09 W06 S12 N08 N09", .district, "district"),
    ("E47", .combinedAuthority, "combined authority"),
    ("E61", .combinedAuthority, "Greater London Authority"), ("E69", .skillsPlanArea, "LSIP"),
    ("E37", .enterprisePartnership, "LEP"),
    ("E14 W07 S14 N05 N06", .constituency, "constituency"),
    ("E30 W22 S22 N12", .travelToWork, "travel to work area"), ("E05 W05 S13 N10", .ward, "ward"),
    ("E02 W02 S02", .middleOutput, "MSOA"), ("E01 W01 S01", .lowerOutput, "LSOA"),
    ("E00 W00 S00", .output, "output area"), ("J99", .outside, "outside England and Wales"),
  ]

  private static let byPrefix: [String: (level: Level, kind: String)] = Dictionary(
    table.flatMap { prefixes, level, kind in
      prefixes.split(separator: " ").map { (String($0), (level, kind)) }
    }
  ) { first, _ in first }

  /// Nil for a text that is no code, blanks around it aside.
  package init?(_ text: String) {
    let text = text.trimmed()
    guard AreaCode.isCode(text) else { return nil }
    let prefix = String(text.prefix(3))
    self.text = text
    level = AreaCode.byPrefix[prefix]?.level
    kind = AreaCode.byPrefix[prefix]?.kind ?? "other (\(prefix))"
  }

  /// Whether a text is one letter of a country or group of countries and eight digits, blanks around it aside.
  package static func isCode(_ text: String) -> Bool {
    let text = text.trimmed()
    guard text.utf8.count == 9, let first = text.utf8.first else { return false }
    return "EWSNKJLM".utf8.contains(first)
      && text.utf8.dropFirst().allSatisfy { (48...57).contains($0) }
  }

  /// Whether areas of both kinds cover the same ground where both are whole.
  ///
  /// Counties lie beside unitary authorities, metropolitan districts and boroughs; those and
  /// non-metropolitan districts are one level.
  package func overlaps(_ other: AreaCode) -> Bool {
    guard let level, let otherLevel = other.level, text.first == other.text.first else {
      return false
    }
    if Set([level, otherLevel]) == [.county, .district] {
      return text.hasPrefix("E07") || other.text.hasPrefix("E07")
    }
    return level != otherLevel
  }
}
