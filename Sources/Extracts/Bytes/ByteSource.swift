import Mismatch

/// A file's content with its wrapping off, and the digest of the file as it is.
///
/// What a file is follows from its first bytes, not from its name: plain text, gzip, bzip2, xz or zstd around text,
/// or a zip archive around one file of text give a stream of bytes, and so does an Arrow stream in the place of
/// text; a workbook, packed once more or not, is an ``Archive`` of parts. All else is refused with what can be
/// done about it.
package final class ByteSource {
  package let path: String
  /// The name of what is read: the file's, or that of the archive's member.
  private(set) var name: String
  private let file: FileBytes
  private let digest: Digest
  private let onRead: @Sendable (Int) -> Void
  private var wrapping = Wrapping.none
  private var input: UnsafeMutableRawBufferPointer
  private var unread = 0..<0
  private var isAtEndOfFile = false
  /// What makes text of an Arrow stream; nil for text.
  private var arrow: ArrowText?
  /// Unwrapped bytes that were looked at and not given out yet.
  private var head: ArraySlice<UInt8> = []
  /// Whether lines end in carriage returns alone, which are given out as line feeds.
  private(set) var hasReturns = false
  private var readCount = 0
  private var inflatedCount = 0

  private enum Wrapping {
    case none
    case gzip(Inflater)
    case compressed(ArchiveHandle)
    case member(ArchiveMember)
    case workbook(Archive)
  }

  /// So many bytes that a small file fits whole, its end included; `limit` for others, and for a pipe,
  /// whose size is told as 0.
  private static func blockSize(holding size: Int, limit: Int) -> Int {
    size > 0 ? min(limit, max(1 << 12, size + 1)) : limit
  }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - member: the archive's member that is read; nil for the only one.
  ///   - onRead: called with the number of bytes of each block of the file.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be opened, (`badData`) where it is of a kind
  ///   that is not read, or an archive that does not hold the one member.
  package init(
    path: String, member: String? = nil, onRead: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws {
    self.path = path
    self.onRead = onRead
    name = path
    file = try FileBytes(path: path)
    digest = try Digest()
    input = .allocate(
      byteCount: ByteSource.blockSize(holding: file.size, limit: 1 << 18), alignment: 64)
    try fillHead()
    try unwrap(FileKind(first: input[unread]), member: member)
  }

  /// Opens a text, of which ``beginning()`` was looked at.
  package convenience init(text path: String, member: String?) throws {
    try self.init(path: path, member: member)
    _ = try beginning()
  }

  deinit { input.deallocate() }

  /// Whether it is an Arrow stream, whose text has a line for each row.
  package var isArrow: Bool { arrow != nil }

  /// Why columns of an Arrow stream cannot be read, by their place.
  var refusals: [Int: Failure] { arrow?.refusals ?? [:] }

  /// The parts of the workbook that the file holds; nil where it holds text.
  var workbook: Archive? {
    if case .workbook(let archive) = wrapping { archive } else { nil }
  }

  /// Bytes of text that whoever reads it does well to hold at once.
  var windowSize: Int {
    if case .none = wrapping {
      ByteSource.blockSize(holding: file.size, limit: 1 << 19)
    } else {
      1 << 19
    }
  }

  /// Bytes of the file that were read; all of them for an archive, which is not read in sequence.
  package var byteCount: Int {
    switch wrapping {
    case .none, .gzip: readCount
    case .compressed, .member, .workbook: file.isRegular ? file.size : readCount
    }
  }

  /// Brings the next bytes of text; 0 at the end.
  ///
  /// - Throws: ``Failure`` where the file cannot be read, is damaged, is a workbook, or a stop was
  ///   requested.
  package func read(into output: UnsafeMutableRawBufferPointer) throws -> Int {
    try MemoryBudget.verifyRoom()
    guard head.isEmpty else {
      let count = min(head.count, output.count)
      output.copyBytes(from: head.prefix(count))
      head = head.dropFirst(count)
      return count
    }
    if let arrow { return try arrow.read(into: output) { try readOn(into: $0) } }
    let count = try readOn(into: output)
    if hasReturns { ByteSource.replaceReturns(in: output[..<count]) }
    return count
  }

  private static func replaceReturns(in bytes: Slice<UnsafeMutableRawBufferPointer>) {
    for place in bytes.indices where bytes.base[place] == 13 { bytes.base[place] = 10 }
  }

  /// Brings the next bytes behind ``head`` as they are.
  private func readOn(into output: UnsafeMutableRawBufferPointer) throws -> Int {
    switch wrapping {
    case .none:
      if unread.isEmpty && !isAtEndOfFile { try fill() }
      let count = min(unread.count, output.count)
      output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[unread].prefix(count)))
      unread = unread.lowerBound + count..<unread.upperBound
      return count
    case .gzip(let inflater): return try inflate(inflater, into: output)
    case .compressed(let handle):
      let made = try handle.read(into: output)
      try count(inflated: made, packed: handle.takenCount)
      return made
    case .member(let member): return try member.read(into: output)
    case .workbook:
      throw Failure(
        .badData, at: Place(file: path), "is a workbook", expected: "text",
        advice: "Save the sheet to read as CSV")
    }
  }

  /// Brings the next bytes of text as ``read(into:)`` does, of plain text without a copy in between; such
  /// bytes are `fresh`, and must then be given to ``digest(_:)`` in their order.
  func readAhead(into output: UnsafeMutableRawBufferPointer) throws -> (count: Int, isFresh: Bool) {
    guard case .none = wrapping, unread.isEmpty, head.isEmpty, !isAtEndOfFile, !hasReturns, !isArrow
    else {
      return (try read(into: output), false)
    }
    try MemoryBudget.verifyRoom()
    let count = try file.read(into: output)
    isAtEndOfFile = count == 0
    readCount += count
    onRead(count)
    return (count, true)
  }

  /// Takes bytes that ``readAhead(into:)`` brought fresh into the file's digest.
  func digest(_ fresh: UnsafeRawBufferPointer) { digest.update(fresh) }

  /// SHA-256 of the file; call once, at the end.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) for a file that changed since it was opened.
  package func finishDigest() throws -> String {
    while !isAtEndOfFile { try fill() }
    guard !file.hasChanged(readCount: readCount) else {
      throw Failure(
        .inputOutput, at: Place(file: path), "changed while it was read",
        advice: "Run again when no other program writes to it")
    }
    return digest.finish()
  }

  private func inflate(
    _ inflater: Inflater, into output: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    while true {
      if unread.isEmpty && !isAtEndOfFile { try fill() }
      let source = UnsafeMutableRawBufferPointer(rebasing: input[unread])
      let (used, made) = try inflater.inflate(source, into: output, isLast: isAtEndOfFile)
      unread = unread.lowerBound + used..<unread.upperBound
      try count(inflated: made, packed: readCount)
      if made > 0 || (isAtEndOfFile && unread.isEmpty) { return made }
    }
  }

  private func count(inflated made: Int, packed: Int) throws {
    inflatedCount += made
    if let excess = InflationLimit.excess(inflatedCount, packed: packed) {
      throw Failure(.badData, at: Place(file: path), excess, advice: InflationLimit.advice)
    }
  }

  /// Fills the block until it is known of what kind the file is: a pipe may bring a few bytes at a time.
  private func fillHead() throws {
    try fill()
    var held = unread.count
    while held < FileKind.headLength, !isAtEndOfFile {
      let more = UnsafeMutableRawBufferPointer(rebasing: input[held...])
      let count = try file.read(into: more)
      isAtEndOfFile = count == 0
      readCount += count
      digest.update(UnsafeRawBufferPointer(rebasing: more[..<count]))
      onRead(count)
      held += count
    }
    unread = 0..<held
  }

  private func fill() throws {
    let count = try file.read(into: input)
    unread = 0..<count
    isAtEndOfFile = count == 0
    readCount += count
    digest.update(UnsafeRawBufferPointer(rebasing: input[unread]))
    onRead(count)
  }
}

// MARK: What is inside

extension ByteSource {
  private func unwrap(_ kind: FileKind, member: String?) throws {
    let place = Place(file: path)
    if let failure = kind.refusal(at: place, converting: path) { throw failure }
    if kind == .arrow {
      try refuse(member, of: "an Arrow stream")
      let head = Array(input[unread])[...]
      unread = unread.upperBound..<unread.upperBound
      arrow = try ArrowText(path: path, after: head) { try readOn(into: $0) }
      return
    }
    if kind == .zip {
      let archive = try Archive(randomBytes(), at: place)
      guard try !archive.isWorkbook(converting: path) else {
        try refuse(member, of: "a workbook")
        wrapping = .workbook(archive)
        return
      }
      name = try archive.choose(member)
      wrapping = .member(try archive.open(name))
    } else {
      try refuse(member, of: kind == .text ? "plain text" : "\(kind.rawValue) around one file")
      guard let suffix = kind.suffix else { return }
      name = path.hasSuffix(suffix) ? String(path.dropLast(suffix.count)) : path
      wrapping = try decompression(of: kind, at: place)
    }
    try unwrapInner()
  }

  private func decompression(of kind: FileKind, at place: Place) throws -> Wrapping {
    guard let content = kind.compression else { return .gzip(Inflater(path: path)) }
    let handle = try ArchiveHandle(randomBytes(), of: content, at: place)
    _ = try handle.nextEntry()
    return .compressed(handle)
  }

  /// The file, held in memory where it can only be read in sequence.
  private func randomBytes() throws -> any RandomBytes {
    guard !file.isRegular else { return file }
    return MemoryBytes(
      try hold("comes as a stream, and is of more than \(InflationLimit.held >> 20) MiB"))
  }

  /// The file, with what is read of it where that has a name of its own.
  private var named: String { name.isSpelt(as: path) ? path : "\(path)[\(name)]" }

  /// Looks at the content of a compressed file or of an archive's member: text, or a workbook.
  private func unwrapInner() throws {
    try look(atLeast: FileKind.headLength)
    let kind = FileKind(first: head)
    guard kind != .text else { return }
    let place = Place(file: named)
    if kind == .arrow {
      let looked = head
      head = []
      arrow = try ArrowText(path: named, after: looked) { try readOn(into: $0) }
      return
    }
    if let failure = kind.refusal(at: place, converting: name) { throw failure }
    let refusal = Failure(
      .badData, at: place, "is compressed once more", expected: "text or a workbook",
      advice: "Unpack \(path)")
    guard kind == .zip else { throw refusal }
    let limit = "is a workbook of more than \(InflationLimit.held >> 20) MiB inside another archive"
    let archive = try Archive(MemoryBytes(try hold(limit)), at: Place(file: path))
    guard try archive.isWorkbook(converting: name) else { throw refusal }
    wrapping = .workbook(archive)
  }

  private func refuse(_ member: String?, of what: String) throws {
    guard let member else { return }
    throw Failure(
      .badData, at: Place(file: path), "is \(what) and has no member \"\(member)\"",
      expected: "a zip archive", advice: "Leave `member` out")
  }

  /// Brings unwrapped bytes into ``head`` until there are so many, or no more.
  private func look(atLeast count: Int) throws {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 12, alignment: 16)
    defer { block.deallocate() }
    var looked: [UInt8] = []
    while looked.count < count {
      let made = try read(into: block)
      if made == 0 { break }
      looked.append(contentsOf: block[..<made])
    }
    head = looked[...]
  }

  /// The beginning of the text, which stays to be read.
  ///
  /// Lines that end in carriage returns alone, as in files of old Macintoshes, end in line feeds from here on.
  /// - Throws: ``Failure`` (`badData`) where something else stands in the place of a table.
  func beginning() throws -> ArraySlice<UInt8> {
    try look(atLeast: TextKind.headLength)
    guard !isArrow else { return head }
    hasReturns = head.contains(13) && !head.contains(10)
    if hasReturns { head = head.map { $0 == 13 ? 10 : $0 }[...] }
    if let kind = TextKind(head, isWhole: head.count < TextKind.headLength) {
      throw kind.refusal(of: head, at: Place(file: named))
    }
    return head
  }

  /// All unwrapped bytes.
  ///
  /// - Parameter excess: what is wrong where there are too many.
  private func hold(_ excess: String) throws -> [UInt8] {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var held: [UInt8] = []
    while true {
      let made = try read(into: block)
      if made == 0 { return held }
      held.append(contentsOf: block[..<made])
      guard held.count <= InflationLimit.held else {
        throw Failure(
          .badData, at: Place(file: named), excess, advice: "Unpack \(path) first")
      }
    }
  }
}
