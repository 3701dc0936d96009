import Mismatch

/// A column of an Arrow stream, as its schema says.
struct ArrowField {
  /// What its values are, as far as they can be brought as text.
  enum Kind: Equatable {
    case null
    case integer(width: Int, isSigned: Bool)
    case float(width: Int)
    /// A number with so many digits behind its point.
    case decimal(width: Int, scale: Int)
    case text(offsetWidth: Int)
    case textView
    /// Days, or units of which a day has so many.
    case date(width: Int, unitsOfDay: Int)
    /// Units of which a second has so many.
    case timestamp(unitsOfSecond: Int)
    /// Not read; `advice` says what to write instead.
    case other(name: String, advice: String)
  }

  let name: String
  let kind: Kind
  /// How the values are numbered where they stand in a dictionary.
  let dictionary: (id: Int64, indices: Kind)?
  /// Buffers of its own that a batch holds; those of views are more.
  let bufferCount: Int
  let hasViews: Bool
  let children: [ArrowField]

  /// Whether a batch holds something of each row.
  var holdsValues: Bool {
    if case .other = kind { return false }
    return dictionary != nil || kind != .null
  }

  /// Fields that a schema may have, those of nested ones among them, and how deep they may be.
  private static let limit = 100_000
  private static let depthLimit = 32

  /// The columns of a schema.
  static func columns(of schema: FlatTable) throws -> [ArrowField] {
    guard try schema.number(0, default: Int16(0)) == 0 else {
      throw ArrowFault("the Arrow stream is big-endian", advice: "Write it on another machine")
    }
    var count = 0
    let fields = try schema.tables(1).map { try ArrowField($0, depth: 0, &count) }
    guard fields.contains(where: \.holdsValues) else {
      throw ArrowFault(
        "the Arrow stream has no column of texts or numbers", advice: "Select other columns")
    }
    return fields
  }

  private init(_ field: FlatTable, depth: Int, _ count: inout Int) throws {
    count += 1
    guard count <= ArrowField.limit, depth <= ArrowField.depthLimit else {
      throw ArrowFault("the Arrow stream has more columns than can be read")
    }
    name = try field.text(0) ?? ""
    guard let type = ArrowType(rawValue: try field.number(2, default: UInt8(0))) else {
      throw ArrowFault("column \"\(name)\" of the Arrow stream is of an unknown type")
    }
    let table = try field.table(3)
    kind = try type.kind(table)
    dictionary = try field.table(4).map { encoding in
      let indices = try ArrowType.integer.kind(encoding.table(1))
      return (try encoding.number(0, default: Int64(0)), indices)
    }
    var children: [ArrowField] = []
    for child in try field.tables(5) {
      children.append(try ArrowField(child, depth: depth + 1, &count))
    }
    self.children = dictionary == nil ? children : []
    bufferCount = dictionary == nil ? try type.bufferCount(table) : 2
    hasViews = dictionary == nil && type.hasViews
  }
}

/// The types of Arrow by their numbers in a schema.
enum ArrowType: UInt8 {
  case null = 1
  case integer, float, binary, text, boolean, decimal, date, time, timestamp, interval, list,
    `struct`,
    union, fixedBinary, fixedList, map, duration, largeBinary, largeText, largeList, runEnds,
    binaryView,
    textView, listView, largeListView

  /// What values of the type are.
  func kind(_ table: FlatTable?) throws -> ArrowField.Kind {
    switch self {
    case .null: .null
    case .integer:
      .integer(
        width: try width(table, 0, of: [8, 16, 32, 64], default: 32),
        isSigned: try table?.isTrue(1) ?? false)
    case .float: try float(table)
    case .decimal: try decimal(table)
    case .text: .text(offsetWidth: 4)
    case .largeText: .text(offsetWidth: 8)
    case .textView: .textView
    case .date:
      try table?.number(0, default: Int16(1)) == 0
        ? .date(width: 4, unitsOfDay: 1) : .date(width: 8, unitsOfDay: 86_400_000)
    case .timestamp: try timestamp(table)
    default: .other(name: noun, advice: advice)
    }
  }

  private func width(_ table: FlatTable?, _ field: Int, of known: [Int], default: Int32) throws
    -> Int
  {
    let bits = Int(try table?.number(field, default: `default`) ?? `default`)
    guard known.contains(bits) else { throw ArrowFault.damaged }
    return bits / 8
  }

  private func float(_ table: FlatTable?) throws -> ArrowField.Kind {
    switch try table?.number(0, default: Int16(0)) ?? 0 {
    case 0: .other(name: "float16", advice: "cast it to double")
    case 1: .float(width: 4)
    case 2: .float(width: 8)
    default: throw ArrowFault.damaged
    }
  }

  private func decimal(_ table: FlatTable?) throws -> ArrowField.Kind {
    let width = try width(table, 2, of: [32, 64, 128, 256], default: 128)
    let scale = Int(try table?.number(1, default: Int32(0)) ?? 0)
    guard width <= 16, (0...38).contains(scale) else {
      return .other(
        name: "decimal of \(width * 8) bits", advice: "cast it to decimal(38, s) or double")
    }
    return .decimal(width: width, scale: scale)
  }

  private func timestamp(_ table: FlatTable?) throws -> ArrowField.Kind {
    let zone = try table?.text(1) ?? ""
    guard ["", "UTC", "Etc/UTC", "Z", "+00:00"].contains(zone) else {
      return .other(name: "timestamp in \(zone)", advice: "cast it to a date, or to text")
    }
    let unit = Int(try table?.number(0, default: Int16(0)) ?? 0)
    guard (0...3).contains(unit) else { throw ArrowFault.damaged }
    return .timestamp(unitsOfSecond: [1, 1000, 1_000_000, 1_000_000_000][unit])
  }

  /// Buffers that a batch holds of a column of the type, those of its children and of views aside.
  func bufferCount(_ table: FlatTable?) throws -> Int {
    switch self {
    case .null, .runEnds: 0
    case .struct, .fixedList: 1
    case .union: try table?.number(0, default: Int16(0)) == 1 ? 2 : 1
    case .binary, .text, .largeBinary, .largeText, .listView, .largeListView: 3
    default: 2
    }
  }

  var hasViews: Bool { self == .textView || self == .binaryView }

  private var noun: String {
    switch self {
    case .boolean: "bool"
    case .binary, .largeBinary, .binaryView, .fixedBinary: "binary"
    case .list, .fixedList, .largeList, .listView, .largeListView: "list"
    case .runEnds: "run-end encoded"
    default: "\(self)"
    }
  }

  private var advice: String {
    switch self {
    case .boolean: "write a text (`case when c then 'yes' else 'no' end`) or 0 and 1"
    case .binary, .largeBinary, .binaryView, .fixedBinary: "cast it to text"
    case .runEnds: "write it as plain or dictionary-encoded text"
    default: "cast it to text or a number, or select its parts as columns"
    }
  }
}
