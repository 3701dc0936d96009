import Extracts
import Mismatch

/// Remembers the references of records, such as the numbers of adverts, each with its place: no two records of a
/// period may have the same.
struct UniqueKeys {
  private var references: [ByteDictionary] = []
  private var origins: [[Origin]] = []

  /// Notes a record's reference; returns where the period has the same reference first, or nil.
  mutating func claim(_ reference: UnsafeBufferPointer<UInt8>, period: Int, from origin: Origin)
    -> Origin?
  {
    while references.count <= period {
      references.append(ByteDictionary())
      origins.append([])
    }
    let (number, isNew) = references[period].number(of: reference)
    if isNew { origins[period].append(origin) }
    return isNew ? nil : origins[period][number]
  }
}
