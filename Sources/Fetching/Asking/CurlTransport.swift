import CCurl
import Extracts
import Mismatch

/// Requests by libcurl, with its proxies and the system's certificates.
package final class CurlTransport: Transport {
  /// The name that servers see.
  private let agent: String
  /// Seconds without a byte after which a transfer is given up.
  private let patience: Int
  private var library: transfer_library?

  package init(agent: String, patience: Int = 60) {
    (self.agent, self.patience) = (agent, patience)
  }

  package func send(
    _ request: Request, head: (Response) -> Void, body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var library = try opened()
    guard let transfer = transfer_new(&library) else {
      throw TransportFault.refused("libcurl cannot be set up")
    }
    defer { transfer_free(&library, transfer) }
    var headers: UnsafeMutablePointer<curl_slist>?
    for header in request.fullHeaders { headers = transfer_append(&library, headers, header) }
    defer { transfer_free_list(&library, headers) }
    set(&library, transfer, request, headers)
    try withoutActuallyEscaping(head) { head in
      try withoutActuallyEscaping(body) { body in
        let answer = Answer(head, body)
        let pointer = Unmanaged.passUnretained(answer).toOpaque()
        transfer_set_sink(
          &library, transfer, CURLOPT_HEADERFUNCTION, Answer.header, CURLOPT_HEADERDATA, pointer)
        transfer_set_sink(
          &library, transfer, CURLOPT_WRITEFUNCTION, Answer.body, CURLOPT_WRITEDATA, pointer)
        let code = withExtendedLifetime(answer) { transfer_perform(&library, transfer) }
        if let error = answer.error { throw error }
        guard code == CURLE_OK else {
          throw TransportFault(code, String(cString: transfer_error(&library, code)))
        }
      }
    }
  }

  private func opened() throws -> transfer_library {
    if let library { return library }
    var opened = transfer_library()
    if let problem = transfer_open(&opened) {
      throw Failure(
        .failed, "libcurl cannot be opened: \(String(cString: problem))",
        advice: "Install it: apt-get install libcurl4")
    }
    library = opened
    return opened
  }

  /// Sets what every transfer has: TLS as libcurl has it by default, and no redirects, which are followed by
  /// ``Client`` where they are allowed.
  private func set(
    _ library: inout transfer_library, _ transfer: UnsafeMutableRawPointer, _ request: Request,
    _ headers: UnsafeMutablePointer<curl_slist>?
  ) {
    transfer_set_text(&library, transfer, CURLOPT_URL, request.fullAddress)
    transfer_set_text(&library, transfer, CURLOPT_USERAGENT, agent)
    transfer_set_text(&library, transfer, CURLOPT_ACCEPT_ENCODING, "gzip")
    transfer_set_text(&library, transfer, CURLOPT_PROTOCOLS_STR, "http,https")
    // A proxy does not lead to this machine.
    if Address(request.address).isLoopback {
      transfer_set_text(&library, transfer, CURLOPT_NOPROXY, "*")
    }
    transfer_set_list(&library, transfer, CURLOPT_HTTPHEADER, headers)
    for (option, value) in [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_BUFFERSIZE, 1 << 19), (CURLOPT_CONNECTTIMEOUT, 30),
      (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, patience),
    ] {
      transfer_set_number(&library, transfer, option, value)
    }
    if request.asksHeadAlone { transfer_set_number(&library, transfer, CURLOPT_NOBODY, 1) }
    if let body = request.body {
      transfer_set_number(&library, transfer, CURLOPT_POSTFIELDSIZE, body.utf8.count)
      transfer_set_text(&library, transfer, CURLOPT_COPYPOSTFIELDS, body)
    }
  }
}

extension TransportFault {
  /// What a code of libcurl means.
  fileprivate init(_ code: CURLcode, _ text: String) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
      self = .unreachable(text)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
      self = .refused(text)
    default: self = .interrupted(text)
    }
  }
}

/// Takes what libcurl brings of an answer.
private final class Answer {
  private let onHead: (Response) -> Void
  private let onBody: (UnsafeRawBufferPointer) throws -> Void
  private var status = 0
  private var version = Substring()
  private var headers: [String: String] = [:]
  /// What `onBody` threw.
  private(set) var error: (any Error)?

  init(
    _ onHead: @escaping (Response) -> Void,
    _ onBody: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    (self.onHead, self.onBody) = (onHead, onBody)
  }

  static let body: transfer_sink = { bytes, size, count, pointer in
    guard let bytes, let pointer else { return 0 }
    let answer = Unmanaged<Answer>.fromOpaque(pointer).takeUnretainedValue()
    do {
      try answer.onBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    } catch {
      answer.error = error
      return 0
    }
  }

  static let header: transfer_sink = { bytes, size, count, pointer in
    guard let bytes, let pointer else { return 0 }
    let answer = Unmanaged<Answer>.fromOpaque(pointer).takeUnretainedValue()
    answer.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
  }

  /// Takes a line; the last answer counts where a proxy's own comes first.
  private func take(header bytes: UnsafeRawBufferPointer) {
    let line = String(decoding: bytes, as: UTF8.self).trimmed()
    if line.hasPrefix("HTTP/") {
      version = line.dropFirst(5).prefix { $0 != " " }
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      headers = [:]
    } else if line.isEmpty {
      let isDelimited =
        !version.hasPrefix("1") || headers["content-length"] != nil
        || headers["transfer-encoding"] != nil
      onHead(Response(status: status, headers: headers, isDelimited: isDelimited))
    } else if let colon = line.firstIndex(of: ":") {
      headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...]).trimmed()
    }
  }
}
