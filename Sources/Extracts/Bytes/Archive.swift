import Mismatch

/// Bounds within which compressed bytes are inflated, so that a small file cannot ask for endless work.
enum InflationLimit {
  /// Bytes that all reading of one archive may inflate: 16 GiB.
  static let total = 1 << 34
  /// Inflated bytes per packed byte that are believed: text and sheets stay well below 100.
  static let ratio = 256
  /// Inflated bytes from which on the ratio counts: small files of one repeated row may exceed it.
  static let ratioStart = 1 << 26
  /// Members of one archive.
  static let members = 10_000
  /// Bytes of a packed workbook inside another archive, which is held in memory: 256 MiB.
  static let held = 1 << 28

  static let advice = "If you trust it, unpack it first"

  /// What is wrong with so many inflated bytes; nil where nothing is.
  static func excess(_ count: Int, packed: Int, limit: Int = total) -> String? {
    guard count <= limit else { return "inflates to more than \(limit >> 20) MiB" }
    guard count < ratioStart || count / max(1, packed) <= ratio else {
      return "inflates to more than \(ratio) times its packed size, as a zip bomb does"
    }
    return nil
  }
}

/// A zip archive whose members are read one at a time, nothing written anywhere.
///
/// An archive is refused as a whole where a member is a link, is encrypted, is duplicated, or has a name
/// that would leave the folder it is unpacked in: no publisher makes such archives.
final class Archive {
  private let bytes: any RandomBytes
  /// The archive, for messages.
  let place: Place
  /// Names of the files in it, in its own order.
  let members: [String]
  /// Where each member stands among all entries, which come in one order always.
  private let places: [Spelling: Int]
  /// Members by their names in small letters, the first of each.
  private let spellings: [String: String]
  fileprivate var inflatedCount = 0
  /// A handle that a member was read with; members behind that one need no other.
  fileprivate var spare: ArchiveHandle?

  /// Opens an archive and looks at the names of its members.
  ///
  /// - Throws: ``Failure`` (`badData`) where it is damaged or refused.
  init(_ bytes: any RandomBytes, at place: Place) throws {
    self.bytes = bytes
    self.place = place
    // An archive that begins with its end holds nothing; libarchive does not know it as one.
    guard try !Archive.isEmpty(bytes) else {
      (members, places, spellings) = ([], [:], [:])
      return
    }
    let handle = try ArchiveHandle(bytes, at: place)
    var members: [String] = []
    var places: [Spelling: Int] = [:]
    var count = 0
    while let entry = try handle.nextEntry() {
      count += 1
      guard count <= InflationLimit.members else {
        throw Failure(
          .badData, at: place, "the archive has more than \(InflationLimit.members) members",
          advice: "Unpack it and name the file to read")
      }
      let name = try Archive.checked(entry, at: place)
      guard !entry.isFolder else { continue }
      guard places.updateValue(count, forKey: Spelling(name)) == nil else {
        throw Failure(.badData, at: place, "the archive holds \"\(name)\" twice")
      }
      members.append(name)
    }
    self.members = members
    self.places = places
    spellings = Dictionary(members.map { ($0.lowercased(), $0) }) { first, _ in first }
  }

  private static func isEmpty(_ bytes: any RandomBytes) throws -> Bool {
    var head = [UInt8](repeating: 0, count: 4)
    _ = try head.withUnsafeMutableBytes { try bytes.read(into: $0, at: 0) }
    return head == Array("PK\u{5}\u{6}".utf8)
  }

  private static func checked(_ entry: ArchiveEntry, at place: Place) throws -> String {
    guard let name = entry.name, !name.isEmpty else {
      throw Failure(.badData, at: place, "the name of a member of the archive is not text")
    }
    let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    guard name.first != "/", name.first != "\\", !parts.contains(".."), !name.contains("\0") else {
      throw Failure(
        .badData, at: place, "the archive's member \"\(name)\" would leave its folder",
        expected: "names below one folder", advice: "Do not trust this archive")
    }
    guard entry.isFolder || entry.isFile else {
      throw Failure(
        .badData, at: place, "the archive's member \"\(name)\" is a link or a device",
        expected: "files", advice: "Do not trust this archive")
    }
    guard !entry.isEncrypted else {
      throw Failure(
        .badData, at: place, "the archive's member \"\(name)\" is encrypted",
        advice: "Unpack it with its password, then name the file")
    }
    return name
  }

  /// The member of that name, capitals aside, as the names of a workbook's parts are compared.
  func part(named name: String) -> String? {
    places[name] == nil ? spellings[name.lowercased()] : name
  }

  /// Files that hold data: not what a Mac puts beside them.
  var dataMembers: [String] {
    members.filter { name in
      !name.hasPrefix("__MACOSX/") && name.split(separator: "/").last?.first != "."
    }
  }

  /// Opens a member to be read from its beginning.
  ///
  /// - Parameter limit: inflated bytes of this member that are allowed.
  /// - Throws: ``Failure`` where the archive is damaged.
  func open(_ member: String, limit: Int = InflationLimit.total) throws -> ArchiveMember {
    let handle = try handle(before: member)
    while let entry = try handle.nextEntry() {
      if entry.name?.isSpelt(as: member) == true {
        return ArchiveMember(member, of: self, handle, limit: limit)
      }
    }
    throw Failure(
      .badData, at: place, "the archive has no member \"\(member)\"",
      expected: "one of " + Failure.examples(members, limit: 12))
  }

  /// A handle that has not gone past a member yet: the spare one where it can be, so that members which
  /// are read in their order cost no more than going through the archive once.
  private func handle(before member: String) throws -> ArchiveHandle {
    defer { spare = nil }
    if let spare, !spare.isDamaged, let place = places[member], spare.entryCount < place {
      return spare
    }
    return try ArchiveHandle(bytes, at: place)
  }
}

/// The inflated bytes of one member of an archive, as a stream.
final class ArchiveMember {
  let name: String
  private let archive: Archive
  private let handle: ArchiveHandle
  private let limit: Int
  private let takenBefore: Int
  private var count = 0

  fileprivate init(_ name: String, of archive: Archive, _ handle: ArchiveHandle, limit: Int) {
    self.name = name
    self.archive = archive
    self.handle = handle
    self.limit = limit
    takenBefore = handle.takenCount
  }

  deinit { archive.spare = handle }

  /// The member, for messages: `file.zip[member]`.
  var place: Place { Place(file: "\(archive.place.file)[\(name)]") }

  /// Brings the next bytes; 0 at the end.
  ///
  /// - Throws: ``Failure`` where the member is damaged or inflates beyond the limits.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let made = try handle.read(into: buffer)
    count += made
    archive.inflatedCount += made
    let packed = handle.takenCount - takenBefore
    let excess =
      InflationLimit.excess(count, packed: packed, limit: min(limit, InflationLimit.total))
      ?? (archive.inflatedCount > InflationLimit.total
        ? "inflates to more than \(InflationLimit.total >> 20) MiB" : nil)
    if let excess { throw Failure(.badData, at: place, excess, advice: InflationLimit.advice) }
    return made
  }
}
