import Mismatch

extension ReportSection {
  /// What the area that the report begins with reaches, by sector.
  static let space = ReportSection("reach", "What can be reached") { tables in
    let methods = [
      ("hansen", "Demand in reach (Hansen)"),
      (
        "two_step_floating_catchment",
        "Demand in reach for each unit of provision (two-step floating catchment)"
      ),
      ("spatial_availability", "Demand allocated by distance (spatial availability)"),
      ("doubly_constrained_own_area", "Provision placed in the own area (doubly constrained)"),
    ]
    let keys = ["period", "area_code", "area_name", "sector_name"]
    let found = try methods.filter {
      try tables.rowsOfFocus(of: "accessibility.csv", keys + [$0.0]) != nil
    }
    let gaps = try tables.rowsOfFocus(of: "reachable_cells.csv", keys + ["share_gap_pp"]) ?? []
    var parts: [SectionPart] = []
    if let first = gaps.first {
      let own = try tables.rowsOfFocus(of: "cells.csv", keys + ["share_gap_pp"]) ?? []
      parts += [
        .paragraph(
          "People cross boundaries to work and to learn. Counted by what can be reached, the gaps of \(first[2]) are "
            + "these, beside those within its boundary."),
        .table(
          SectionTable(
            caption: "\(first[2]): gap in percentage points", texts: ["Sector"],
            numbers: ["In reach", "Within the boundary"],
            rows: zip(gaps, own).map {
              [$0[3], SectionNumber.signed(Double($0[4])), SectionNumber.signed(Double($1[4]))]
            }, file: "reachable_cells.csv")),
      ]
    }
    if !found.isEmpty {
      let rows = try tables.rowsOfFocus(of: "accessibility.csv", keys + found.map(\.0)) ?? []
      parts.append(
        .table(
          SectionTable(
            caption: "\(rows.first?[2] ?? ""): what is in reach", texts: ["Sector"],
            numbers: found.map(\.1),
            rows: rows.map { [$0[3]] + $0[4...].map { SectionNumber.fixed(Double($0)) } },
            file: "accessibility.csv")))
    }
    return parts
  }
}
