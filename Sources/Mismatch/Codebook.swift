/// An ordered set of codes with their names: the areas or the sectors of a run.
///
/// Codes are text and stay as they are; the order is by Unicode scalar, so it depends on no locale.
package struct Codebook: Sendable, Equatable {
  /// The codes in order.
  package let codes: [String]
  /// One name per code; the code itself where there is none.
  package let names: [String]
  private let positions: [String: Int]

  /// A codebook of these entries, sorted by code.
  ///
  /// A code that occurs twice keeps its first name.
  package init(_ entries: [(code: String, name: String)]) {
    var names: [String: String] = [:]
    for entry in entries where names[entry.code] == nil { names[entry.code] = entry.name }
    codes = Codebook.sorted(names.keys)
    self.names = codes.map { names[$0] ?? $0 }
    positions = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
  }

  /// A codebook of codes that are their own names.
  package init(codes: some Sequence<String>) {
    self.init(codes.map { ($0, $0) })
  }

  package var count: Int { codes.count }

  /// Where a code stands in the order, counted from 0.
  package func position(of code: String) -> Int? { positions[code] }

  /// The same codes without those in `excluded`.
  package func without(_ excluded: Set<String>) -> Codebook {
    Codebook(zip(codes, names).filter { !excluded.contains($0.0) }.map { ($0, $1) })
  }

  /// Codes in the one order that all outputs use.
  package static func sorted(_ codes: some Sequence<String>) -> [String] {
    codes.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }
}
