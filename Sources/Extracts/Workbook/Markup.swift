import CExpat
import Mismatch

/// Whether reading goes on behind an element or pauses there.
enum MarkupStep { case goOn, pause }

/// What is told of the elements and the text of an XML part, in their order.
protocol MarkupHandler: AnyObject {
  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws
  func end(_ name: MarkupName) throws -> MarkupStep
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

/// The name of an element without its namespace's prefix; valid while the element is told.
///
/// A sheet tells millions of them, so that they are compared where they stand.
struct MarkupName {
  fileprivate let start: UnsafePointer<XML_Char>

  fileprivate init(_ name: UnsafePointer<XML_Char>) {
    var local = name
    var next = name
    while next.pointee != 0 {
      if next.pointee == 58 { local = next + 1 }
      next += 1
    }
    start = local
  }

  static func == (name: MarkupName, text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    for index in 0..<length
    where UInt8(bitPattern: name.start[index]) != text.utf8Start[index] { return false }
    return name.start[length] == 0
  }

  /// Lets a `switch` compare names.
  static func ~= (text: StaticString, name: MarkupName) -> Bool { name == text }
}

/// The attributes of an element; valid while its start is told.
struct MarkupAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

  /// The value of an attribute, its prefix aside; nil where it is not there.
  subscript(name: StaticString) -> String? { value(name).map { String(cString: $0) } }

  /// The bytes of an attribute's value; nil where it is not there.
  func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    value(name).map { value in
      var count = 0
      while value[count] != 0 { count += 1 }
      return UnsafeBufferPointer(
        start: UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self), count: count)
    }
  }

  private func value(_ name: StaticString) -> UnsafePointer<XML_Char>? {
    guard var pair = pairs else { return nil }
    while let key = pair[0], let value = pair[1] {
      if MarkupName(key) == name { return value }
      pair += 2
    }
    return nil
  }
}

/// An XML part of a workbook, read by expat as a stream.
///
/// A document type (where entities would be declared) is refused, as are more than ``depthLimit``
/// nested elements and tags or comments longer than ``tokenLimit``.
final class Markup {
  static let depthLimit = 128
  /// Longest tag, comment or the like, in bytes, since expat holds each whole.
  static let tokenLimit = 1 << 20

  private let source: ArchiveMember
  private let parser: XML_Parser
  private let handler: any MarkupHandler
  private var depth = 0
  private var failure: (any Error)?
  /// Bytes handed to expat since it last told of something.
  private var silentCount = 0
  private var isPaused = false
  private var isAtEnd = false
  private var isDone = false
  private static let blockSize = 1 << 15

  /// A reader at the beginning of the part.
  ///
  /// - Parameter handler: told of everything.
  init(_ source: ArchiveMember, handler: any MarkupHandler) throws {
    guard let parser = XML_ParserCreate(nil) else {
      throw Failure(.failed, at: source.place, "cannot create an expat parser")
    }
    self.source = source
    self.parser = parser
    self.handler = handler
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { Markup.of($0)?.started($1, $2) }, { Markup.of($0)?.ended($1) })
    XML_SetCharacterDataHandler(parser) { Markup.of($0)?.met($1, Int($2)) }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in Markup.of(data)?.metDoctype() }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads on until the handler asks for a pause (true) or to the end (false).
  ///
  /// - Throws: ``Failure`` (`badData`) with line and column in the part where the XML is broken or
  ///   beyond the limits, and what the handler throws.
  func read() throws -> Bool {
    while !isDone {
      let status: XML_Status
      if isPaused {
        isPaused = false
        status = XML_ResumeParser(parser)
      } else {
        status = try feed()
      }
      if let failure { throw failure }
      if status == XML_STATUS_SUSPENDED {
        isPaused = true
        return true
      }
      guard status == XML_STATUS_OK else { throw broken() }
      isDone = isAtEnd
    }
    return false
  }

  private func feed() throws -> XML_Status {
    guard silentCount <= Markup.tokenLimit else {
      throw Failure(
        .badData, at: place, "a tag or comment is longer than \(Markup.tokenLimit >> 20) MiB",
        expected: "the XML of a workbook")
    }
    guard let block = XML_GetBuffer(parser, Int32(Markup.blockSize)) else { throw broken() }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(start: block, count: Markup.blockSize))
    isAtEnd = count == 0
    silentCount += count
    return XML_ParseBuffer(parser, Int32(count), isAtEnd ? 1 : 0)
  }

  /// Where in the part the parser stands.
  var place: Place {
    var place = source.place
    place.line = Int(XML_GetCurrentLineNumber(parser))
    place.column = Int(XML_GetCurrentColumnNumber(parser)) + 1
    return place
  }

  private func broken() -> Failure {
    let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
    return Failure(
      .badData, at: place, "the XML is broken (expat: \(reason ?? "unknown error"))",
      expected: "the XML of a workbook", advice: "Fetch the file again, or save it again in Excel")
  }
}

// MARK: What expat tells

extension Markup {
  private static func of(_ data: UnsafeMutableRawPointer?) -> Markup? {
    data.map { Unmanaged<Markup>.fromOpaque($0).takeUnretainedValue() }
  }

  private func started(
    _ name: UnsafePointer<XML_Char>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
  ) {
    guard let name else { return }
    guarded {
      depth += 1
      guard depth <= Markup.depthLimit else {
        throw Failure(
          .badData, at: place, "elements are nested more than \(Markup.depthLimit) deep",
          expected: "the XML of a workbook")
      }
      try handler.start(MarkupName(name), MarkupAttributes(pairs: attributes))
    }
  }

  private func ended(_ name: UnsafePointer<XML_Char>?) {
    guard let name else { return }
    guarded {
      depth -= 1
      let step = try handler.end(MarkupName(name))
      if step == .pause { XML_StopParser(parser, 1) }
    }
  }

  private func met(_ text: UnsafePointer<XML_Char>?, _ count: Int) {
    guard let text else { return }
    guarded {
      try text.withMemoryRebound(to: UInt8.self, capacity: count) {
        try handler.text(UnsafeBufferPointer(start: $0, count: count))
      }
    }
  }

  private func metDoctype() {
    guarded {
      throw Failure(
        .badData, at: place, "the XML declares a document type", expected: "none in a workbook",
        advice: "Do not trust this file")
    }
  }

  /// Does what the handler is told, unless something went wrong before; stops expat where it does now.
  private func guarded(_ work: () throws -> Void) {
    silentCount = 0
    guard failure == nil else { return }
    do { try work() } catch {
      if var known = error as? Failure {
        known.place = known.place ?? place
        failure = known
      } else {
        failure = error
      }
      XML_StopParser(parser, 0)
    }
  }
}
