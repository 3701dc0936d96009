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
  /// Whether it comes first in the order in which inputs are read.
  package func isBefore(_ other: Origin) -> Bool { (input, line) < (other.input, other.line) }
}
