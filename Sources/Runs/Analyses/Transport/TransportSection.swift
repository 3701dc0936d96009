import Charts
import Mismatch

extension ReportSection {
  /// What the transport from provision to demand has to change: place, skill, both or nothing.
  static let transport = ReportSection("transport", "From provision to demand") { tables in
    let rows = try tables.rows(of: "transport.csv", ["period", "item", "value", "status"]) ?? []
    let shares = names.compactMap { kind, name in
      rows.first { $0[1] == "share_\(kind.rawValue)" }.flatMap { Double($0[2]) }.map { (name, $0) }
    }
    guard shares.count == names.count, let status = rows.first?[3] else { return [] }
    let distance = rows.first { $0[1] == "mean_distance" }.flatMap { Double($0[2]) }
    let text = shares.map { "\(SectionNumber.percent($0.1)) % \($0.0)" }.joined(separator: ", ")
    let note = distance.map { " The mean distance is \(SectionNumber.fixed($0)) km." } ?? ""
    return [
      .paragraph(
        "If each unit of provision went to an opening as near in place and skill as all others allow: \(text).\(note) "
          + "How skill and distance weigh against each other is a judgement of the job. The plan is \(status)."
      ),
      .chart(
        "transport",
        StackedBars(
          title: "What has to change between provision and demand",
          description: "Shares of all units by what changes on the way from provision to demand.",
          segments: shares.map(\.0), rows: [.init(label: "All areas", parts: shares.map(\.1))],
          axisTitle: "Share of all units, %")),
      .table(
        SectionTable(
          caption: "What has to change between provision and demand, %", texts: ["What"],
          numbers: ["Share"], rows: shares.map { [$0.0, SectionNumber.percent($0.1)] },
          file: "transport.csv")),
    ]
  }

  private static let names: [(MoveKind, String)] = [
    (.matched, "matched"), (.skillOnly, "wrong skill only"),
    (.placeOnly, "wrong place only"), (.both, "wrong skill and place"),
  ]
}
