import Dense
import Support
import Testing

/// The mean of 20,000 uniform draws has a standard error of 0.0020: five of them.
private let meanTolerance = 0.0102

/// A counter and what a seed's generator makes of it.
struct Vector {
  let seed: UInt64
  let counter: SIMD4<UInt32>
  let words: SIMD4<UInt32>
}

/// Random123 1.14, tests/kat_vectors, `philox4x32 10`.
private let publishedVectors = [
  Vector(
    seed: 0, counter: SIMD4(repeating: 0),
    words: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
  Vector(
    seed: .max, counter: SIMD4(repeating: .max),
    words: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
  Vector(
    seed: 0x299f_31d0_a409_3822,
    counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
    words: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
]

struct PhiloxTests {
  @Test("Published vectors", arguments: publishedVectors)
  func publishedVector(_ vector: Vector) {
    #expect(Philox(seed: vector.seed).words(at: vector.counter) == vector.words)
  }

  @Test("A draw is made of the first 53 bits of the words at (cell, draw)")
  func drawIsFirst53Bits() {
    let cell: UInt64 = 0x85a3_08d3_243f_6a88
    let draw: UInt64 = 0x0370_7344_1319_8a2e
    let uniform = Philox(seed: 0x299f_31d0_a409_3822).uniform(cell: cell, draw: draw)
    #expect(uniform * 0x1p53 == Double(0xd16c_fe09_94fd_cceb as UInt64 >> 11))
  }

  @Test("Draws lie in [0, 1) and fill it evenly")
  func drawsFillUnitInterval() {
    let philox = Philox(seed: 11)
    let draws = (0..<20_000).map { philox.uniform(cell: $0 / 100, draw: $0 % 100) }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < meanTolerance)
    for tenth in 0..<10 {
      let count = draws.count { Int($0 * 10) == tenth }
      // Standard deviation of a tenth's count: 42. Six of them.
      #expect(abs(count - 2000) < 255, "tenth \(tenth) holds \(count)")
    }
  }

  @Test("Draws do not depend on the order of calls")
  func drawsDoNotDependOnOrder() {
    let philox = Philox(seed: 12)
    let forward = (0..<200).map { philox.uniform(cell: $0 % 7, draw: $0) }
    var random = RandomSource(seed: 1)
    var shuffled = [Double](repeating: -1, count: 200)
    for index in Array(0..<200).shuffled(using: &random) {
      shuffled[index] = philox.uniform(cell: UInt64(index) % 7, draw: UInt64(index))
    }
    #expect(areIdentical(forward, shuffled))
  }

  @Test("Seed, cell and draw each change the number")
  func everyArgumentCounts() {
    let base = Philox(seed: 1).uniform(cell: 2, draw: 3)
    for other in [
      Philox(seed: 2).uniform(cell: 2, draw: 3), Philox(seed: 1 << 32).uniform(cell: 2, draw: 3),
      Philox(seed: 1).uniform(cell: 3, draw: 2), Philox(seed: 1).uniform(cell: 2, draw: 4),
      Philox(seed: 1).uniform(cell: 2 | 1 << 32, draw: 3),
      Philox(seed: 1).uniform(cell: 2, draw: 3 | 1 << 32),
    ] {
      #expect(other != base)
    }
  }
}
