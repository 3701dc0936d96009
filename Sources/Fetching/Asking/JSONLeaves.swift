import Mismatch

/// Walks through a JSON text without holding what it has read: lists of codes have tens of thousands of items.
///
/// Lists are no part of a path, so a list of one item and the item itself are the same.
struct JSONLeaves {
  /// What is met.
  enum Event {
    /// A text, a number or a word, at the keys that lead to it.
    case leaf(String)
    /// The end of what a key has, or of an item of its list, where that has keys of its own.
    case end
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let visit: (_ path: [String], Event) -> Void
  private var place = 0
  private var path: [String] = []

  /// Visits all of a text.
  ///
  /// - Throws: ``Fault`` for a text that is no JSON.
  static func visit(_ bytes: [UInt8], _ visit: @escaping (_ path: [String], Event) -> Void) throws {
    try bytes.withUnsafeBufferPointer { pointer in
      var leaves = JSONLeaves(bytes: pointer, visit: visit)
      guard leaves.value(depth: 0), leaves.skipsBlanks(), leaves.place == pointer.count else {
        throw Fault(found: "no JSON: \(Fault.beginning(of: bytes))")
      }
    }
  }

  private init(
    bytes: UnsafeBufferPointer<UInt8>, visit: @escaping (_ path: [String], Event) -> Void
  ) {
    (self.bytes, self.visit) = (bytes, visit)
  }

  /// Always true.
  private mutating func skipsBlanks() -> Bool {
    while place < bytes.count, [32, 9, 10, 13].contains(bytes[place]) { place += 1 }
    return true
  }

  /// Whether a byte comes next behind blanks, which is then read.
  private mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard skipsBlanks(), place < bytes.count, bytes[place] == UInt8(ascii: character) else {
      return false
    }
    place += 1
    return true
  }

  /// Reads a value; false where there is none.
  private mutating func value(depth: Int) -> Bool {
    guard depth < 100, skipsBlanks(), place < bytes.count else { return false }
    if takes("{") {
      guard members(depth: depth) else { return false }
      visit(path, .end)
      return true
    }
    if takes("[") { return items(depth: depth) }
    guard let text = bytes[place] == UInt8(ascii: "\"") ? string() : word() else { return false }
    if text != "null" { visit(path, .leaf(text)) }
    return true
  }

  private mutating func members(depth: Int) -> Bool {
    if takes("}") { return true }
    repeat {
      guard skipsBlanks(), let key = string(), takes(":") else { return false }
      path.append(key)
      defer { path.removeLast() }
      guard value(depth: depth + 1) else { return false }
    } while takes(",")
    return takes("}")
  }

  private mutating func items(depth: Int) -> Bool {
    if takes("]") { return true }
    repeat {
      guard value(depth: depth + 1) else { return false }
    } while takes(",")
    return takes("]")
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() -> String? {
    let start = place
    while place < bytes.count, !",]} \n\r\t".utf8.contains(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    return ["true", "false", "null"].contains(text) || Double(text) != nil ? text : nil
  }

  private mutating func string() -> String? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    place += 1
    var text = ""
    while place < bytes.count {
      let start = place
      while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != 92 {
        place += 1
      }
      guard place < bytes.count else { return nil }
      text += String(decoding: bytes[start..<place], as: UTF8.self)
      place += 1
      if bytes[place - 1] == UInt8(ascii: "\"") { return text }
      guard let character = escaped() else { return nil }
      text.unicodeScalars.append(character)
    }
    return nil
  }

  /// What stands behind a backslash; a character that takes two escapes is shown as unknown.
  private mutating func escaped() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    guard byte == UInt8(ascii: "u") else {
      let others: [UInt8: Unicode.Scalar] = [
        110: "\n", 116: "\t", 114: "\r", 98: "\u{8}", 102: "\u{c}", 34: "\"", 92: "\\", 47: "/",
      ]
      return others[byte]
    }
    guard place + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { return nil }
    place += 4
    return Unicode.Scalar(code) ?? "\u{fffd}"
  }
}
