/// The counter-based random generator Philox4x32-10.
///
/// Draw k of cell i is a pure function of (seed, i, k): it is the same on any thread, in any order,
/// and no state is carried. Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11, https://doi.org/10.1145/2063384.2063405, section 3.3.
package struct Philox: Sendable {
  private let key: SIMD2<UInt32>

  /// A generator whose whole stream is fixed by `seed`.
  package init(seed: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The four 32-bit words of one counter value: ten rounds of the bijection.
  package func words(at counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for round in 0..<10 {
      if round > 0 { key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let first = UInt64(counter[0]) * 0xD251_1F53
      let second = UInt64(counter[2]) * 0xCD9E_8D57
      counter = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key[0],
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key[1],
        UInt32(truncatingIfNeeded: first))
    }
    return counter
  }

  /// Draw `draw` of cell `cell`: uniform in [0, 1), a multiple of 2⁻⁵³.
  package func uniform(cell: UInt64, draw: UInt64) -> Double {
    let words = words(
      at: SIMD4(
        UInt32(truncatingIfNeeded: cell), UInt32(truncatingIfNeeded: cell >> 32),
        UInt32(truncatingIfNeeded: draw), UInt32(truncatingIfNeeded: draw >> 32)))
    let bits = UInt64(words[0]) << 32 | UInt64(words[1])
    return Double(bits >> 11) * 0x1p-53
  }
}
