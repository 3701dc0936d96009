/// Numbers distinct byte strings in the order in which they are met, from 0.
///
/// A hash table with open addressing over one block of bytes: looking up a known key makes no copy.
struct ByteDictionary {
  private var slots: [Int32]
  private var hashes: [UInt64] = []
  private var ends: [Int] = []
  private var bytes: [UInt8] = []
  private var last = -1

  init() { slots = Array(repeating: -1, count: 64) }

  var count: Int { ends.count }

  /// The number of a key, and whether it is met for the first time.
  @inline(__always)
  mutating func number(of key: UnsafeBufferPointer<UInt8>) -> (number: Int, isNew: Bool) {
    if last >= 0 && holds(key, at: last) { return (last, false) }
    let hash = ByteDictionary.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash && holds(key, at: number) {
        last = number
        return (number, false)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (insert(key, hash: hash, slot: slot), true)
  }

  /// Whether a key was met before.
  func contains(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let hash = ByteDictionary.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      if hashes[Int(slots[slot])] == hash && holds(key, at: Int(slots[slot])) { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  private func holds(_ key: UnsafeBufferPointer<UInt8>, at number: Int) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == key.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      for index in 0..<key.count where all[start + index] != key[index] { return false }
      return true
    }
  }

  private mutating func insert(_ key: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) -> Int {
    let number = ends.count
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = Int32(number)
    if ends.count * 2 > slots.count { grow() }
    last = number
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// FNV-1a over the bytes, finished by a multiplicative mix so that low bits depend on all of them.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 32
    return hash &* 0x9e37_79b9_7f4a_7c15 >> 7
  }
}
