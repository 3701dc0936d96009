/// The bytes of one row's fields, one after another.
struct FieldBytes: ~Copyable {
  private var bytes: UnsafeMutablePointer<UInt8>?
  private var capacity = 0
  private var ends: [Int] = []

  deinit { bytes?.deallocate() }

  mutating func hold(_ fields: [String]) {
    let count = fields.reduce(0) { $0 + $1.utf8.count }
    if count > capacity || bytes == nil {
      bytes?.deallocate()
      capacity = max(256, count * 2)
      bytes = .allocate(capacity: capacity)
    }
    ends.removeAll(keepingCapacity: true)
    var end = 0
    for field in fields {
      for byte in field.utf8 {
        bytes?[end] = byte
        end += 1
      }
      ends.append(end)
    }
  }

  subscript(field: Int) -> UnsafeBufferPointer<UInt8> {
    let start = field == 0 ? 0 : ends[field - 1]
    return UnsafeBufferPointer(
      start: bytes.map { UnsafePointer($0 + start) }, count: ends[field] - start)
  }
}
