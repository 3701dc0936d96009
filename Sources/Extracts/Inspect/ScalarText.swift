/// Texts as scalars of YAML.
package enum ScalarText {
  /// A text as YAML: bare where that is safe.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "_-./".unicodeScalars.contains($0)
      }
    if isPlain, !["null", "true", "false", "yes", "no", "NA"].contains(text) { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\r", with: "\\r").replacing("\t", with: "\\t")
    return "\"\(escaped)\""
  }
}
