#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A text of a job or its inputs as the key of a table: two are the same where their bytes are.
///
/// Texts as such are the same to Swift where they are canonically equivalent: "é" as one letter (U+00E9)
/// and as two (e and U+0301). A table keyed by those keeps the one that came first, so that results would
/// depend on the order of rows. Codes, names, periods, headings and markers are compared as this type, or
/// by ``Swift/String/isSpelt(as:)``, and put in order by ``Codebook/precedes(_:_:)``.
package struct Spelling: Sendable, Hashable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let text: String
  package var description: String { text }

  package init(_ text: String) { self.text = text }
  package init(stringLiteral text: StaticString) { self.text = text.description }

  package static func == (left: Spelling, right: Spelling) -> Bool {
    left.text.isSpelt(as: right.text)
  }

  package static func < (left: Spelling, right: Spelling) -> Bool {
    left.text.isBefore(right.text)
  }

  package func hash(into hasher: inout Hasher) {
    text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    // No text contains it, so that texts one after another are told apart.
    hasher.combine(UInt8(0xff))
  }
}

extension String {
  /// Whether both texts have the same bytes.
  package func isSpelt(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes { own in
      other.withBytes { other in
        guard let start = own.baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, own.count) == 0
      }
    }
  }

  /// Whether the text comes before another one in the order of their bytes, which is that of Unicode scalars.
  func isBefore(_ other: String) -> Bool {
    withBytes { own in
      other.withBytes { other in
        guard let start = own.baseAddress, let otherStart = other.baseAddress else {
          return own.count < other.count
        }
        let difference = memcmp(start, otherStart, min(own.count, other.count))
        return difference != 0 ? difference < 0 : own.count < other.count
      }
    }
  }

  /// Whether all of the text is ASCII.
  package var isASCII: Bool { withBytes { bytes in bytes.allSatisfy { $0 < 0x80 } } }

  /// Lends the bytes of the text where they are, which is everywhere but in a text of another language.
  @inline(__always)
  fileprivate func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    var text = self
    return text.withUTF8(body)
  }
}

extension [String] {
  /// Whether both hold the same bytes, text by text.
  package func areSpelt(as others: [String]) -> Bool {
    elementsEqual(others) { $0.isSpelt(as: $1) }
  }
}

extension Dictionary where Key == Spelling {
  /// The value of a text.
  package subscript(text: String) -> Value? { self[Spelling(text)] }
}
