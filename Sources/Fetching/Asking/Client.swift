import Mismatch

/// What tells the time and lets it pass.
package struct Clock: Sendable {
  /// Seconds since 1970.
  package let now: @Sendable () -> Double
  package let sleep: @Sendable (_ seconds: Double) -> Void

  package init(
    now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) -> Void
  ) {
    (self.now, self.sleep) = (now, sleep)
  }
}

/// Asks servers with good manners: one request at a time, half a second apart, again after a while where an answer is
/// broken, and with redirects to https on the same host alone.
package final class Client {
  /// Seconds between the end of a request and the next one.
  static let pause = 0.5
  /// The longest wait that a server may ask for, in seconds.
  static let longestDelay = 300.0
  /// The longest wait for the end of a limit of requests by the hour, in seconds.
  private static let longestLimit = 3700.0
  private static let redirectCount = 3
  /// Bytes of a refusal that are looked at.
  private static let refusalLimit = 1 << 14

  private let transport: any Transport
  let clock: Clock
  private var lastEnd = -Double.infinity
  /// When the server's limit of requests allows the next one; nil where it does now.
  private var nextRequest: Double?
  /// Whether any request of this client was answered: then the network is there.
  private var hasAnswered = false

  package init(_ transport: any Transport, clock: Clock) {
    (self.transport, self.clock) = (transport, clock)
  }

  /// Asks until an answer is whole.
  ///
  /// - Parameters:
  ///   - limit: bytes that the body may have.
  ///   - receiver: made anew for each try.
  /// - Throws: ``Failure`` (`inputOutput`) that says what came last, where no try gave a whole answer.
  func ask<Value>(
    _ request: Request, limit: Int, _ receiver: () throws -> any AnswerReceiver<Value>
  ) throws -> Value {
    var attempt = 1
    while true {
      do {
        let receiver = try receiver()
        return try receiver.finish(send(request, limit, receiver))
      } catch let fault as Fault {
        let wait = max(fault.delay ?? 0, Double(1 << (attempt - 1)))
        guard attempt < fault.tryCount, wait <= Client.longestDelay else {
          throw failure(
            of: request, fault.found + (attempt > 1 ? ", after \(attempt) tries" : ""))
        }
        clock.sleep(wait)
        attempt += 1
      }
    }
  }

  /// Sends a request once, to where redirects lead.
  private func send(
    _ request: Request, _ limit: Int, _ receiver: any BodyReceiver
  ) throws -> Response {
    var request = request
    for _ in 0...Client.redirectCount {
      let (response, refusal) = try sendOnce(request, limit, receiver)
      if (200..<300).contains(response.status) { return response }
      if response.status == 429 || response.status >= 500 {
        throw Fault(found: "status \(response.status)", delay: response.delay)
      }
      guard let location = response.headers["location"], (300..<400).contains(response.status)
      else { throw refused(request, response.status, refusal) }
      let (here, there) = (Address(request.address), Address(request.address).resolving(location))
      guard here.allowsRedirect(to: there) else {
        throw failure(
          of: request, "redirects to \(there.hostName)", expected: "https on the same host")
      }
      // The answer may repeat the whole query, with the key in it.
      request = request.moved(to: there.text)
    }
    throw failure(of: request, "redirects without end")
  }

  /// - Returns: the head of the answer, and the beginning of a body that says why the request is refused.
  private func sendOnce(
    _ request: Request, _ limit: Int, _ receiver: any BodyReceiver
  ) throws -> (Response, [UInt8]) {
    try waitForTurn(request)
    defer { lastEnd = clock.now() }
    var (response, refusal, byteCount) = (Response(status: 0), [UInt8](), 0)
    do {
      try transport.send(request) {
        response = $0
      } body: { bytes in
        byteCount += bytes.count
        guard byteCount <= limit else {
          throw failure(of: request, "the answer is larger than \(limit >> 20) MiB")
        }
        guard (200..<300).contains(response.status) else {
          refusal += bytes.prefix(Client.refusalLimit - refusal.count)
          return
        }
        try receiver.take(bytes)
      }
      hasAnswered = true
      nextRequest = response.rateLimitReset
      return (response, refusal)
    } catch let fault as TransportFault {
      switch fault {
      case .interrupted(let text): throw Fault(found: "the answer broke off: \(text)")
      case .unreachable(let text) where hasAnswered: throw Fault(found: "no answer: \(text)")
      case .unreachable(let text), .refused(let text): throw unreachable(request, text)
      }
    }
  }

  /// Waits as manners ask, and as the server's limit of requests does.
  private func waitForTurn(_ request: Request) throws {
    let now = clock.now()
    let isFree = Address(request.address).isLoopback
    let wait = max(isFree ? 0 : lastEnd + Client.pause - now, (nextRequest ?? now) - now)
    guard wait <= Client.longestLimit else {
      throw failure(of: request, "no requests are allowed for \(Int(wait / 60)) minutes")
    }
    if wait > 0 { clock.sleep(wait) }
  }

  private func failure(of request: Request, _ found: String, expected: String? = nil) -> Failure {
    Failure(
      .inputOutput, at: request.place, request.hidingKey(in: found), expected: expected,
      advice: "Try again later: pages that came whole are kept")
  }

  private func refused(_ request: Request, _ status: Int, _ body: [UInt8]) -> Failure {
    Failure(
      .badData, at: request.place,
      "status \(status): \(request.hidingKey(in: Fault.reason(in: body)))",
      expected: "an answer to the query",
      advice: status == 401 || status == 403 ? "Check the key, where the source needs one" : nil)
  }

  private func unreachable(_ request: Request, _ text: String) -> Failure {
    Failure(
      .inputOutput, at: request.place, text,
      expected: "a connection to \(Address(request.address).hostName)",
      advice:
        "Only `mismatch fetch` needs a network; behind a proxy, set https_proxy. A file that you download "
        + "yourself does as well")
  }
}

extension Request {
  /// The address without the query, which can be long.
  fileprivate var place: Place { Place(file: String(address.prefix { $0 != "?" })) }

  /// The same at another address; a key in that is taken out, since messages show it, and sent as before.
  fileprivate func moved(to address: String) -> Request {
    var shown = address
    if case .query(let name, _) = secret?.form, let mark = address.firstIndex(of: "?") {
      let parts = address[address.index(after: mark)...].split(separator: "&")
      let kept = parts.filter { !$0.hasPrefix("\(name)=") }.joined(separator: "&")
      shown = address[..<mark] + (kept.isEmpty ? "" : "?" + kept)
    }
    var request = Request(shown, secret: secret)
    (request.body, request.headers) = (body, headers)
    return request
  }
}

extension Response {
  /// When requests are allowed again, in seconds since 1970; nil where some are left (Stat-Xplore's headers).
  fileprivate var rateLimitReset: Double? {
    guard headers["x-ratelimit-remaining"] == "0" else { return nil }
    return headers["x-ratelimit-reset"].flatMap { Double($0) }.map { $0 / 1000 }
  }

  /// Seconds that the header Retry-After asks to wait; nil where it says none.
  ///
  /// A date there counts as a minute.
  fileprivate var delay: Double? {
    headers["retry-after"].map { max(0, Double($0) ?? 60) }
  }
}

extension Fault {
  /// What a refusal says: the fields of JSON that services put reasons in, or the beginning of the text.
  fileprivate static func reason(in body: [UInt8]) -> String {
    guard let node = try? JSONNode(body) else { return beginning(of: body) }
    let texts =
      [node["title"].text, node["message"].text, node["error"].text]
      + node["errors"].items.map { $0["message"].text }
    let reason = texts.compactMap { $0 }.joined(separator: "; ")
    return reason.isEmpty ? beginning(of: body) : reason
  }
}
