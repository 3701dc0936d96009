import Mismatch
import Testing

/// What codes of the Register of Geographic Codes say by themselves.
struct AreaCodeTests {
  @Test(arguments: [
    ("K02000001", "United Kingdom"), ("E92000001", "country"), ("E12000007", "region"),
    ("E09000001", "district"), ("W06000001", "district"), ("S12000005", "district"),
    ("N09000001", "district"), ("E10000003", "county"), ("E47000001", "combined authority"),
    ("E69000013", "LSIP"), ("E02000001", "MSOA"), ("E01000001", "LSOA"), ("S13002516", "ward"),
    ("E99000001", "other (E99)"),
  ])
  func kindFollowsFromTheFirstThreeCharacters(code: String, kind: String) {
    #expect(AreaCode(code)?.kind == kind)
  }

  @Test(arguments: [
    "", "E0900001", "E090000011", "e09000001", "X09000001", "E0900000O", "Leeds",
  ])
  func otherTextsAreNoCodes(text: String) {
    #expect(AreaCode(text) == nil)
  }

  @Test func aWholeContainsItsParts() throws {
    func contains(_ outer: String, _ inner: String) throws -> Bool {
      try #require(AreaCode(outer)).contains(try #require(AreaCode(inner)))
    }
    #expect(try contains("K02000001", "S12000005") && contains("K03000001", "K04000001"))
    #expect(try contains("E92000001", "E06000001") && contains("E12000007", "E09000033"))
    #expect(try !contains("E92000001", "W06000001") && !contains("E12000001", "E09000033"))
    #expect(try !contains("E92000001", "E92000001") && !contains("E06000001", "E92000001"))
  }

  @Test func countiesOverlapTheirDistrictsAlone() throws {
    func overlap(_ left: String, _ right: String) throws -> Bool {
      let (left, right) = (try #require(AreaCode(left)), try #require(AreaCode(right)))
      #expect(left.overlaps(right) == right.overlaps(left))
      return left.overlaps(right)
    }
    #expect(try overlap("E10000003", "E07000008") && !overlap("E10000003", "E06000001"))
    #expect(try !overlap("E07000008", "E06000001") && overlap("E06000001", "E05000001"))
    #expect(try !overlap("E06000001", "W05000001") && !overlap("E06000001", "E99000001"))
  }
}
