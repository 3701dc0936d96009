import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error: all that the command prints goes through here.
///
/// Texts from data, names and paths may hold characters that move the cursor, change colours or the order of
/// letters. They are shown as escapes; only the lines are ours.
enum Terminal {
  /// Prints lines on standard output.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where it is closed or full.
  static func print(_ lines: [String]) throws {
    try write(lines.map { $0.visible(\.swiftEscape) + "\n" }.joined())
  }

  /// Prints lines on standard output in the middle of work, which goes on where they cannot be written.
  static func note(_ lines: [String]) {
    _ = write(lines.map { $0.visible(\.swiftEscape) + "\n" }.joined(), to: STDOUT_FILENO)
  }

  /// Prints JSON on standard output.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where it is closed or full.
  static func print(json: String) throws { try write(json.visibleJSON) }

  /// Writes lines to standard error; where that is closed or full, nobody reads them.
  static func say(_ lines: [String]) {
    say(raw: lines.map { $0.visible(\.swiftEscape) + "\n" }.joined())
  }

  /// Writes JSON to standard error.
  static func say(json: String) { say(raw: json.visibleJSON) }

  /// Writes text of our own, with its control characters, to standard error.
  static func say(raw text: String) { _ = write(text, to: STDERR_FILENO) }

  /// How many characters a line of standard output has: 80 where it is no terminal.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 80 }
    return Int(size.ws_col)
  }

  /// Opens what is closed of the standard streams, so that no file of a run takes its number.
  ///
  /// What is opened cannot be written, so printing fails as it would have.
  static func keepStandardStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      _ = open("/", O_RDONLY)
    }
  }

  private static func write(_ text: String) throws {
    guard !write(text, to: STDOUT_FILENO) else { return }
    // Whoever read it has gone, as `head` does: that is no failure.
    if errno == EPIPE { endProcess(by: SIGPIPE) }
    throw Failure(
      .inputOutput, at: Place(file: "standard output"),
      "cannot be written: \(String(cString: strerror(errno)))",
      advice: "Check where the output goes: the disk may be full or the pipe closed")
  }

  /// Whether all of a text could be written; `errno` says why not.
  private static func write(_ text: String, to stream: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(stream, rest.baseAddress, rest.count)
        #else
          let count = Darwin.write(stream, rest.baseAddress, rest.count)
        #endif
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno == EAGAIN {
          var ready = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }
}

extension String {
  /// A name for a line of text: without any character that acts on a terminal, and at most so long, with an
  /// ellipsis where it is cut.
  func shortened(to length: Int) -> String {
    let text = prefix(length + 1).description.visible(\.swiftEscape)
    return text.count <= length ? text : text.prefix(max(0, length - 1)) + "…"
  }

  /// The text as one line without any character that acts on a terminal.
  func visible(_ escape: KeyPath<Unicode.Scalar, String>) -> String {
    guard unicodeScalars.contains(where: \.actsOnTerminal) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.actsOnTerminal {
        text += scalar[keyPath: escape]
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// JSON with such characters as JSON's own escapes; line feeds stand between its values alone.
  var visibleJSON: String {
    split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.description.visible(\.jsonEscape)
    }
    .joined(separator: "\n")
  }
}

extension Unicode.Scalar {
  /// Whether the character is a control character, ends a line, or changes the direction of writing.
  fileprivate var actsOnTerminal: Bool {
    switch value {
    case 0..<0x20, 0x7f...0x9f, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }

  /// Such as `\u{1b}`.
  fileprivate var swiftEscape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16))}"
    }
  }

  /// Such as `\u001b`.
  fileprivate var jsonEscape: String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
