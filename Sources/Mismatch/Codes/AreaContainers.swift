/// Which areas of England hold which, by their codes: districts in counties, combined authorities and regions.
///
/// Serial numbers of codes that ended are here too, since tables of those years have them.
enum AreaContainers {
  /// A holder, and what it holds: kinds of areas, each with its serial numbers.
  private static let table: [(holder: String, held: String)] = [
    ("E10000002", "E07:4-7"), ("E10000003", "E07:8-12"), ("E10000006", "E07:26-31"),
    ("E10000007", "E07:32-39"), ("E10000008", "E07:40-47"), ("E10000009", "E07:48-53"),
    ("E10000011", "E07:61-65"), ("E10000012", "E07:66-77"), ("E10000013", "E07:78-83"),
    ("E10000014", "E07:84-94"), ("E10000015", "E07:95-104,240-243"), ("E10000016", "E07:105-116"),
    ("E10000017", "E07:117-128"), ("E10000018", "E07:129-135"), ("E10000019", "E07:136-142"),
    ("E10000020", "E07:143-149"), ("E10000021", "E07:150-156"), ("E10000023", "E07:163-169"),
    ("E10000024", "E07:170-176"), ("E10000025", "E07:177-181"), ("E10000027", "E07:187-191,246"),
    ("E10000028", "E07:192-199"), ("E10000029", "E07:200-206,244,245"),
    ("E10000030", "E07:207-217"), ("E10000031", "E07:218-222"), ("E10000032", "E07:223-229"),
    ("E10000034", "E07:234-239"),
    ("E11000001", "E08:1-10"), ("E11000002", "E08:11-15"), ("E11000003", "E08:16-19,38,39"),
    ("E11000005", "E08:25-31"), ("E11000006", "E08:32-36"), ("E11000007", "E08:20-24,37"),
    ("E47000001", "E11:1 E08:1-10"), ("E47000002", "E11:3 E08:16-19,38,39"),
    ("E47000003", "E11:6 E08:32-36"), ("E47000004", "E06:6 E11:2 E08:11-15"),
    ("E47000006", "E06:1-5"), ("E47000007", "E11:5 E08:25-31"),
    ("E47000008", "E06:31 E10:3 E07:8-12"), ("E47000009", "E06:22,23,25"),
    ("E47000012", "E06:14,65 E10:23 E07:163-169"),
    ("E47000013", "E06:15,18 E10:7,24 E07:32-39,170-176"),
    ("E47000014", "E06:47,48,57 E11:7 E08:20-24,37"), ("E47000015", "E06:27 E10:8 E07:40-47"),
    ("E47000016", "E06:10,11"), ("E47000017", "E06:12,13 E10:19 E07:136-142"),
    ("E47000018", "E06:8,9 E10:17 E07:117-128"),
    ("E13000001", "E09:1,7,12-14,19,20,22,23,25,28,30,32,33"),
    ("E13000002", "E09:2-6,8-11,15-18,21,24,26,27,29,31"),
    ("E12000001", "E06:1-5,47,48,57 E08:20-24,37 E10:10,22 E11:7 E47:5,6,10,11,14"),
    (
      "E12000002",
      "E06:6-9,49,50,63,64 E07:26-31,117-128 E08:1-15 E10:4,6,17 E11:1,2 E47:1,4,18"
    ),
    (
      "E12000003",
      "E06:10-14,65 E07:163-169 E08:16-19,32-36,38,39 E10:23 E11:3,6 E47:2,3,12,16"
    ),
    ("E12000004", "E06:15-18,61,62 E07:32-39,129-142,150-156,170-176 E10:7,18,19,21,24 E47:13"),
    ("E12000005", "E06:19-21,51 E07:192-199,218-222,234-239 E08:25-31 E10:26,28,31,34 E11:5 E47:7"),
    (
      "E12000006",
      "E06:31-34,55,56 E07:8-12,66-77,95-104,143-149,200-206,240-245 E10:1,3,12,15,20,29 E47:8"
    ),
    ("E12000007", "E09:1-33 E13:1,2 E61:1"), ("E61000001", "E09:1-33 E13:1,2"),
    (
      "E12000008",
      "E06:35-46,60 E07:4-7,61-65,84-94,105-116,177-181,207-217,223-229 E10:2,11,14,16,25,30,32"
    ),
    (
      "E12000009",
      "E06:22-30,52-54,58,59,66 E07:40-53,78-83,187-191,246 E10:5,8,9,13,27,33 E47:9,15"
    ),
  ]

  /// Codes of the areas that hold each code, the smallest kind first.
  static let byCode: [String: [String]] = table.reduce(into: [:]) { all, row in
    for code in codes(row.held) { all[code, default: []].append(row.holder) }
  }

  static let holders = Set(table.map(\.holder))

  /// The codes that a text such as `E06:1-3,47 E08:20` stands for.
  static func codes(_ text: String) -> [String] {
    text.split(separator: " ").flatMap { kind in
      kind.dropFirst(4).split(separator: ",").flatMap { range in
        let ends = range.split(separator: "-").compactMap { Int($0) }
        return (ends[0]...ends[ends.count - 1]).map { serial in
          let digits = String(serial)
          return String(kind.prefix(3)) + String(repeating: "0", count: 6 - digits.count) + digits
        }
      }
    }
  }
}

extension AreaCode {
  /// The codes of areas that hold this one, as far as codes alone tell: the smallest first.
  ///
  /// For all areas those are their country and its unions; for districts and counties of England also what lies
  /// between.
  package var containers: [String] {
    guard let level else { return [] }
    let unions = ["K04000001", "K03000001", "K02000001"]
    if level == .union { return Array(unions.drop { !$0.hasPrefix(text.prefix(3)) }.dropFirst()) }
    let country: [String]
    switch text.first {
    case "E": country = ["E92000001"] + unions
    case "W": country = ["W92000004"] + unions
    case "S": country = ["S92000003"] + unions.dropFirst()
    case "N": country = ["N92000002"] + unions.dropFirst(2)
    default: country = []
    }
    return level == .country
      ? Array(country.dropFirst()) : (AreaContainers.byCode[text] ?? []) + country
  }

  /// Whether the other area is a part of this one, as far as codes alone tell.
  package func contains(_ other: AreaCode) -> Bool { other.containers.contains(text) }

  /// Whether it is known which areas it holds.
  package var holdsKnownAreas: Bool { AreaContainers.holders.contains(text) }
}

extension AreaCode.Level {
  /// Whether it is known of areas of the level which of them hold which.
  package var isInContainers: Bool {
    [.region, .londonPart, .county, .combinedAuthority, .district].contains(self)
  }
}
