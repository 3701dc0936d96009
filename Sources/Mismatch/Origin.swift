/// Where a figure was read: an input, by its number, and a line.
package struct Origin: Sendable, Equatable {
  package let input: Int
  package let line: Int

  package init(input: Int, line: Int) {
    self.input = input
    self.line = line
  }
}

extension Origin {
  /// How far the codes of a line and the next are apart, so that there is one for each input.
  static let codesPerLine: UInt64 = 1 << 24

  /// The origin as a number above 0.
  var code: UInt64 { UInt64(line + 1) * Origin.codesPerLine + UInt64(input) }

  /// The origin of a number; nil for 0.
  init?(code: UInt64) {
    guard code != 0 else { return nil }
    self.init(
      input: Int(code % Origin.codesPerLine), line: Int(code / Origin.codesPerLine) - 1)
  }

  /// Whether it comes first in the order in which inputs are read.
  package func isBefore(_ other: Origin) -> Bool { (input, line) < (other.input, other.line) }
}
