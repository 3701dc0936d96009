import Mismatch

/// Looks at every byte of a text once: its encoding and its line ends.
struct EncodingScan {
  private var byteOrderMark: String?
  private var byteCount = 0
  private var feeds = 0
  private var returns = 0
  private var pairs = 0
  private var nulls = 0
  private var highBytes = 0
  private var isInvalid = false
  private var continuation = 0
  private var last: UInt8 = 0

  /// Reads a source to its end.
  init(_ source: ByteSource) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { break }
      take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  var isBinary: Bool { byteOrderMark != "UTF-16" && nulls > 0 }
  var isUTF16: Bool { byteOrderMark == "UTF-16" }
  var isWindows: Bool { isInvalid || continuation > 0 }

  var account: EncodingAccount {
    let name =
      isUTF16
      ? "UTF-16"
      : isBinary
        ? "binary" : isWindows ? "Windows-1252 suspected" : highBytes > 0 ? "UTF-8" : "ASCII"
    return EncodingAccount(
      name: name, hasByteOrderMark: byteOrderMark != nil, lineEnds: lineEnds,
      endsWithLineBreak: last == 10 || last == 13)
  }

  private var lineEnds: String {
    let (lone, single) = (feeds - pairs, returns - pairs)
    switch (lone > 0, pairs > 0, single > 0) {
    case (true, false, false): return "LF"
    case (false, true, false): return "CRLF"
    case (false, false, true): return "CR"
    case (false, false, false): return "none"
    default: return "mixed"
    }
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    if byteCount == 0 { noteByteOrderMark(bytes) }
    byteCount += bytes.count
    for byte in bytes {
      if byte == 10 {
        feeds += 1
        if last == 13 { pairs += 1 }
      } else if byte == 13 {
        returns += 1
      } else if byte == 0 {
        nulls += 1
      }
      if byte >= 128 || continuation > 0 { checkUTF8(byte) }
      last = byte
    }
  }

  private mutating func noteByteOrderMark(_ bytes: UnsafeRawBufferPointer) {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      byteOrderMark = "UTF-8"
      // The mark is no character of the text.
      highBytes = -3
    } else if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      byteOrderMark = "UTF-16"
    }
  }

  private mutating func checkUTF8(_ byte: UInt8) {
    if byte >= 128 { highBytes += 1 }
    if continuation > 0 {
      if byte & 0xc0 == 0x80 {
        continuation -= 1
      } else {
        isInvalid = true
        continuation = 0
      }
      return
    }
    switch byte {
    case 0xc2...0xdf: continuation = 1
    case 0xe0...0xef: continuation = 2
    case 0xf0...0xf4: continuation = 3
    default: isInvalid = true
    }
  }
}
