import Mismatch
import Testing

@testable import Reports

/// What is said of one cell, case by case.
struct CellSentenceTests {
  private func text(
    area: String? = "Port", kinds: (String, String) = ("achievements", "adverts"),
    shares: (Double?, Double?) = (0.2281, 0.1118),
    counts: (WrittenFigure, WrittenFigure) = (WrittenFigure(100), WrittenFigure(50)),
    gap: WrittenFigure, interval: (Double, Double)? = nil, call: Call?, survives: Bool? = nil
  ) -> String {
    CellSentence(
      area: area, sector: "Care",
      provision: CellSentence.Side(kind: kinds.0, share: shares.0, count: counts.0),
      demand: CellSentence.Side(kind: kinds.1, share: shares.1, count: counts.1), gap: gap,
      interval: interval.flatMap { WrittenInterval($0.0, $0.1) }, call: call, survives: survives
    ).text
  }

  private let subject = "In Port, 22.8 % of achievements and 11.2 % of adverts are in Care: "

  @Test("Over and under are said with their size, and whether other crosswalks say the same")
  func calls() {
    #expect(
      text(gap: WrittenFigure(11.65), interval: (11.3, 12.04), call: .over, survives: true)
        == subject
        + "over-provided by 11.7 percentage points (11.3 to 12.0), whichever crosswalk is used.")
    #expect(
      text(gap: WrittenFigure(-31.7), interval: (-32.1, -31.3), call: .under, survives: false)
        == subject
        + "under-provided by 31.7 percentage points (31.3 to 32.1), but not under every crosswalk.")
    #expect(
      text(gap: WrittenFigure(-5), interval: (-10, 0.2), call: .under)
        == subject + "under-provided, with a gap of -5.0 percentage points (-10.0 to +0.2).")
  }

  @Test("Balanced, unclear and uncalled cells have their gap with its sign")
  func others() {
    #expect(
      text(gap: WrittenFigure(0.2), interval: (-0.1, 0.5), call: .balanced)
        == subject + "balanced, with a gap of +0.2 percentage points (-0.1 to +0.5).")
    #expect(
      text(gap: WrittenFigure(1), interval: (0.9, 1.1), call: .unclear, survives: true)
        == subject
        + "unclear, with a gap of +1.0 percentage points (+0.9 to +1.1) too uncertain to call, "
        + "whichever crosswalk is used.")
    #expect(
      text(gap: WrittenFigure(2, lower: 1, upper: 3), call: nil)
        == subject + "a gap of +2.0 percentage points (+1.0 to +3.0).")
    #expect(
      text(area: nil, kinds: ("people", "jobs"), gap: WrittenFigure(2), call: nil)
        == "In all areas together, 22.8 % of people trained and 11.2 % of jobs are in Care: "
        + "a gap of +2.0 percentage points.")
    #expect(
      text(shares: (nil, nil), gap: WrittenFigure(2), call: nil)
        == "In Port, Care: a gap of +2.0 percentage points.")
  }

  @Test("An undefined gap is said with its reason, and with its bounds where it has some")
  func undefined() {
    #expect(
      text(shares: (0.2281, nil), gap: WrittenFigure(nil, status: "no-demand"), call: nil)
        == "In Port, 22.8 % of achievements are in Care: the gap is undefined "
        + "(the area has no demand).")
    #expect(
      text(gap: WrittenFigure(nil, lower: -3, upper: 4, status: "unknown"), call: nil)
        == subject + "the gap is not known, but lies between -3.0 and +4.0 percentage points "
        + "(a count that it needs is not known).")
  }

  @Test("A count that is mostly suppressed is said with its bounds, one of many is not")
  func suppressed() {
    let few = WrittenFigure(2, lower: 0, upper: 4, status: "c")
    #expect(
      text(counts: (WrittenFigure(9), few), gap: WrittenFigure(2), call: nil).hasSuffix(
        "a gap of +2.0 percentage points; its adverts are partly or wholly suppressed: 0 to 4."))
    let open = WrittenFigure(nil, lower: 1250, status: "low unbounded")
    #expect(
      text(counts: (open, WrittenFigure(9)), gap: WrittenFigure(2), call: nil).hasSuffix(
        "; its achievements are partly or wholly suppressed: 1,250 or more."))
    let many = WrittenFigure(8359.75, lower: 8317, upper: 8402, status: "x")
    #expect(!many.isMostlySuppressed)
    #expect(!WrittenFigure(2, lower: 0, upper: 4, status: "p").isMostlySuppressed)
  }
}
