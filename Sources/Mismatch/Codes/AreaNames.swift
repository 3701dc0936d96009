extension AreaCode {
  /// The area that a name stands for wherever it is used: a union, a country, a region of England or a borough of
  /// London; nil for any other.
  ///
  /// Letter case, punctuation and a level that Nomis writes before it (`country:England`) do not matter.
  package init?(named name: String) {
    guard let code = AreaCode.codeByName[AreaCode.plain(name)] else { return nil }
    self.init(code)
  }

  private static func plain(_ name: String) -> String {
    let colon = name.utf8.firstIndex(of: 58)
    let rest = colon.map { name[name.utf8.index(after: $0)...] } ?? name[...]
    return String(rest).lettersAndDigits()
  }

  private static let names: [(code: String, names: String)] = [
    ("K02000001", "United Kingdom|UK"), ("K03000001", "Great Britain|GB"),
    ("K04000001", "England and Wales|England & Wales"), ("E92000001", "England"),
    ("W92000004", "Wales"), ("S92000003", "Scotland"), ("N92000002", "Northern Ireland"),
    ("E12000001", "North East"), ("E12000002", "North West"),
    ("E12000003", "Yorkshire and The Humber|Yorkshire & The Humber|Yorkshire and Humber"),
    ("E12000004", "East Midlands"), ("E12000005", "West Midlands"),
    ("E12000006", "East of England"), ("E12000007", "London"), ("E12000008", "South East"),
    ("E12000009", "South West"), ("E13000001", "Inner London"), ("E13000002", "Outer London"),
  ]

  private static let boroughs = [
    "City of London", "Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden",
    "Croydon", "Ealing", "Enfield", "Greenwich", "Hackney", "Hammersmith and Fulham", "Haringey",
    "Harrow", "Havering", "Hillingdon", "Hounslow", "Islington", "Kensington and Chelsea",
    "Kingston upon Thames", "Lambeth", "Lewisham", "Merton", "Newham", "Redbridge",
    "Richmond upon Thames", "Southwark", "Sutton", "Tower Hamlets", "Waltham Forest", "Wandsworth",
    "Westminster",
  ]

  private static let codeByName: [String: String] = {
    var codes: [String: String] = [:]
    for (code, names) in names {
      for name in names.split(separator: "|") { codes[String(name).lettersAndDigits()] = code }
    }
    for (name, code) in zip(boroughs, AreaContainers.codes("E09:1-33")) {
      codes[name.lettersAndDigits()] = code
    }
    return codes
  }()
}

/// The level and the country of an area, as far as its code or its name says.
package struct AreaRank: Sendable, Equatable {
  package let level: AreaCode.Level
  /// The letter with which codes of the country begin.
  package let country: Character

  private static let suffixes: [(text: String, level: AreaCode.Level)] = [
    (" LSIP", .skillsPlanArea), (" MCA", .combinedAuthority), (" LEP", .enterprisePartnership),
  ]
  /// What Nomis writes before a name and a colon.
  private static let prefixes: [(text: String, level: AreaCode.Level)] = [
    ("lsip:", .skillsPlanArea), ("combauth:", .combinedAuthority), ("lep:", .enterprisePartnership),
    ("gor:", .region), ("region:", .region), ("county:", .county), ("ladu:", .district),
    ("lad:", .district), ("ualad09:", .district), ("ttwa:", .travelToWork),
  ]

  /// Nil where neither says it; a name that says only the level is of England.
  package init?(code: String, name: String) {
    if let area = AreaCode(code) ?? AreaCode(named: code) ?? AreaCode(named: name),
      let level = area.level, let country = area.text.first
    {
      (self.level, self.country) = (level, country)
      return
    }
    let known =
      AreaRank.suffixes.first { code.hasSuffix($0.text) || name.hasSuffix($0.text) }
      ?? AreaRank.prefixes.first { code.hasPrefix($0.text) }
    guard let known else { return nil }
    (level, country) = (known.level, "E")
  }

  /// Whether areas of both kinds cover the same ground where both are whole, as ``AreaCode/overlaps(_:)``.
  package func overlaps(_ other: AreaRank) -> Bool {
    country == other.country && level != other.level
  }

  /// How many areas of the kind there are at least where all of the country are present; nil where that is not
  /// known.
  package var wholeCount: Int? {
    switch (level, country) {
    case (.region, _): 9
    case (.skillsPlanArea, _), (.enterprisePartnership, _): 36
    case (.district, "E"): 290
    case (.district, "W"): 22
    case (.district, "S"): 32
    case (.district, "N"): 11
    default: nil
    }
  }
}
