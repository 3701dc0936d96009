/// Numbers distinct byte strings in the order in which they are met, from 0.
///
/// A hash table with open addressing over one block of bytes: looking up a known key makes no copy, and
/// one that repeats, or follows the key that it followed before, as in sorted files, needs no hash.
package struct ByteDictionary {
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  private var ends: [Int] = [0]
  private var bytes: [UInt8] = []
  private var last = 0
  /// What was looked up after each key the last time.
  private var successors: [Int32] = []

  package init() { slots = Array(repeating: -1, count: 64) }

  var count: Int { hashes.count }

  /// The number of a key, and whether it is met for the first time.
  @inline(__always)
  package mutating func number(of key: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    if last < hashes.count {
      if holds(key, at: last) { return (last, false) }
      let next = Int(successors[last])
      if holds(key, at: next) {
        last = next
        return (next, false)
      }
    }
    return find(key)
  }

  /// The number of a key that was met before; nil for any other.
  func position(of key: UnsafeBufferPointer<UInt8>) -> Int? {
    let number = slots[slot(of: key, hash: ByteDictionary.hash(key))]
    return number >= 0 ? Int(number) : nil
  }

  private mutating func find(_ key: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    let hash = ByteDictionary.hash(key)
    let slot = slot(of: key, hash: hash)
    let isNew = slots[slot] < 0
    let number = isNew ? insert(key, hash: hash, slot: slot) : Int(slots[slot])
    successors[last] = Int32(truncatingIfNeeded: number)
    last = number
    return (number, isNew)
  }

  /// The slot that holds a key, or the free one where it belongs.
  private func slot(of key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash && holds(key, at: number) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  @inline(__always)
  private func holds(_ key: UnsafeBufferPointer<UInt8>, at number: Int) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]]).holdsSame(as: key)
    }
  }

  private mutating func insert(_ key: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) -> Int {
    let number = hashes.count
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    hashes.append(hash)
    successors.append(0)
    slots[slot] = Int32(truncatingIfNeeded: number)
    if hashes.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: number)
    }
  }

  /// FNV-1a over eight bytes at a time, finished by a multiplicative mix so that low bits depend on all.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let key = UnsafeRawBufferPointer(key)
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(key.count)
    var index = 0
    while index + 8 <= key.count {
      let word = key.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 29
      index += 8
    }
    while index < key.count {
      hash = (hash ^ UInt64(key[index])) &* 0x100_0000_01b3
      index += 1
    }
    hash ^= hash >> 32
    return hash &* 0x9e37_79b9_7f4a_7c15 >> 7
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether both hold the same bytes; short texts need no call of a library.
  @inline(__always)
  package func holdsSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    let (own, other) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(other))
    @inline(__always)
    func isSame<Word: FixedWidthInteger & BitwiseCopyable>(at place: Int, _: Word.Type) -> Bool {
      own.loadUnaligned(fromByteOffset: place, as: Word.self)
        == other.loadUnaligned(fromByteOffset: place, as: Word.self)
    }
    // The last word overlaps what came before it.
    if count >= 8 {
      var index = 0
      while index + 8 < count {
        guard isSame(at: index, UInt64.self) else { return false }
        index += 8
      }
      return isSame(at: count - 8, UInt64.self)
    }
    if count >= 4 { return isSame(at: 0, UInt32.self) && isSame(at: count - 4, UInt32.self) }
    for index in 0..<count {
      guard own[index] == other[index] else { return false }
    }
    return true
  }
}
