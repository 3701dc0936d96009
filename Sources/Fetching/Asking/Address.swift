import Mismatch

/// Where a source answers.
package struct Address: Sendable, Equatable {
  let text: String

  /// The address of a source: its own, or another one that the environment names.
  ///
  /// - Throws: ``Failure`` (`usage`) for one that is neither https nor on this machine.
  init(_ standard: String, instead variable: String, _ environment: [String: String]) throws {
    let given = environment[variable] ?? standard
    text = given.hasSuffix("/") ? String(given.dropLast()) : given
    guard isSecure || isLoopback else {
      throw Failure(
        .usage, "\(variable) is \"\(given)\"",
        expected: "an address that begins with https://, or one of this machine (http://127.0.0.1)")
    }
  }

  init(_ text: String) { self.text = text }

  private var isSecure: Bool { text.hasPrefix("https://") }

  /// Whether the server is on this machine: a stand-in, which needs neither TLS nor pauses.
  var isLoopback: Bool { ["127.0.0.1", "[::1]", "localhost"].contains(host.name) && !isSecure }

  /// Whether a redirect from here to there is followed: to https on the same host.
  func allowsRedirect(to other: Address) -> Bool {
    host.name == other.host.name && (other.isSecure || isLoopback && other.isLoopback)
  }

  /// Where a redirect leads, which may be given without the host.
  func resolving(_ location: String) -> Address {
    location.hasPrefix("/") && !location.hasPrefix("//")
      ? Address(host.prefix + location) : Address(location)
  }

  /// The host with what stands before it, and its name without a port.
  private var host: (prefix: String, name: String) {
    guard let start = text.firstRange(of: "://")?.upperBound else { return ("", "") }
    let end = text[start...].firstIndex { "/?#".contains($0) } ?? text.endIndex
    // A name before @ would be sent as a password.
    let authority = text[start..<end]
    let name =
      authority.hasPrefix("[")
      ? String(authority.prefix { $0 != "]" }) + "]" : String(authority.prefix { $0 != ":" })
    return (String(text[..<end]), authority.contains("@") ? "" : name.lowercased())
  }

  /// The name of the server, for messages.
  var hostName: String { host.name }
}

extension String {
  /// The text as a part of a query: all but unreserved characters by their bytes (RFC 3986, section 2.3), with the
  /// marks kept that services use within values.
  var percentEncoded: String {
    utf8.reduce(into: "") { text, byte in
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCII && scalar.properties.isAlphabetic || (48...57).contains(byte)
        || "-._~,:*".unicodeScalars.contains(scalar)
      {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }
}
