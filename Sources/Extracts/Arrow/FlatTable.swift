import Mismatch

/// A table of a FlatBuffers message; every place is checked before it is read, so that a damaged message is
/// an error.
struct FlatTable {
  private let bytes: [UInt8]
  private let position: Int
  /// Where the places of fields are listed, and the bytes of that list.
  private let list: Int
  private let listSize: Int

  /// The table at the root of a message.
  ///
  /// - Throws: ``ArrowFault`` as all that reads from it.
  init(rootOf bytes: [UInt8]) throws {
    try self.init(bytes, at: Int(FlatTable.load(bytes, 0, as: UInt32.self)))
  }

  private init(_ bytes: [UInt8], at position: Int) throws {
    self.bytes = bytes
    self.position = position
    list = position - Int(try FlatTable.load(bytes, position, as: Int32.self))
    listSize = Int(try FlatTable.load(bytes, list, as: UInt16.self))
  }

  /// A number of a field; the default where the table leaves it out.
  func number<Number: FixedWidthInteger>(_ field: Int, default: Number) throws -> Number {
    try place(field).map { try FlatTable.load(bytes, $0, as: Number.self) } ?? `default`
  }

  func isTrue(_ field: Int) throws -> Bool { try number(field, default: UInt8(0)) != 0 }

  func table(_ field: Int) throws -> FlatTable? {
    try place(field).map { try FlatTable(bytes, at: target($0)) }
  }

  func text(_ field: Int) throws -> String? {
    guard let (start, count) = try vector(field, stride: 1) else { return nil }
    guard let text = String(validating: bytes[start..<start + count], as: UTF8.self) else {
      throw ArrowFault("a name is not UTF-8")
    }
    return text
  }

  func tables(_ field: Int) throws -> [FlatTable] {
    guard let (start, count) = try vector(field, stride: 4) else { return [] }
    return try (0..<count).map { try FlatTable(bytes, at: target(start + 4 * $0)) }
  }

  func numbers(_ field: Int) throws -> [Int64] {
    guard let (start, count) = try vector(field, stride: 8) else { return [] }
    return try (0..<count).map { try FlatTable.load(bytes, start + 8 * $0, as: Int64.self) }
  }

  /// Structs of two numbers.
  func pairs(_ field: Int) throws -> [(Int64, Int64)] {
    guard let (start, count) = try vector(field, stride: 16) else { return [] }
    return try (0..<count).map {
      (
        try FlatTable.load(bytes, start + 16 * $0, as: Int64.self),
        try FlatTable.load(bytes, start + 16 * $0 + 8, as: Int64.self)
      )
    }
  }

  private func vector(_ field: Int, stride: Int) throws -> (start: Int, count: Int)? {
    guard let place = try place(field) else { return nil }
    let start = try target(place)
    let count = Int(try FlatTable.load(bytes, start, as: UInt32.self))
    guard count <= (bytes.count - start - 4) / stride else { throw ArrowFault.damaged }
    return (start + 4, count)
  }

  /// Where a field stands; nil where the table leaves it out.
  private func place(_ field: Int) throws -> Int? {
    let entry = 4 + 2 * field
    guard entry + 2 <= listSize else { return nil }
    let offset = Int(try FlatTable.load(bytes, list + entry, as: UInt16.self))
    return offset == 0 ? nil : position + offset
  }

  /// What the offset at a place points at.
  private func target(_ place: Int) throws -> Int {
    place + Int(try FlatTable.load(bytes, place, as: UInt32.self))
  }

  private static func load<Number: FixedWidthInteger>(
    _ bytes: [UInt8], _ place: Int, as type: Number.Type
  ) throws -> Number {
    guard place >= 0, place <= bytes.count - MemoryLayout<Number>.size else {
      throw ArrowFault.damaged
    }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
  }
}

/// What is wrong with an Arrow stream, before anyone says in which file.
struct ArrowFault: Error {
  let found: String
  let advice: String

  init(_ found: String, advice: String = "Write the stream again") {
    self.found = found
    self.advice = advice
  }

  static let damaged = ArrowFault("the Arrow stream is damaged")
}
