import Extracts
import Jobs
import Mismatch

extension Check {
  /// Figures in a unit that the job does not set.
  static let units = Check(
    "units", looksFor: "figures in thousands or another unit that the job does not set",
    guidance:
      "Set the unit that the source states, such as `unit: thousands`: counts are wrong by that factor"
  ) { outcome in
    outcome.allEvidence.flatMap { evidence in
      evidence.findings { source in
        guard let wording = source.wording else { return evidence.unseen(source) }
        let (verdict, message) = verdict(source.figures.unit, wording)
        return Finding(verdict, evidence.start(source.name) + message, place: source.place)
      }
    }
  }

  private static func verdict(_ unit: CountUnit, _ wording: FigureWording) -> (Verdict, String) {
    let stated =
      unit == .one ? "the job sets no `unit`" : "the job sets `unit: \(unit.text)`"
    guard let found = wording.unit else {
      return unit == .one
        ? (.pass, "no title, heading or note names a unit")
        : (.unchecked, "\(stated), and no title, heading or note names one")
    }
    let says = "\"\(found.text.prefix(100))\" says that figures are in \(found.unit.text)"
    return found.unit == unit ? (.pass, "\(says), as \(stated)") : (.warn, "\(says), and \(stated)")
  }
}
