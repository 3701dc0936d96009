import Charts
import Mismatch

extension ReportSection {
  /// How large the mismatch of all areas is, and how much of it is wrong skill and how much wrong place.
  static let skillAndPlace = ReportSection("skill-and-place", "Wrong skill and wrong place") {
    tables in
    let columns = [
      "period", "measure", "value", "sampling_lower", "sampling_upper", "lower", "upper",
    ]
    let rows = try tables.rows(of: "summary.csv", columns) ?? []
    func number(_ measure: String, _ column: Int = 2) -> Double? {
      rows.first { $0[1] == measure }.flatMap { Double($0[column]) }
    }
    guard let skill = number("wrong_skill_share"), let place = number("wrong_place_share"),
      let index = number("total_entropy_index")
    else { return [] }
    let entries = [
      ("Overall mismatch (entropy index)", "total_entropy_index"),
      ("Wrong skill within areas", "wrong_skill_share"),
      ("Wrong place within sectors", "wrong_place_share"),
    ]
    return [
      .paragraph(
        "Overall mismatch is \(SectionNumber.percent(index)) % of the most that it could be. Seen by areas, "
          + "\(SectionNumber.percent(skill)) % of it is wrong skill: provision is in the right area, in another sector than "
          + "demand. Seen by sectors, \(SectionNumber.percent(place)) % is wrong place: provision is in the right sector, "
          + "in another area. The two views overlap; they do not add up."),
      .chart(
        "skill-and-place",
        StackedBars(
          title: "Parts of the overall mismatch",
          description:
            "How much of the overall mismatch lies within areas, and how much within sectors.",
          segments: ["Within", "Between"],
          rows: [
            .init(label: "Areas: wrong skill within them", parts: [skill, 1 - skill]),
            .init(label: "Sectors: wrong place within them", parts: [place, 1 - place]),
          ], axisTitle: "Share of the overall mismatch, %")),
      .table(
        SectionTable(
          caption: "Overall mismatch and its parts, %", texts: ["What"],
          numbers: ["Value", "Bounds", "Sampling interval"],
          rows: entries.map { name, measure in
            [
              name, SectionNumber.percent(number(measure)),
              "\(SectionNumber.percent(number(measure, 5))) to \(SectionNumber.percent(number(measure, 6)))",
              "\(SectionNumber.percent(number(measure, 3))) to \(SectionNumber.percent(number(measure, 4)))",
            ]
          }, file: "summary.csv")),
    ]
  }
}
