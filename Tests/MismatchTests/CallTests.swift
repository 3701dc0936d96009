import Mismatch
import Testing

struct CallTests {
  private static let step = (1.0).ulp

  @Test("An interval on one side of a limit is called, one across it is unclear")
  func calls() {
    #expect(call(2, 5) == .over)
    #expect(call(-5, -2) == .under)
    #expect(call(-0.5, 0.5) == .balanced)
    #expect(call(-0.5, 2) == .unclear)
    #expect(call(-2, 0.5) == .unclear)
    #expect(call(-2, 2) == .unclear)
  }

  @Test("A gap of exactly the tolerance is balanced")
  func exactlyTheTolerance() {
    #expect(call(1, 1) == .balanced)
    #expect(call(-1, -1) == .balanced)
    #expect(call(-1, 1) == .balanced)
    #expect(call(0, 0, tolerance: 0) == .balanced)
  }

  @Test("A gap just beyond the tolerance is not")
  func justBeyond() {
    #expect(call(1 + Self.step, 1 + Self.step) == .over)
    #expect(call(-1 - Self.step, -1 - Self.step) == .under)
    #expect(call(1, 1 + Self.step) == .unclear)
    #expect(call(-1 - Self.step, -1) == .unclear)
    #expect(call(.leastNonzeroMagnitude, 1, tolerance: 0) == .over)
  }

  @Test("Nothing is called where the gap or a bound is undefined")
  func undefinedGaps() {
    #expect(Call(shareGap: .undefined(.noDemand), tolerance: 1) == nil)
    #expect(Call(shareGap: Figure(.nan, lower: 2, upper: 3), tolerance: 1) == nil)
    #expect(Call(shareGap: Figure(2, lower: .nan, upper: 3), tolerance: 1) == nil)
    #expect(Call(shareGap: Figure(2, lower: 2, upper: .nan), tolerance: 1) == nil)
  }

  private func call(_ lower: Double, _ upper: Double, tolerance: Double = 1) -> Call? {
    Call(shareGap: Figure((lower + upper) / 2, lower: lower, upper: upper), tolerance: tolerance)
  }
}

struct KindTests {
  @Test("A kind belongs to one side")
  func sides() {
    for kind in Kind.all {
      #expect(Kind(kind.name, side: kind.side) == kind)
      let other = kind.side == .provision ? Side.demand : .provision
      #expect(Kind(kind.name, side: other) == nil)
    }
    #expect(Kind("unicorns", side: .demand) == nil)
  }

  @Test("Only people against openings have a ratio with an absolute meaning")
  func caveats() throws {
    for provision in Kind.all where provision.side == .provision {
      for demand in Kind.all where demand.side == .demand {
        let caveats = Kind.caveats(provision: provision, demand: demand)
        let isAbsolute = provision.unit == "person" && demand.unit == "opening"
        #expect(caveats.contains { $0.contains("no absolute meaning") } == !isAbsolute)
        for own in [provision.caveat, demand.caveat].compactMap({ $0 }) {
          #expect(caveats.contains(own))
        }
      }
    }
    let people = try #require(Kind("people", side: .provision))
    let vacancies = try #require(Kind("vacancies", side: .demand))
    #expect(people.caveat == nil && vacancies.caveat == nil)
    #expect(Kind.caveats(provision: people, demand: vacancies).isEmpty)
  }
}

struct FailureTests {
  @Test("A failure says where, what, what was expected and what to do")
  func description() {
    let place = Place(file: "a.csv", line: 3, column: 2)
    let failure = Failure(.badData, at: place, "weight -1", expected: "0 or more", advice: "Fix it")
    #expect(failure.description == "a.csv:3:2: weight -1; expected 0 or more. Fix it")
    #expect(Failure(.usage, "no job").description == "no job")
    #expect(Place(file: "a.csv", line: 3).description == "a.csv:3")
  }

  @Test("Examples end with how many more there are")
  func examples() {
    #expect(Failure.examples(["a", "b"]) == "\"a\", \"b\"")
    #expect(Failure.examples(["a", "b", "c"], limit: 2) == "\"a\", \"b\" and 1 more")
    #expect(Failure.examples(["a", "b"], limit: 2) == "\"a\", \"b\"")
  }
}
