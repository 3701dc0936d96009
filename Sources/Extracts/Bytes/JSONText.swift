import Foundation

/// Values as JSON text.
package enum JSONText {
  /// JSON of a value with keys in alphabetical order and a line feed at its end.
  ///
  /// Numbers that JSON does not have become the texts `Inf` and `-Inf`, and an empty one.
  ///
  /// - Parameters:
  ///   - isPretty: whether every value has a line of its own.
  ///   - keys: how keys are spelt.
  package static func of(
    _ value: some Encodable, isPretty: Bool = true,
    keys: JSONEncoder.KeyEncodingStrategy = .convertToSnakeCase
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.keyEncodingStrategy = keys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Inf", negativeInfinity: "-Inf", nan: "")
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
