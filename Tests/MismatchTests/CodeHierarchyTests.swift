import Support
import Testing

@testable import Mismatch

/// What codes say of which of them hold others.
struct CodeHierarchyTests {
  private func parts(_ dimension: Dimension, _ codes: [String], of whole: String) -> [String] {
    let hierarchy = CodeHierarchy(dimension, codes: codes, names: codes)
    return hierarchy.wholes.first { codes[$0.code] == whole }?.parts.map { codes[$0] } ?? []
  }

  @Test(arguments: [
    (["05", "051", "052", "0510", "06"], "05", ["051", "052"]),
    (["05 : Coal", "051 : Hard coal", "06 : Gas"], "05 : Coal", ["051 : Hard coal"]),
    (["05", "05.1", "05.10", "05.2"], "05", ["05.1", "05.2"]),
    (["1", "1.1", "1.2", "10", "10.1"], "1", ["1.1", "1.2"]),
    (["01", "01.1", "10", "1.2"], "01", ["01.1", "1.2"]),
    (["01", "01.00", "01.0000", "01.0101"], "01.00", ["01.0000"]),
    (["1", "11", "111", "1111"], "11", ["111"]),
    (["11-0000", "11-1011", "11-1021", "13-0000"], "11-0000", ["11-1011", "11-1021"]),
    (["A : Farms", "01", "02", "05"], "A : Farms", ["01", "02"]),
    (["B-E", "B", "C", "F"], "B-E", ["B", "C"]),
    (
      ["Science and Mathematics", "Science", "Engineering"], "Science and Mathematics", ["Science"]
    ),
    (["Total", "x", "y"], "Total", ["x", "y"]),
    (
      ["All industries", "All other industries", "x"], "All industries",
      ["All other industries", "x"]
    ),
    (["16", "16-24", "25-34"], "16", []),
    (["1", "1,000 or more"], "1", []),
  ])
  func categoriesHoldOthers(codes: [String], whole: String, expected: [String]) {
    #expect(parts(.category, codes, of: whole) == expected)
  }

  @Test(arguments: [
    (
      ["E92000001", "E12000007", "E09000001", "E06000001"], "E92000001", ["E12000007", "E06000001"]
    ),
    (["E12000007", "E09000001", "E06000001"], "E12000007", ["E09000001"]),
    (["E12000001", "E06000047", "E06000010"], "E12000001", ["E06000047"]),
    (["E10000003", "E07000008", "E07000026"], "E10000003", ["E07000008"]),
    (["E47000001", "E08000001", "E08000011"], "E47000001", ["E08000001"]),
    (["K02000001", "E92000001", "S12000033"], "K02000001", ["E92000001", "S12000033"]),
    (["England", "North East", "Wales"], "England", ["North East"]),
    (["London", "Barnet", "Leeds"], "London", ["Barnet"]),
    (["Total", "England", "North East", "South West"], "Total", ["England"]),
    (["United Kingdom", "England", "Scotland"], "United Kingdom", ["England", "Scotland"]),
    (["England", "Kent LSIP", "Kent MCA"], "England", ["Kent LSIP", "Kent MCA"]),
    (["E92000001", "E12000001", "z"], "E92000001", ["E12000001"]),
    (["TLC", "TLC1", "TLC11", "TLD"], "TLC", ["TLC1"]),
  ])
  func areasHoldOthers(codes: [String], whole: String, expected: [String]) {
    #expect(parts(.area, codes, of: whole) == expected)
  }

  @Test func onlyTablesMakeItCertain() {
    func ground(_ codes: [String], _ dimension: Dimension = .category) -> CodeHierarchy.Ground? {
      CodeHierarchy(dimension, codes: codes, names: codes).wholes.first?.ground
    }
    #expect(ground(["1", "10"]) == .beginning && ground(["a", "ab"]) == .beginning)
    #expect(ground(["01", "011"]) == .form && ground(["1", "1.1"]) == .form)
    #expect(ground(["E12000001", "E06000001"], .area) == .table)
    #expect(ground(["England", "Leeds"], .area) == .name && ground(["Total", "x"]) == .name)
  }

  @Test func namesOfRegistersCount() {
    let hierarchy = CodeHierarchy(.category, codes: ["t", "x"], names: ["Total", "Care"])
    #expect(hierarchy.wholes.map(\.parts) == [[1]])
  }

  /// Every container is found by looking at all pairs, too.
  @Test func prefixesAreFoundAsByBruteForce() {
    var random = RandomSource(seed: 7)
    for _ in 0..<200 {
      let codes = Array(
        Set(
          (0..<30).map { _ in
            String(
              (0..<Int.random(in: 1...4, using: &random)).map { _ in
                "1234".randomElement(using: &random)!
              })
          })
      ).sorted()
      let found = CodeHierarchy(.category, codes: codes, names: codes).wholes
      for (place, code) in codes.enumerated() {
        let inside = codes.filter { $0 != code && $0.hasPrefix(code) }
        let nearest = inside.filter { part in
          !inside.contains { $0 != part && part.hasPrefix($0) }
        }
        #expect(
          found.first { $0.code == place }.map { $0.parts.map { codes[$0] } } ?? [] == nearest)
      }
    }
  }
}
