import Extracts
import Jobs
import Mismatch

/// What an area code of the statistical services is a code of, by its first three characters.
enum AreaLevel: String {
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

  private static let prefixes: [(level: AreaLevel, prefixes: String)] = [
    (.union, "K02 K03 K04"), (.country, "E92 W92 S92 N92"), (.region, "E12"), (.londonPart, "E13"),
    (.county, "E10"), (.district, "E06 E07 E08 E09 W06 S12 N09"),
    (.combinedAuthority, "E47 E61"), (.skillsPlanArea, "E69"), (.enterprisePartnership, "E37"),
    (.constituency, "E14 W07 S14 N05 N06"), (.travelToWork, "E30 W22 S22 N12"),
    (.ward, "E05 W05 S13"), (.middleOutput, "E02 W02 S02"), (.lowerOutput, "E01 W01 S01"),
    (.output, "E00 W00 S00"),
  ]

  private static let byPrefix: [String: AreaLevel] = Dictionary(
    prefixes.flatMap { level, names in names.split(separator: " ").map { (String($0), level) } }
  ) { first, _ in first }

  /// The level of a code: one letter and eight digits; nil for any other text.
  init?(_ code: String) {
    guard code.utf8.count == 9, code.utf8.dropFirst().allSatisfy({ (48...57).contains($0) }),
      let level = AreaLevel.byPrefix[String(code.prefix(3))]
    else { return nil }
    self = level
  }

  /// Whether areas of the level are totals of whole countries or regions.
  var isHigh: Bool { [.union, .country, .region, .londonPart].contains(self) }

  /// Whether an area of one code is part of that of the other, as far as codes alone tell.
  static func contains(_ outer: String, _ inner: String) -> Bool {
    guard let outerLevel = AreaLevel(outer), let innerLevel = AreaLevel(inner), outer != inner
    else {
      return false
    }
    switch outerLevel {
    case .union:
      return innerLevel != .union || outer.hasPrefix("K02")
        || (outer.hasPrefix("K03") && inner.hasPrefix("K04"))
    case .country: return innerLevel != .country && outer.first == inner.first
    case .region:
      return outer == "E12000007"
        && (innerLevel == .londonPart || inner.hasPrefix("E09") || inner == "E61000001")
    default: return false
    }
  }

  /// Whether areas of both levels cover the same ground where both are whole.
  ///
  /// Counties stand beside unitary authorities, metropolitan districts and boroughs; those and
  /// non-metropolitan districts are one level.
  static func overlap(_ left: String, _ right: String) -> Bool {
    guard let a = AreaLevel(left), let b = AreaLevel(right), left.first == right.first else {
      return false
    }
    if Set([a, b]) == [.county, .district] {
      return left.hasPrefix("E07") || right.hasPrefix("E07")
    }
    return a != b
  }
}
