import Mismatch

/// What labels and headings of the UK statistical services say of areas.
enum AreaNames {
  /// Levels by the prefix that Nomis puts before a name.
  private static let prefixes = [
    "country": "country", "lep": "LEP", "ladu": "district", "lad": "district",
    "gor": "region", "region": "region", "lsip": "LSIP", "nuts316": "NUTS 3 (2016)",
    "nuts216": "NUTS 2 (2016)", "combauth": "combined authority", "county": "county",
    "ualad09": "district",
    "User Defined Geography": "user-defined area", "ttwa": "travel to work area",
  ]

  /// The level that a Nomis label such as `lep:Black Country` tells; nil for a label without a prefix.
  static func prefixedLevel(of label: String) -> String? {
    guard let colon = label.utf8.firstIndex(of: 58), colon != label.startIndex else { return nil }
    return prefixes[String(label[..<colon])]
  }

  /// The level that a label's last word tells, as in `Cumbria LSIP`.
  static func suffixedLevel(of label: String) -> String? {
    if label.hasSuffix(" LSIP") { return "LSIP" }
    if label.hasSuffix(" MCA") { return "combined authority" }
    return label.hasSuffix(" LEP") ? "LEP" : nil
  }

  /// Whether a label names one of the nine regions.
  static func isRegion(_ label: String) -> Bool { AreaCode(named: label)?.level == .region }

  /// Whether a text is the name of a region or a country.
  static func isKnown(_ text: String) -> Bool { isRegion(text) || isCountry(text) }

  /// Whether a label names a country or a union of countries.
  static func isCountry(_ label: String) -> Bool {
    [.country, .union].contains(AreaCode(named: label)?.level) || isTotalUK(label)
  }

  /// Whether a label names a country that stands beside its parts in English tables.
  static func isWhole(_ label: String) -> Bool {
    AreaCode(named: label).map { $0.level == .union || $0.text == "E92000001" } ?? isTotalUK(label)
  }

  private static func isTotalUK(_ label: String) -> Bool { label.lettersAndDigits() == "totaluk" }

  /// Words of a column's name, each with the level of the areas that it names.
  private static let words = [
    "lad": "district", "ltla": "district", "la": "district", "lsip": "LSIP", "lep": "LEP",
    "rgn": "region", "region": "region", "cauth": "combined authority", "mca": "combined authority",
    "ctry": "country", "country": "country", "utla": "upper-tier authority", "wd": "ward",
    "local_authority": "district", "local_enterprise_partnership": "LEP",
    "english_devolved_area": "devolved area", "local_skills_improvement_plan_area": "LSIP",
    "learner_home_lad": "district", "delivery_lad": "district",
    "delivery_region": "region", "learner_home_region": "region",
    "local_authority_district": "district",
  ]

  /// What a column's name says of the areas in it: level and vintage, and whether names are meant.
  struct Heading: Equatable {
    var level: String?
    var vintage: String?
    var isName: Bool
  }

  /// What a column's name says; nil for a name that speaks of no areas.
  static func heading(_ name: String) -> Heading? {
    let plain = name.normalisedName()
    for stem in ["area", "areanm", "area_name", "location", "location_name", "geography_name"]
    where plain == stem { return Heading(isName: true) }
    if ["areacd", "area_code", "location_code", "geography_code", "old_la_code"].contains(plain) {
      return Heading(level: plain == "old_la_code" ? "local authority" : nil, isName: false)
    }
    if let heading = boundaryHeading(plain) { return heading }
    if let level = words[plain] { return Heading(level: level, isName: true) }
    if plain.hasSuffix("_name"), let level = words[String(plain.dropLast(5))] {
      return Heading(level: level, isName: true)
    }
    if plain.hasSuffix("_code"), let level = words[String(plain.dropLast(5))] {
      return Heading(level: level, isName: false)
    }
    if plain == "new_la_code" { return Heading(isName: false) }
    return wordyHeading(name.lowercased())
  }

  /// `LAD21CD`, `LSIP23NM`, `LADCD`.
  private static func boundaryHeading(_ plain: String) -> Heading? {
    guard let end = ["cd", "nm", "nmw", "cdo"].first(where: plain.hasSuffix) else { return nil }
    let stem = plain.dropLast(end.count)
    let digits = stem.suffix(2)
    if let year = Int(digits), digits.allSatisfy(\.isNumber),
      let level = words[String(stem.dropLast(2))]
    {
      return Heading(
        level: level, vintage: "20\(year < 10 ? "0" : "")\(year)", isName: end.hasPrefix("nm"))
    }
    if stem == "er" { return Heading(isName: end == "nm") }
    return words[String(stem)].map { Heading(level: $0, isName: end.hasPrefix("nm")) }
  }

  private static func wordyHeading(_ name: String) -> Heading? {
    if name.hasPrefix("local authority [") || name.hasPrefix("local authority (")
      || name.hasPrefix("excluded local authorities")
    {
      return Heading(level: "district", isName: true)
    }
    if name.hasPrefix("region [") { return Heading(level: "region", isName: true) }
    if name.contains("lsip geography") { return Heading(level: "LSIP", isName: true) }
    guard name.contains("local authority district") || name.hasPrefix("local authority: district")
    else { return nil }
    return Heading(level: "district", vintage: vintage(in: name), isName: true)
  }

  /// What a heading, or the type of geography beside a Nomis figure, says of the boundaries: "as of April
  /// 2023", "prior to April 2015", "2011 (census merged)"; nil where it says nothing.
  static func vintage(in text: String) -> String? {
    guard text.utf8.count >= "local authority".utf8.count else { return nil }
    let lowered = text.lowercased()
    guard lowered.holds("local authorit") else { return nil }
    if let found = lowered.firstMatch(of: /(as of|prior to) ([a-z])([a-z]+) (\d{4})/) {
      let (_, word, initial, rest, year) = found.output
      return "\(word) \(initial.uppercased())\(rest) \(year)"
    }
    return lowered.firstMatch(of: /(\d{4}) census merged/).map { "\($0.output.1) (census merged)" }
  }
}
