/// An ordered set of codes with their names: the areas or the sectors of a run.
///
/// Codes are text and stay as they are; they are compared by their bytes, and the order is by Unicode
/// scalar, so it depends on no locale.
package struct Codebook: Sendable, Equatable {
  /// The codes in order.
  package let codes: [String]
  /// One name per code; the code itself where there is none.
  package let names: [String]
  private let positions: [Spelling: Int]

  /// A codebook of these entries, sorted by code.
  ///
  /// A code that occurs twice keeps its first name.
  package init(_ entries: [(code: String, name: String)]) {
    var met: Set<Spelling> = []
    // Most registers are in order already, which a sort is quick to find.
    let sorted = entries.filter { met.insert(Spelling($0.code)).inserted }.sorted {
      Codebook.precedes($0.code, $1.code)
    }
    codes = sorted.map(\.code)
    names = sorted.map(\.name)
    positions = Dictionary(uniqueKeysWithValues: codes.enumerated().map { (Spelling($1), $0) })
  }

  /// A codebook of codes that are their own names.
  package init(codes: some Sequence<String>) {
    self.init(codes.map { ($0, $0) })
  }

  package var count: Int { codes.count }

  /// Where a code stands in the order, counted from 0.
  package func position(of code: String) -> Int? { positions[code] }

  /// The same codes without those in `excluded`.
  package func without(_ excluded: Set<Spelling>) -> Codebook {
    if excluded.isEmpty { return self }
    return Codebook(
      zip(codes, names).filter { !excluded.contains(Spelling($0.0)) }.map { ($0, $1) })
  }

  /// Codes in the one order that all outputs use.
  package static func sorted(_ codes: some Sequence<String>) -> [String] {
    codes.sorted(by: precedes)
  }

  /// The places of codes in that order.
  package static func order(of codes: [String]) -> [Int] {
    codes.indices.sorted { precedes(codes[$0], codes[$1]) }
  }

  /// Whether a code comes before another one: UTF-8 has the order of Unicode scalars.
  package static func precedes(_ code: String, _ other: String) -> Bool {
    code.isBefore(other)
  }
}

extension Codebook {
  /// Texts in the one order that all outputs use.
  package static func sorted(_ keys: some Sequence<Spelling>) -> [String] {
    sorted(keys.map(\.text))
  }
}
