import Mismatch

extension ReportSection {
  /// The kinds of areas, and which areas are of each.
  static let typology = ReportSection("typology", "Kinds of areas") { tables in
    let columns = ["period", "area_code", "area_name", "cluster", "silhouette"]
    let rows = (try tables.rows(of: "typology_areas.csv", columns) ?? []).filter { !$0[3].isEmpty }
    let kinds = Dictionary(grouping: rows) { Int($0[3]) ?? 0 }.sorted { $0.key < $1.key }
    guard !kinds.isEmpty else { return [] }
    return [
      .paragraph(
        "Areas of one kind over- and under-provide alike: \(SectionNumber.counted(kinds.count, "kind")) by the first axes "
          + "of a correspondence analysis. The silhouette says how well an area fits its kind: 1 is a perfect fit, below "
          + "0 another kind is nearer."),
      .table(
        SectionTable(
          caption: "Kinds of areas", texts: ["Kind", "Areas"],
          numbers: ["Number", "Mean silhouette"],
          rows: kinds.map { kind, areas in
            let silhouettes = areas.compactMap { Double($0[4]) }
            let mean =
              silhouettes.isEmpty ? nil : silhouettes.reduce(0, +) / Double(silhouettes.count)
            return [
              "Kind \(kind)", named(areas.map { $0[2] }), "\(areas.count)",
              mean.map { SectionNumber.fixed($0) } ?? SectionNumber.undefined,
            ]
          }, file: "typology_areas.csv")),
    ]
  }

  /// Names up to some number, and how many there are besides.
  private static func named(_ names: [String]) -> String {
    let shown = names.prefix(12)
    let rest = names.count - shown.count
    return shown.joined(separator: "; ") + (rest > 0 ? "; and \(rest) others" : "")
  }
}
