import Mismatch

/// What is asked of a server.
package struct Request: Sendable, Equatable {
  /// The address without any key, as messages and records may show it.
  package let address: String
  /// A body that is posted; nil asks by GET.
  package var body: String?
  package var headers: [String] = []
  /// Whether status and headers are all that is asked for.
  package var asksHeadAlone = false
  /// What only the server may see: the key as a part of the query, or as a header.
  package var secret: Secret?

  package init(_ address: String, secret: Secret? = nil) {
    (self.address, self.secret) = (address, secret)
  }

  /// The address with what is secret of it.
  package var fullAddress: String {
    guard case .query(let name, let key) = secret?.form else { return address }
    return address + (address.contains("?") ? "&" : "?") + "\(name)=\(key.percentEncoded)"
  }

  /// What a server said, without the key that it may repeat.
  func hidingKey(in text: String) -> String {
    switch secret?.form {
    case .query(_, let key), .header(_, let key): text.replacing(key, with: "(key)")
    case nil: text
    }
  }

  /// All headers, with what is secret of them.
  package var fullHeaders: [String] {
    guard case .header(let name, let key) = secret?.form else { return headers }
    return headers + ["\(name): \(key)"]
  }
}

/// What a server answered besides the body.
package struct Response: Sendable {
  package let status: Int
  /// By name in lower case.
  package let headers: [String: String]
  /// Whether a cut in the body is noticed: not where the body ends with the connection alone.
  package let isDelimited: Bool

  package init(status: Int, headers: [String: String] = [:], isDelimited: Bool = true) {
    (self.status, self.headers, self.isDelimited) = (status, headers, isDelimited)
  }
}

/// Why no whole answer came.
package enum TransportFault: Error, Sendable, Equatable {
  /// The server was not found or did not answer.
  case unreachable(String)
  /// It answered and stopped in the middle, or for too long.
  case interrupted(String)
  /// Its certificate is not trusted, or no connection is possible at all.
  case refused(String)
}

/// One request over the network.
package protocol Transport {
  /// Sends a request and gives what comes of the answer as it comes.
  ///
  /// - Parameters:
  ///   - head: told status and headers before the body.
  ///   - body: given the body's bytes, with any compression taken off.
  /// - Throws: ``TransportFault``, or what `body` throws, which ends the transfer.
  func send(
    _ request: Request, head: (Response) -> Void, body: (UnsafeRawBufferPointer) throws -> Void
  ) throws
}
