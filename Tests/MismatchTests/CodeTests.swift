import Mismatch
import Support
import Testing

struct CodebookTests {
  @Test("Codes are text: ordered by scalar, never as numbers")
  func codesAreText() {
    let codes = Codebook(codes: ["9", "10", "4.10", "4.1", "04.1", "a", "B", "Å", "Z"])
    #expect(codes.codes == ["04.1", "10", "4.1", "4.10", "9", "B", "Z", "a", "Å"])
    #expect(codes.position(of: "4.1") == 2 && codes.position(of: "4.10") == 3)
    #expect(codes.position(of: "4.100") == nil && codes.position(of: "010") == nil)
  }

  @Test("The order of the entries does not matter")
  func entryOrder() {
    var random = RandomSource(seed: 41)
    let codes = (0..<40).map { "\($0 * 37 % 101)" }
    let expected = Codebook(codes: codes)
    for _ in 0..<5 { #expect(Codebook(codes: codes.shuffled(using: &random)) == expected) }
  }

  @Test("A repeated code keeps its first name; a code without a name is its own")
  func names() {
    let codes = Codebook([("b", "Bee"), ("a", "Ay"), ("b", "Other")])
    #expect(codes.codes == ["a", "b"] && codes.names == ["Ay", "Bee"] && codes.count == 2)
    #expect(Codebook(codes: ["x"]).names == ["x"])
  }

  @Test("Codes can be left out, names stay with theirs")
  func without() {
    let codes = Codebook([("a", "1"), ("b", "2"), ("c", "3")]).without(["b", "q"])
    #expect(codes.codes == ["a", "c"] && codes.names == ["1", "3"])
    #expect(codes.position(of: "c") == 1 && codes.position(of: "b") == nil)
  }
}

struct AxisTests {
  private static func list(_ codes: [String], expecting known: Codebook? = nil) -> CodeList {
    var list = CodeList(expecting: known)
    for code in codes { _ = list.position(of: code) }
    return list
  }

  @Test("A list has the codes that are expected in their order, then others as they are met")
  func codeList() {
    var list = Self.list(["q", "y", "r", "q", "x"], expecting: Codebook(codes: ["y", "x"]))
    #expect(list.codes == ["x", "y", "q", "r"])
    #expect(list.position(of: "y") == 1 && list.position(of: "r") == 3)
    #expect(list.place(of: "q") == 2 && list.place(of: "s") == nil)
  }

  @Test("Of several names the first in order counts, in whatever order they are met")
  func namesOfCodes() {
    for names in [["b", "a", ""], ["", "a", "b"]] {
      var list = Self.list(["q"])
      for name in names { list.note(name: name, at: 0) }
      #expect(list.names == [0: "a"])
    }
  }

  @Test("An open rule knows every code, in order")
  func openAxis() {
    let rule = AxisRule(codes: nil) { AxisShare(mapped: $0 == "b" ? 0.5 : 1, excluded: 0) }
    let axis = rule.axis(of: Self.list(["b", "a", "c"]))
    #expect(axis.codebook.codes == ["a", "b", "c"] && axis.places == [1, 0, 2])
    #expect(axis.shares.map(\.mapped) == [1, 0.5, 1])
    #expect(axis.share(atPlace: 0).mapped == 0.5)
  }

  @Test("A closed rule knows its own codes alone, met or not")
  func closedAxis() {
    let rule = AxisRule(codes: Codebook(codes: ["y", "x"])) { _ in
      AxisShare(mapped: 1, excluded: 0)
    }
    let axis = rule.axis(of: Self.list(["q", "y"]))
    #expect(
      axis.codebook.codes == ["x", "y"] && axis.places == [nil, 1] && axis.rows == [nil, 1])
    #expect(axis.share(atPlace: 0) == .none && axis.share(atPlace: 1).mapped == 1)
  }
}

struct WeightedMapTests {
  @Test("A weight that is no amount is bad data, at its row", arguments: [-0.5, .nan, .infinity])
  func badWeights(weight: Double) {
    let error = #expect(throws: Failure.self) {
      try makeMap([("a", "x", 1), ("b", "x", 0.5), ("b", "y", weight)], normalise: true)
    }
    #expect(error?.kind == .badData)
    #expect(error?.place?.line == 4)
  }

  @Test("Weights that do not sum to 1 are bad data, at the source's first row")
  func badSums() {
    let error = #expect(throws: Failure.self) {
      try makeMap([("a", "x", 1), ("b", "x", 0.5), ("b", "y", 0.4)])
    }
    #expect(error?.kind == .badData)
    #expect(error?.place?.line == 3)
    #expect(error?.found.contains("\"b\"") == true)
    #expect(error?.advice?.contains("normalise") == true)
  }

  @Test("The tolerance on sums is 1e-9 either way")
  func sumTolerance() throws {
    #expect(throws: Never.self) { try makeMap([("a", "x", 0.5), ("a", "y", 0.5 + 0.9e-9)]) }
    #expect(throws: Never.self) { try makeMap([("a", "x", 0.5), ("a", "y", 0.5 - 0.9e-9)]) }
    #expect(throws: Failure.self) { try makeMap([("a", "x", 0.5), ("a", "y", 0.5 + 1.1e-9)]) }
    #expect(throws: Failure.self) { try makeMap([("a", "x", 0.5), ("a", "y", 0.5 - 1.1e-9)]) }
    #expect(throws: Failure.self) { try makeMap([("a", "x", 0)]) }
  }

  @Test("Normalising divides by the source's sum; without a sum there are no targets")
  func normalise() throws {
    let rows = [("a", "y", 3.0), ("a", "x", 1), ("b", "x", 0), ("b", "y", 0)]
    let map = try makeMap(rows, normalise: true)
    #expect(map.targets(of: "a").map(\.to) == ["x", "y"])
    #expect(map.targets(of: "a").map(\.weight) == [0.25, 0.75])
    #expect(map.sources == ["a", "b"])
    #expect(map.targets(of: "b").isEmpty && map.targets(of: "q").isEmpty)
    #expect(map.allTargets == ["x", "y"])
  }

  @Test("Rows may come in any order, and repeated pairs are added up")
  func rowOrder() throws {
    let rows = [("a", "x", 0.1), ("a", "y", 0.2), ("a", "x", 0.3), ("a", "z", 0.4), ("b", "x", 1)]
    let map = try makeMap(rows)
    #expect(map.targets(of: "a").map(\.weight) == [0.4, 0.2, 0.4])
    var random = RandomSource(seed: 42)
    for _ in 0..<10 { #expect(try makeMap(rows.shuffled(using: &random)) == map) }
    #expect(try makeMap([("a", "x", 1)]) != map)
  }

  @Test("Zero weights are no targets")
  func zeroWeights() throws {
    #expect(try makeMap([("a", "x", 0), ("a", "y", 1)]).allTargets == ["y"])
  }

  @Test("A chain is the product of the matrices, and loses what the second map does not know")
  func followedBy() throws {
    let first = try makeMap([("a", "m", 0.25), ("a", "n", 0.75), ("b", "n", 0.5), ("b", "o", 0.5)])
    let second = try makeMap([("m", "x", 1), ("n", "x", 0.5), ("n", "y", 0.5)])
    let chain = first.followed(by: second)
    let (rows, middle) = (Codebook(codes: first.sources), Codebook(codes: ["m", "n", "o"]))
    let columns = Codebook(codes: ["x", "y"])
    let expected = first.matrix(rows: rows, columns: middle).dense()
      .times(second.matrix(rows: middle, columns: columns).dense())
    #expect(chain.matrix(rows: rows, columns: columns).dense() == expected)
    #expect(chain.targets(of: "b").map(\.weight) == [0.25, 0.25])
  }

  @Test("Targets outside the columns are left out of the matrix")
  func matrixOfSomeColumns() throws {
    let map = try makeMap([("a", "x", 0.25), ("a", "y", 0.75), ("b", "x", 1)])
    let rows = Codebook(codes: ["a", "b", "c"])
    let matrix = map.matrix(rows: rows, columns: Codebook(codes: ["x"]))
    #expect(matrix.dense().rows == [[0.25], [1], [0]])
  }
}
