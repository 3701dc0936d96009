import Mismatch
import Testing

struct MarkerTests {
  @Test("Marks mean what the convention says", arguments: ["c", "x", "w"])
  func hiddenCounts(code: String) throws {
    let marker = try #require(Marker.conventional(rounding: .nearest(10))[code])
    #expect(marker.lower == 0 && marker.upper == .infinity)
    #expect(marker.status.text == code)
    #expect(marker.status != .notApplicable)
  }

  @Test("`z` is no count at all")
  func notApplicable() throws {
    let marker = try #require(Marker.conventional(rounding: .none)["z"])
    #expect(marker.status == .notApplicable)
    #expect(marker.lower == 0 && marker.upper == 0)
  }

  @Test("`low` and `k` are above 0 and round to 0", arguments: ["low", "k"])
  func lowCounts(code: String) {
    #expect(Marker.conventional(rounding: .nearest(10))[code] == .low4)
    #expect(Marker.conventional(rounding: .nearest(5))[code]?.upper == 2)
    for rounding in [Rounding.none, .nearest(1), .nearest(2), .banded(RoundingBand.bresOpen)] {
      #expect(Marker.conventional(rounding: rounding)[code] == nil)
    }
  }

  @Test("Bare marks and bracketed ones are the same, and every marker's bounds are in order")
  func bracketedMarks() {
    for unit in 1...12 {
      let markers = Marker.conventional(rounding: .nearest(Double(unit)))
      let bare = markers.keys.map(\.text).filter { !$0.hasPrefix("[") }
      // Units of 1 and 2 round no count above 0 to 0, so nothing is low.
      #expect(Set(bare) == (unit < 3 ? ["c", "x", "z", "w"] : ["c", "x", "z", "w", "low", "k"]))
      #expect(markers.count == 2 * bare.count)
      for code in bare { #expect(markers["[\(code)]"] == markers[code]) }
      for (code, marker) in markers {
        #expect(marker.lower <= marker.upper, "[\(code)] to the nearest \(unit)")
      }
    }
  }
}

struct ImputationRuleTests {
  @Test("A point lies where its rule says")
  func points() {
    #expect(ImputationRule.lower.point(lower: 1, upper: 4) == 1)
    #expect(ImputationRule.middle.point(lower: 1, upper: 4) == 2.5)
    #expect(ImputationRule.number(2).point(lower: 1, upper: 4) == 2)
  }

  @Test("A number outside the bounds is moved into them")
  func numbersAreMoved() {
    #expect(ImputationRule.number(0).point(lower: 1, upper: 4) == 1)
    #expect(ImputationRule.number(9).point(lower: 1, upper: 4) == 4)
    #expect(ImputationRule.number(9).point(lower: 1, upper: .infinity) == 9)
  }

  @Test("An open interval has a lower end and numbers, but no middle")
  func openIntervals() {
    #expect(ImputationRule.lower.point(lower: 3, upper: .infinity) == 3)
    #expect(ImputationRule.middle.point(lower: 3, upper: .infinity).isNaN)
  }
}

struct StatusTests {
  @Test("Text lists all that is set, in the fixed order")
  func text() {
    #expect(Status().text == "")
    #expect(Status.low.text == "low")
    #expect(Status([.unknown, .low, .confidential]).text == "c low unknown")
    #expect(Status([.noDemand, .noProvision]).text == "no-provision no-demand")
  }

  @Test("Every status has one code, and no two share a bit or a code")
  func codesAreDistinct() {
    let codes = Status.codes
    #expect(Set(codes.map(\.code)).count == codes.count)
    #expect(Set(codes.map(\.status)).count == codes.count)
    #expect(codes.allSatisfy { $0.status.rawValue.nonzeroBitCount == 1 })
    #expect(codes.allSatisfy { $0.status.text == $0.code && !$0.code.contains(" ") })
  }

  @Test("Publishers' marks hold no reason of ours")
  func marksAreThePublishers() {
    #expect(Status.marks.count == 11)
    for reason in [Status.noProvision, .noDemand, .zeroByZero, .emptySector, .unknown] {
      #expect(Status.marks[reason.text] == nil)
    }
    #expect(Status.marks["u"] == .unreliable)
  }
}
