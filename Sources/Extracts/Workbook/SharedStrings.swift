import Mismatch

/// The texts that the cells of a workbook share, in one block of bytes.
struct SharedStrings {
  /// Bytes of text that one workbook may share: 256 MiB.
  static let byteLimit = 1 << 28
  static let countLimit = 1 << 24

  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  /// No texts.
  init() {}

  /// Reads a workbook's part.
  ///
  /// The runs of a rich text are joined; its phonetic guide is left out.
  init(_ part: ArchiveMember) throws {
    let collector = SharedStringCollector()
    let markup = try Markup(part, handler: collector)
    while try markup.read() {}
    bytes = collector.bytes
    ends = collector.ends
  }

  var count: Int { ends.count }

  /// A text by its number; nil where there is none.
  subscript(number: Int) -> String? {
    guard ends.indices.contains(number) else { return nil }
    let start = number == 0 ? 0 : Int(ends[number - 1])
    return String(decoding: bytes[start..<Int(ends[number])], as: UTF8.self)
  }
}

/// Gathers the texts of the part as its XML is read.
private final class SharedStringCollector: MarkupHandler {
  var bytes: [UInt8] = []
  var ends: [UInt32] = []
  private var isText = false
  private var phoneticDepth = 0

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws {
    switch name {
    case "rPh": phoneticDepth += 1
    case "t": isText = phoneticDepth == 0
    case "si" where ends.count >= SharedStrings.countLimit:
      throw Failure(.badData, "more than \(SharedStrings.countLimit) shared texts")
    default: break
    }
  }

  func end(_ name: MarkupName) -> MarkupStep {
    switch name {
    case "rPh": phoneticDepth -= 1
    case "t": isText = false
    case "si":
      let start = ends.last.map(Int.init) ?? 0
      EscapedText.unescape(&bytes, from: start)
      ends.append(UInt32(bytes.count))
    default: break
    }
    return .goOn
  }

  package func text(_ text: UnsafeBufferPointer<UInt8>) throws {
    guard isText else { return }
    guard bytes.count + text.count <= SharedStrings.byteLimit else {
      throw Failure(
        .badData, "the shared texts are longer than \(SharedStrings.byteLimit >> 20) MiB")
    }
    bytes.append(contentsOf: text)
  }
}

/// Control characters as workbooks write them in text, which XML cannot hold: `_x000D_`.
enum EscapedText {
  /// Replaces each `_xHHHH_` from an offset on by its character.
  static func unescape(_ bytes: inout [UInt8], from start: Int) {
    guard let first = next(in: bytes, from: start) else { return }
    var target = first
    var source = first
    while source < bytes.count {
      if let scalar = escape(in: bytes, at: source) {
        for byte in String(Character(scalar)).utf8 {
          bytes[target] = byte
          target += 1
        }
        source += 7
      } else {
        bytes[target] = bytes[source]
        target += 1
        source += 1
      }
    }
    bytes.removeLast(bytes.count - target)
  }

  private static func next(in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count - start >= 7 else { return nil }
    return (start...bytes.count - 7).first { bytes[$0] == 95 && bytes[$0 + 1] == 120 }
  }

  private static func escape(in bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
    guard index + 7 <= bytes.count, bytes[index] == 95, bytes[index + 1] == 120,
      bytes[index + 6] == 95
    else { return nil }
    var code: UInt32 = 0
    for byte in bytes[index + 2..<index + 6] {
      switch byte {
      case 48...57: code = code * 16 + UInt32(byte - 48)
      case 65...70: code = code * 16 + UInt32(byte - 55)
      case 97...102: code = code * 16 + UInt32(byte - 87)
      default: return nil
      }
    }
    return Unicode.Scalar(code)
  }
}
