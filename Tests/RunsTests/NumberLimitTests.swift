import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// No number of a job or of a file ends a run by anything but its own failure, with the place of the number.
struct NumberLimitTests {
  /// A key or a field that holds a number: `@` in the job or in one of its files.
  struct Slot: Sendable, CustomTestStringConvertible {
    let name: String
    var provision: [String: String] = [:]
    var key = ""
    var files: [String: String] = [:]
    let range: NumberRange
    var testDescription: String { name }

    func example(_ number: String) -> Example {
      func filled(_ text: String) -> String { text.replacing("@", with: number) }
      return Example(
        provision: provision.mapValues(filled),
        keys: [filled(key), "accept: { completeness: a, same-unit: b, rounding: c }"],
        files: NumberLimitTests.files.merging(files) { $1 }.mapValues(filled))
    }
  }

  private static let files = [
    "costs.csv": "from,to,cost\nA,B,5\nB,A,6\nA,A,1\nB,B,1\n",
    "skills.csv": "from,to,cost\nx,y,1\ny,x,1\n", "grid.csv": "code,e,n\nA,0,0\nB,7000,0\n",
    "map.csv": "from,to,w\nx,x,0.5\nx,y,0.5\ny,y,1\n", "areas.csv": "code,value\nA,40\nB,60\n",
    "sectors.csv": "code,value\nx,45\ny,55\n", "rates.csv": "code,value\nx,1\ny,2\n",
    "flows.csv": "code,f,s\nall,0.3,0.1\n",
  ]

  private static func space(_ decay: String, _ own: String = "own-area-cost: 2") -> String {
    "space: { coordinates: { file: grid.csv, code: code, easting: e, northing: n }, \(own), "
      + "decay: { \(decay) } }"
  }

  private static func transport(_ keys: String) -> String {
    "transport: { costs: { file: costs.csv, from: from, to: to, cost: cost }, skill-distance: "
      + "{ file: skills.csv, from: from, to: to, distance: cost }, \(keys) }"
  }

  private static func matching(_ share: String = "0.5", _ start: String = "0.05") -> String {
    "matching: { vacancy-share: \(share), substitution: -0.5, efficiency: { file: rates.csv, code: code, "
      + "value: value }, flows: { file: flows.csv, period: code, job-finding: f, separation: s, "
      + "start: \(start) } }"
  }

  private static let raking =
    "{ areas: { file: areas.csv, code: code, value: value }, "
    + "sectors: { file: sectors.csv, code: code, value: value } }"

  private static func map(_ keys: String) -> [String: String] {
    ["crosswalk": "{ file: map.csv, from: from, to: to, \(keys) }"]
  }

  static let slots = [
    Slot(
      name: "count", files: ["provision.csv": "area,sector,count\nA,x,@\nA,y,20\nB,y,40\n"],
      range: .counts),
    Slot(
      name: "bound", provision: ["bounds": "{ lower: l, upper: u }"],
      files: ["provision.csv": "area,sector,count,l,u\nA,x,7,0,@\nB,y,40,40,40\n"], range: .counts),
    Slot(
      name: "published total",
      provision: [
        "rounding": "nearest 5", "totals": "{ file: areas.csv, area: code, value: value }",
      ],
      files: ["areas.csv": "code,value\nA,@\nB,70\n"], range: .counts),
    Slot(
      name: "balance-to", provision: ["balance-to": raking],
      files: ["areas.csv": "code,value\nA,@\nB,60\n"], range: .counts),
    Slot(
      name: "weight", provision: map("weight: w, normalise: true"),
      files: ["map.csv": "from,to,w\nx,x,@\nx,y,0.5\ny,y,1\n"], range: .weights),
    Slot(
      name: "counted weight", provision: map("counts: w"),
      files: ["map.csv": "from,to,w\nx,x,@\nx,y,5\ny,y,1\n"], range: .counts),
    Slot(
      name: "commuters",
      key: "space: { commuting: { file: map.csv, from: from, to: to, weight: w } }",
      files: ["map.csv": "from,to,w\nA,A,@\nA,B,5\nB,B,1\n"], range: .weights),
    Slot(
      name: "easting", key: space("form: power, exponent: 2"),
      files: ["grid.csv": "code,e,n\nA,@,0\nB,7000,3000\n"], range: .metres),
    Slot(
      name: "cost",
      key: "space: { costs: { file: costs.csv, from: from, to: to, cost: cost }, own-area-cost: 2, "
        + "decay: { form: exponential, rate: 0.3 } }",
      files: ["costs.csv": "from,to,cost\nA,B,@\nB,A,6\n"], range: .costs),
    Slot(
      name: "own-area-cost", key: space("form: exponential, rate: 1", "own-area-cost: @"),
      range: .costs),
    Slot(name: "rate", key: space("form: exponential, rate: @"), range: .parameters),
    Slot(name: "exponent", key: space("form: power, exponent: @"), range: .exponents),
    Slot(name: "threshold", key: space("form: cumulative, threshold: @"), range: .parameters),
    Slot(name: "scale", key: space("form: log-logistic, scale: @, shape: 2"), range: .parameters),
    Slot(name: "shape", key: space("form: log-logistic, scale: 2, shape: @"), range: .exponents),
    Slot(
      name: "transport cost", key: transport("mass: balanced"),
      files: ["costs.csv": "from,to,cost\nA,B,@\nB,A,6\n"], range: .costs),
    Slot(
      name: "skill distance", key: transport("mass: balanced"),
      files: ["skills.csv": "from,to,cost\nx,y,@\ny,x,1\n"], range: .distances),
    Slot(name: "kilometres", key: transport("kilometres-per-unit: @"), range: .parameters),
    Slot(name: "regularisation", key: transport("regularisation: @"), range: .parameters),
    Slot(name: "penalty", key: transport("mass: unbalanced, mass-penalty: @"), range: .parameters),
    Slot(name: "vacancy-share", key: matching("@"), range: .matchingShares),
    Slot(name: "start", key: matching("0.5", "@"), range: .fractions),
    Slot(
      name: "efficiency", key: matching(), files: ["rates.csv": "code,value\nx,@\ny,2\n"],
      range: .efficiencies),
    Slot(
      name: "job finding", key: matching(), files: ["flows.csv": "code,f,s\nall,@,0.1\n"],
      range: .rates),
    Slot(name: "level", key: "intervals: { level: @, draws: 100 }", range: .fractions),
    Slot(name: "error rate", key: "calls: { error-rate: @ }", range: .fractions),
    Slot(name: "tolerance", key: "tolerance: @", range: .percentagePoints),
    Slot(name: "guard", key: "guard: { narrower-than: @ }", range: .counts),
  ]

  private static let outside = [
    "1e-320", "1e-300", "1e15", "1e25", "1e300", "9007199254740992", "9007199254740993", "-1e300",
    "inf", "nan",
  ]

  /// What a slot makes of a number: a failure, nil for an outcome.
  private func failure(_ slot: Slot, _ number: String) throws -> Failure? {
    let failure = try slot.example(number).failure()
    if let failure { #expect(failure.kind == .badData, "\(slot.name) \(number): \(failure)") }
    return failure
  }

  @Test(arguments: slots)
  func numbersOutsideTheirRangeAreRefusedWithTheirPlace(slot: Slot) throws {
    for number in Self.outside {
      if let value = Double(number), slot.range.contains(value) { continue }
      let failure = try #require(try failure(slot, number), "\(slot.name) \(number)")
      #expect(failure.place?.line != nil && failure.place?.column != nil, "\(failure)")
      #expect(failure.found.contains("\"\(number)\""), "\(failure)")
      if let value = Double(number), value > slot.range.largest, value.isFinite {
        #expect(
          failure.expected?.contains(NumberText.text(of: slot.range.largest)) == true, "\(failure)")
      }
    }
  }

  @Test(arguments: slots)
  func endsOfRangesLeadToAnOutcomeOrAFailureOfTheirOwn(slot: Slot) throws {
    let least = try failure(slot, NumberText.text(of: slot.range.least))
    // Two slots hold what must fit other numbers.
    #expect(least == nil || ["balance-to", "bound"].contains(slot.name))
    _ = try failure(slot, NumberText.text(of: slot.range.largest))
    if slot.range.hasZero { #expect(try failure(slot, "-0")?.found == failure(slot, "0")?.found) }
  }
}
