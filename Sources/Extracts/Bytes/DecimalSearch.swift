extension DecimalMark {
  /// Whether a text is a number with a decimal comma, and none with a decimal point.
  package static func needsComma(_ text: String) -> Bool {
    var text = text.trimmed()
    guard text.utf8.contains(44) else { return false }
    return text.withUTF8 {
      NumberText.value(of: $0) == nil && NumberText.value(of: $0, decimal: .comma) != nil
    }
  }

  /// The mark of a text's numbers: a comma where some column holds nothing but numbers with decimal commas,
  /// and one of them can be nothing else.
  static func found(in beginning: ArraySlice<UInt8>, _ delimiter: Delimiter) -> DecimalMark {
    var columns: [(comma: Int, other: Int)] = []
    let lines = beginning.split { $0 == 10 || $0 == 13 }
    for line in lines.dropFirst().prefix(1000) {
      var isQuoted = false
      let fields = line.split(omittingEmptySubsequences: false) { byte in
        if byte == 34 { isQuoted.toggle() }
        return byte == delimiter.rawValue && !isQuoted
      }
      while columns.count < fields.count { columns.append((0, 0)) }
      for (place, field) in fields.enumerated() {
        let text = String(decoding: field.filter { $0 != 34 }, as: UTF8.self).trimmed()
        if needsComma(text) {
          columns[place].comma += 1
        } else if text.contains(where: { $0.isLetter || $0 == "." }) {
          columns[place].other += 1
        }
      }
    }
    return columns.contains { $0.comma > 0 && $0.other == 0 } ? .comma : .point
  }
}
