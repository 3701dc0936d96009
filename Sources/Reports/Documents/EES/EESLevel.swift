import Mismatch

/// A geographic level of explore education statistics, and the columns that hold its codes and names.
struct EESLevel: Hashable {
  let name: String
  /// Nil for countries, whose columns every file has.
  let columns: [String]?

  private static let table: [(prefixes: String, level: EESLevel)] = [
    ("K02 K03 K04 E92 W92 S92 N92", EESLevel("National", nil)),
    ("E12", EESLevel("Regional", "region")),
    ("E06 E07 E08 E09", EESLevel("Local authority district", "lad")),
    ("E69", EESLevel("Local skills improvement plan area", "lsip")),
    ("E47 E61", EESLevel("English devolved area", "english_devolved_area")),
    ("E37", EESLevel("Local enterprise partnership", "local_enterprise_partnership")),
    ("E14", EESLevel("Parliamentary constituency", "pcon")), ("E05", EESLevel("Ward", "ward")),
  ]

  private init(_ name: String, _ stem: String?) {
    self.name = name
    columns = stem.map { ["\($0)_code", "\($0)_name"] }
  }

  /// The level of an area.
  ///
  /// - Throws: ``Failure`` (`badData`) for a code of none.
  init(of code: String, name: String, in file: String) throws {
    let prefix = AreaCode.isCode(code) ? String(code.prefix(3)) : ""
    let known = EESLevel.table.first { $0.prefixes.split(separator: " ").contains { $0 == prefix } }
    guard let known else {
      let levels = EESLevel.table.map { "\($0.level.name) (\($0.prefixes))" }
      throw Failure(
        .badData, at: Place(file: file),
        "the area \"\(code)\" (\(name)) has no geographic level of explore education statistics here",
        expected: levels.joined(separator: ", "),
        advice:
          "Leave `ees` out of `output`, or bring the areas to one of these levels with a `lookup`")
    }
    self = known.level
  }

  /// Code and name of the country of an area.
  func country(of code: String, name: String) -> [String] {
    guard columns != nil else { return [code, name] }
    return EESLevel.countries[code.first ?? "E"] ?? ["z", "z"]
  }

  private static let countries: [Character: [String]] = [
    "E": ["E92000001", "England"], "W": ["W92000004", "Wales"], "S": ["S92000003", "Scotland"],
    "N": ["N92000002", "Northern Ireland"],
  ]
}
