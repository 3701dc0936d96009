/// An answer that is not what it should be, and may be so the next time.
struct Fault: Error {
  let found: String
  /// Seconds that the server asks to wait.
  var delay: Double?
  /// How often it is worth a try.
  var tryCount = Fault.usualTryCount

  /// The waits between so many tries double from one second on.
  static let usualTryCount = 6
}

/// Takes the body of an answer of status 200 up as it comes.
protocol BodyReceiver {
  /// Takes bytes of the body.
  ///
  /// - Throws: ``Fault`` where they are not what was asked for.
  func take(_ bytes: UnsafeRawBufferPointer) throws
}

/// Makes something of an answer.
protocol AnswerReceiver<Value>: BodyReceiver {
  associatedtype Value
  /// What the whole answer holds.
  ///
  /// - Throws: ``Fault`` where it may be right the next time, ``Failure`` where it will not.
  func finish(_ response: Response) throws -> Value
}

extension Fault {
  /// The first characters of an answer, for messages.
  static func beginning(of bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "an empty body" }
    let text = String(decoding: bytes.prefix(200), as: UTF8.self).split { $0.isWhitespace }
    return "\"\(text.joined(separator: " ").prefix(80))\""
  }
}
