/// What stands before the decimals of numbers.
package enum DecimalMark: UInt8, Sendable, CaseIterable {
  case point = 46
  case comma = 44

  /// As a job writes it.
  package var name: String { "\(self)" }

  package init?(named name: String) {
    guard let mark = DecimalMark.allCases.first(where: { $0.name == name }) else { return nil }
    self = mark
  }

  /// What may stand between groups of three digits: a comma, or a point, a space or a space that does not break.
  var groupMarks: [[UInt8]] {
    switch self {
    case .point: [[44]]
    case .comma: [[46], [32], [0xc2, 0xa0], [0xe2, 0x80, 0xaf]]
    }
  }
}
