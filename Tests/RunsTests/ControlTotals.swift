import Foundation
import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// A total that `PROVENANCE.md` states of a file, and where a run must come to it.
struct ControlTotal {
  enum Amount {
    /// Of all rows.
    case published
    /// Of the rows that `where` keeps.
    case kept
    /// Of the rows that `where` leaves out.
    case left
    /// Of the rows of totals.
    case totals
    /// What the grid receives.
    case mapped
    /// What stands under an area that the lookup does not know.
    case unmapped(String)
  }

  let job: String
  let side: Side
  /// Nil for all periods of the input.
  let period: String?
  let what: Amount
  let amount: Double

  init(_ job: String, _ side: Side, _ period: String?, _ what: Amount, _ amount: Double) {
    self.job = job
    self.side = side
    self.period = period
    self.what = what
    self.amount = amount
  }

  func found(in outcome: Outcome) -> Double {
    let reconciliation = outcome.reconciliations.filter {
      $0.subject == Subject(side) && (period == nil || $0.period == period)
    }.reduce(into: Reconciliation()) { $0.add($1.reconciliation) }
    return switch what {
    case .published: reconciliation.published
    case .kept: reconciliation.published - reconciliation.filteredByWhere.sum.value
    case .left: reconciliation.filteredByWhere.sum.value
    case .totals: reconciliation.filteredAsTotals.sum.value
    case .mapped: reconciliation.mapped
    case .unmapped(let area):
      outcome.unmapped.filter {
        $0.subject == Subject(side) && $0.dimension == .area && $0.code == area
          && (period == nil || $0.period == period)
      }.reduce(0) { $0 + $1.published }
    }
  }

  static let all = [
    ControlTotal("births-districts-to-lsip", .demand, "2023", .mapped, 281_860),
    ControlTotal("births-lsip", .demand, nil, .published, 39_459_920),
    ControlTotal("births-lsip", .demand, "Dec 2022 - Dec 2023", .mapped, 281_860),
    ControlTotal("births-lsip", .demand, "Dec 2022 - Dec 2023", .unmapped("England"), 281_860),
    ControlTotal("claimants-boroughs", .provision, "March 2019", .mapped, 148_460),
    ControlTotal("claimants-boroughs", .provision, "March 2024", .published, 292_205),
    ControlTotal("claimants-boroughs", .provision, "March 2025", .published, 349_480),
    ControlTotal("claimants-manchester", .provision, nil, .kept, 658_325),
    ControlTotal("claimants-manchester", .provision, nil, .left, 658_330),
    ControlTotal("claimants-manchester", .provision, "2014-12-01", .left, 42_205),
    ControlTotal("enterprises-2019-regions", .demand, "2019", .mapped, 2_547_030),
    ControlTotal("enterprises-2019-regions", .demand, "2019", .unmapped("E92000001"), 2_547_030),
    ControlTotal("enterprises-2024-lsip", .demand, "Mar 2024", .published, 18_129_190),
    ControlTotal("enterprises-2024-lsip", .demand, "Mar 2024", .unmapped("England"), 2_368_350),
    ControlTotal("learners-four-years-lsip", .demand, nil, .published, 175_435_615),
    ControlTotal("learners-four-years-lsip", .demand, "Jul-21", .unmapped("England"), 1_496_804),
    ControlTotal("learners-four-years-lsip", .provision, "AY23/24", .mapped, 1_245_490),
    ControlTotal(
      "learners-four-years-lsip", .provision, "AY23/24", .unmapped("England"), 1_252_510),
    ControlTotal("new-adverts-uk", .demand, nil, .kept, 73_392_271),
    ControlTotal("new-adverts-uk", .demand, nil, .left, 44_058_030),
    ControlTotal("new-adverts-uk", .demand, "Dec 2023", .mapped, 582_172),
    ControlTotal("occupations-2025-lsip", .demand, "Jan-25", .unmapped("England"), 998_785),
    ControlTotal("occupations-2025-lsip", .provision, "Apr 2024-Mar 2025", .mapped, 27_889_000),
    ControlTotal(
      "occupations-2025-lsip", .provision, "Apr 2024-Mar 2025", .unmapped("England"), 27_906_000),
    ControlTotal("outcomes-providers", .provision, "2021/22", .kept, 1_319_860),
    ControlTotal("outcomes-providers", .provision, "2022/23", .kept, 1_375_600),
    ControlTotal("participation-2025-lsip", .demand, "Jan-25", .mapped, 998_820),
    ControlTotal("participation-2025-lsip", .provision, "AY23/24", .unmapped("England"), 1_830_650),
    // No qualification, levels 1 to 4, others.
    ControlTotal(
      "qualifications-2024-lsip", .provision, "Jan 2024-Dec 2024", .unmapped("England"),
      2_269_100 + 889_500 + 6_610_900 + 7_064_000 + 16_117_900 + 1_510_900),
    ControlTotal("students-regions", .provision, "2019/20", .mapped, 1_131_403),
    ControlTotal("unemployed-four-years-lsip", .provision, "Apr 2024-Mar 2025", .mapped, 1_152_700),
    ControlTotal(
      "unemployed-four-years-lsip", .provision, "Apr 2024-Mar 2025", .unmapped("England"),
      1_152_800),
    ControlTotal("vacancies-2019-lep", .demand, "2019", .totals, 903_042),
  ]
}
