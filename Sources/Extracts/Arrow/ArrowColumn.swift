import Mismatch

/// The texts of a dictionary, each made once, as fields of a row.
final class ArrowDictionary {
  private var rows = ArrowRows()
  private var ends: [Int] = []
  private var heldEnds = ArrowBody(byteCount: 0)

  /// Takes up a batch of texts behind those that are there; moves all of them.
  func append(_ column: ArrowColumn, rowCount: Int) throws {
    for row in 0..<rowCount {
      if row & 63 == 0 { try MemoryBudget.verifyRoom() }
      try column.write(row, to: &rows)
      ends.append(rows.count)
    }
    heldEnds = ends.withUnsafeBytes { ArrowBody(copying: $0) }
  }

  /// The texts one after another, and where each of them ends.
  fileprivate var texts: ArrowTexts {
    ArrowTexts(
      bytes: UnsafeRawBufferPointer(start: rows.bytes, count: rows.count),
      ends: UnsafeRawBufferPointer(heldEnds.bytes).bindMemory(to: Int.self))
  }
}

/// Texts of a dictionary, in memory that it holds.
private struct ArrowTexts {
  let bytes: UnsafeRawBufferPointer
  let ends: UnsafeBufferPointer<Int>

  @inline(__always)
  func write(_ place: Int64, to rows: inout ArrowRows) throws {
    guard place >= 0, place < Int64(ends.count) else {
      throw ArrowFault(
        "a row's number in a dictionary of the Arrow stream is \(place) of \(ends.count)")
    }
    let start = place == 0 ? 0 : ends[Int(place) - 1]
    rows.append(UnsafeRawBufferPointer(rebasing: bytes[start..<ends[Int(place)]]))
  }
}

/// A column of one batch, which holds the memory that this refers to.
struct ArrowColumn {
  private enum Values {
    /// No values, which fields leave empty: of nulls, and of types that are not read.
    case none
    case integers(UnsafeRawBufferPointer, width: Int, isSigned: Bool)
    case floats(UnsafeRawBufferPointer, width: Int)
    case decimals(UnsafeRawBufferPointer, width: Int, scale: Int)
    case texts(UnsafeRawBufferPointer, offsetWidth: Int, UnsafeRawBufferPointer)
    case views(UnsafeRawBufferPointer, UnsafeBufferPointer<UnsafeRawBufferPointer>)
    case dates(UnsafeRawBufferPointer, width: Int, unitsOfDay: Int)
    case times(UnsafeRawBufferPointer, unitsOfSecond: Int)
  }

  private let values: Values
  /// A bit for each row that has a value; empty where all have one.
  private let validity: UnsafeRawBufferPointer
  private let texts: ArrowTexts?

  /// The next column of a batch.
  ///
  /// - Parameter dictionary: the texts that its values number, where it has some.
  init(_ field: ArrowField, of batch: inout ArrowBatch, dictionary: ArrowDictionary?) throws {
    guard field.holdsValues else {
      try batch.skip(field)
      self.init(values: .none)
      return
    }
    try self.init(field.dictionary?.indices ?? field.kind, of: &batch, dictionary: dictionary)
  }

  private init(values: Values) {
    self.values = values
    validity = UnsafeRawBufferPointer(start: nil, count: 0)
    texts = nil
  }

  /// The next column of a batch, of values of that kind.
  init(_ kind: ArrowField.Kind, of batch: inout ArrowBatch, dictionary: ArrowDictionary? = nil)
    throws
  {
    try batch.enter()
    texts = dictionary?.texts
    if let dictionary { batch.hold(dictionary) }
    guard kind != .null else {
      (values, validity) = (.none, UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    let count = batch.rowCount
    validity = try batch.buffer((count + 7) / 8, mayBeAbsent: true)
    values =
      switch kind {
      case .integer(let width, let isSigned):
        .integers(try batch.buffer(count * width), width: width, isSigned: isSigned)
      case .float(let width): .floats(try batch.buffer(count * width), width: width)
      case .decimal(let width, let scale):
        .decimals(try batch.buffer(count * width), width: width, scale: scale)
      case .text(let width):
        .texts(
          try batch.buffer((count + 1) * width, mayBeAbsent: count == 0), offsetWidth: width,
          try batch.buffer(0))
      case .textView: try ArrowColumn.views(of: &batch)
      case .date(let width, let unitsOfDay):
        .dates(try batch.buffer(count * width), width: width, unitsOfDay: unitsOfDay)
      case .timestamp(let units): .times(try batch.buffer(count * 8), unitsOfSecond: units)
      case .null, .other: .none
      }
  }

  private static func views(of batch: inout ArrowBatch) throws -> Values {
    let views = try batch.buffer(batch.rowCount * 16)
    let buffers = try (0..<batch.viewCount()).map { _ in try batch.buffer(0) }
    let held = buffers.withUnsafeBytes { ArrowBody(copying: $0) }
    batch.hold(held)
    return .views(
      views, UnsafeRawBufferPointer(held.bytes).bindMemory(to: UnsafeRawBufferPointer.self))
  }

  /// Writes the field of a row; nothing where it has no value.
  ///
  /// - Throws: ``ArrowFault`` for a text outside the column's bytes.
  func write(_ row: Int, to rows: inout ArrowRows) throws {
    guard validity.isEmpty || validity[row >> 3] & (1 << UInt8(row & 7)) != 0 else { return }
    switch values {
    case .none: return
    case .integers(let bytes, let width, let isSigned):
      if let texts {
        return try texts.write(
          ArrowColumn.integer(bytes, row, width: width, isSigned: isSigned), to: &rows)
      }
      if width == 8, !isSigned {
        rows.append(ArrowColumn.load(bytes, row, as: UInt64.self))
      } else {
        rows.append(ArrowColumn.integer(bytes, row, width: width, isSigned: isSigned))
      }
    case .floats(let bytes, let width):
      if width == 4 {
        rows.append(Float(bitPattern: ArrowColumn.load(bytes, row, as: UInt32.self)))
      } else {
        rows.append(Double(bitPattern: ArrowColumn.load(bytes, row, as: UInt64.self)))
      }
    case .decimals(let bytes, let width, let scale):
      let number =
        switch width {
        case 4: Int128(ArrowColumn.load(bytes, row, as: Int32.self))
        case 8: Int128(ArrowColumn.load(bytes, row, as: Int64.self))
        default: ArrowColumn.load(bytes, row, as: Int128.self)
        }
      rows.append(number, scale: scale)
    case .texts(let offsets, let width, let bytes):
      try writeText(row, offsets, width, bytes, to: &rows)
    case .views(let views, let buffers): try writeView(row, views, buffers, to: &rows)
    case .dates(let bytes, let width, let unitsOfDay):
      let number = ArrowColumn.integer(bytes, row, width: width, isSigned: true)
      rows.append(days: number.flooredDivision(by: Int64(unitsOfDay)).quotient)
    case .times(let bytes, let unitsOfSecond):
      rows.append(
        time: ArrowColumn.load(bytes, row, as: Int64.self), unitsOfSecond: Int64(unitsOfSecond))
    }
  }

  @inline(__always)
  private func writeText(
    _ row: Int, _ offsets: UnsafeRawBufferPointer, _ width: Int, _ bytes: UnsafeRawBufferPointer,
    to rows: inout ArrowRows
  ) throws {
    let (start, end) =
      width == 4
      ? (
        Int(ArrowColumn.load(offsets, row, as: Int32.self)),
        Int(ArrowColumn.load(offsets, row + 1, as: Int32.self))
      )
      : (
        Int(ArrowColumn.load(offsets, row, as: Int64.self)),
        Int(ArrowColumn.load(offsets, row + 1, as: Int64.self))
      )
    guard start >= 0, start <= end, end <= bytes.count else { throw ArrowFault.damaged }
    rows.append(field: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
  }

  /// A view is the text itself, up to 12 bytes, or its beginning, its buffer and its place there.
  private func writeView(
    _ row: Int, _ views: UnsafeRawBufferPointer,
    _ buffers: UnsafeBufferPointer<UnsafeRawBufferPointer>,
    to rows: inout ArrowRows
  ) throws {
    let count = Int(ArrowColumn.load(views, 4 * row, as: Int32.self))
    guard count > 12 else {
      guard count >= 0 else { throw ArrowFault.damaged }
      let start = 16 * row + 4
      return rows.append(field: UnsafeRawBufferPointer(rebasing: views[start..<start + count]))
    }
    let number = Int(ArrowColumn.load(views, 4 * row + 2, as: Int32.self))
    let start = Int(ArrowColumn.load(views, 4 * row + 3, as: Int32.self))
    guard buffers.indices.contains(number), start >= 0, start <= buffers[number].count - count
    else { throw ArrowFault.damaged }
    rows.append(field: UnsafeRawBufferPointer(rebasing: buffers[number][start..<start + count]))
  }

  @inline(__always)
  private static func integer(
    _ bytes: UnsafeRawBufferPointer, _ row: Int, width: Int, isSigned: Bool
  ) -> Int64 {
    switch (width, isSigned) {
    case (1, true): Int64(load(bytes, row, as: Int8.self))
    case (1, false): Int64(load(bytes, row, as: UInt8.self))
    case (2, true): Int64(load(bytes, row, as: Int16.self))
    case (2, false): Int64(load(bytes, row, as: UInt16.self))
    case (4, true): Int64(load(bytes, row, as: Int32.self))
    case (4, false): Int64(load(bytes, row, as: UInt32.self))
    default: load(bytes, row, as: Int64.self)
    }
  }

  @inline(__always)
  private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, as type: Number.Type
  ) -> Number {
    Number(
      littleEndian: bytes.loadUnaligned(
        fromByteOffset: place * MemoryLayout<Number>.size, as: Number.self))
  }
}
