import Foundation
import Mismatch

/// A part of a JSON text whose shape is not to be relied on: lists of one item may be the item itself, and numbers may
/// be texts.
///
/// Its members stay calls: inlined wherever an answer is looked at, they would be a tenth of the room's code.
struct JSONNode {
  private let value: Any?

  /// - Throws: ``Fault`` for a text that is no JSON.
  init(_ bytes: [UInt8]) throws {
    guard
      let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    else { throw Fault(found: "no JSON: \(Fault.beginning(of: bytes))") }
    self.value = value
  }

  private init(_ value: Any?) { self.value = value is NSNull ? nil : value }

  var exists: Bool { value != nil }

  /// The value of a key; nothing where there is none.
  subscript(key: String) -> JSONNode {
    @inline(never) get { JSONNode((value as? [String: Any])?[key]) }
  }

  /// The items of a list; of anything else, itself.
  var items: [JSONNode] {
    @inline(never) get {
      guard let value else { return [] }
      return (value as? [Any])?.map { JSONNode($0) } ?? [self]
    }
  }

  /// A text, or a number as one.
  var text: String? {
    @inline(never) get { asText }
  }

  private var asText: String? {
    if let text = value as? String { return text }
    guard let number = value as? NSNumber else { return nil }
    return number.doubleValue == number.doubleValue.rounded() && abs(number.doubleValue) < 1e15
      ? String(number.int64Value) : "\(number.doubleValue)"
  }

  var number: Int? { text.flatMap { Int($0) } }

  /// The part as JSON text with keys in order.
  func json() throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: value ?? NSNull(),
      options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
    return String(decoding: data, as: UTF8.self)
  }

  var isTrue: Bool { (value as? Bool) ?? false }
}

/// An answer that is JSON.
final class JSONReceiver: AnswerReceiver {
  private var bytes: [UInt8] = []

  func take(_ bytes: UnsafeRawBufferPointer) { self.bytes.append(contentsOf: bytes) }

  func finish(_ response: Response) throws -> (response: Response, node: JSONNode) {
    return (response, try JSONNode(bytes))
  }
}
