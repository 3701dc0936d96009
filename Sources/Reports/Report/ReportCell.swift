import Extracts
import Foundation
import Mismatch
import Runs

/// A cell of a finished run as a report shows it.
struct ReportCell: Sendable {
  let period: Int
  let area: Int
  let sector: Int
  let provision: WrittenFigure
  let demand: WrittenFigure
  /// Shares of the area's sum, from 0 to 1.
  let provisionShare: Double?
  let demandShare: Double?
  /// In percentage points, as the interval.
  let gap: WrittenFigure
  let interval: WrittenInterval?
  let call: Call?
  /// Whether the call is the same under all alternatives; nil where none were tried.
  let survives: Bool?

  /// The columns of `cells.csv` that it is made of.
  static let columns =
    ["period", "area_code", "area_name", "sector_code", "sector_name"]
    + ["provision", "demand", "share_gap_pp"].flatMap(figureHeadings) + [
      "provision_share", "demand_share", "share_gap_pp_combined_lower",
      "share_gap_pp_combined_upper", "call", "call_survives",
    ]

  /// Where ``columns`` have the call.
  static let callPlace = columns.firstIndex(of: "call") ?? 0

  /// Where ``columns`` stand in texts of them.
  static let headings = WrittenCell.Headings(columns)

  init(period: Int, area: Int, sector: Int, _ cell: WrittenCell) {
    (self.period, self.area, self.sector) = (period, area, sector)
    provision = cell.figure(Side.provision.rawValue)
    demand = cell.figure(Side.demand.rawValue)
    provisionShare = cell.number(Measure.provisionShare.name)
    demandShare = cell.number(Measure.demandShare.name)
    gap = cell.gap
    interval = cell.interval
    call = cell.call
    survives = cell.survives
  }

  /// How far the gap is from 0; below 0 where it is undefined.
  var size: Double { gap.value.map(abs) ?? -1 }
}

/// Codes and names in the order in which a file has them; long names are shortened.
struct CodeNames: Sendable {
  private(set) var codes: [String] = []
  private(set) var names: [String] = []
  private var numbers: [Spelling: Int] = [:]
  private var last: (code: String, number: Int) = ("", -1)

  var count: Int { codes.count }

  /// The number of a code, which is taken up where it is new.
  mutating func number(of code: String, name: String) -> Int {
    if last.number >= 0, last.code.isSpelt(as: code) { return last.number }
    let key = Spelling(code)
    let number = numbers[key] ?? codes.count
    if number == codes.count {
      numbers[key] = number
      codes.append(code)
      names.append((name.isEmpty ? code : name).shortened)
    }
    last = (code, number)
    return number
  }

  /// The number of a code; nil where the file has none of it.
  func number(of code: String) -> Int? { numbers[Spelling(code)] }
}
