/// Source codes of one side along one dimension, and how much of each the grid receives.
///
/// A closed axis knows its codes beforehand, from a register, a lookup or a crosswalk; others are
/// unmapped. An open one takes every code that turns up.
package struct Axis: Sendable {
  /// Known codes in the order in which they were met (closed axes: sorted).
  package private(set) var codes: [String]
  /// One share per known code.
  package private(set) var shares: [AxisShare]
  /// Whether the grid receives each known code as a whole.
  private(set) var isWhole: [Bool]
  /// Codes that a closed axis does not know, in the order in which they were met.
  package private(set) var unknownCodes: [String] = []
  /// The codes of a closed axis.
  private let register: Codebook?
  /// Places of codes that no register has.
  private var positions: [Spelling: Int] = [:]
  private let shareOfCode: @Sendable (String) -> AxisShare

  /// An axis of these codes, or an open one where there are none.
  package init(codes: Codebook?, share: @escaping @Sendable (String) -> AxisShare) {
    self.codes = codes?.codes ?? []
    register = codes
    shareOfCode = share
    shares = self.codes.map(share)
    isWhole = shares.map { $0.mapped == 1 }
  }

  /// The known codes.
  package var codebook: Codebook { register ?? Codebook(codes: codes) }

  /// The places of the known codes, in code order.
  package var order: [Int] { register == nil ? Codebook.order(of: codes) : Array(codes.indices) }

  /// The place of a code: at or above 0 where it is known, `~k` for the k-th unknown one.
  package mutating func position(of code: String) -> Int {
    if let known = register?.position(of: code) ?? positions[code] { return known }
    if register == nil {
      positions[Spelling(code)] = codes.count
      codes.append(code)
      shares.append(shareOfCode(code))
      isWhole.append(shares[codes.count - 1].mapped == 1)
      return codes.count - 1
    }
    positions[Spelling(code)] = ~unknownCodes.count
    unknownCodes.append(code)
    return ~(unknownCodes.count - 1)
  }

  /// The place of a known code; nil for any other.
  package func place(of code: String) -> Int? {
    register?.position(of: code) ?? positions[code].flatMap { $0 >= 0 ? $0 : nil }
  }

  /// The code at a place that ``position(of:)`` gave.
  package func code(at position: Int) -> String {
    position >= 0 ? codes[position] : unknownCodes[~position]
  }

  /// How much of the code at a place is received.
  package func share(at position: Int) -> AxisShare {
    position >= 0 ? shares[position] : .none
  }
}
