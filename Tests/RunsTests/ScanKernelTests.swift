import CScan
import Testing

/// Every kernel of this processor against a loop that looks at one byte after another.
struct ScanKernelTests {
  private static let kernels = [SCAN_SCALAR, SCAN_SSE2, SCAN_AVX2, SCAN_AVX512, SCAN_NEON]
    .filter(scan_has)

  /// What a kernel finds, in words of the test.
  private struct Found: Equatable {
    var separators: [Int] = []
    var recordCount = 0
    var breakCount = 0
    var isBroken = false
    var isOpen = false
    var hasDoubledQuotes = false
    var hasQuotedBreaks = false
    var lastRecordEnd = 0
  }

  private static func found(by kernel: scan_kernel, in bytes: [UInt8], _ delimiter: UInt8) -> Found
  {
    var separators = [UInt32](repeating: 0, count: bytes.count + 64)
    let account = scan_separators(kernel, bytes, bytes.count, delimiter, &separators)
    return Found(
      separators: separators.prefix(account.separator_count).map(Int.init),
      recordCount: account.record_count, breakCount: account.break_count,
      isBroken: account.is_broken, isOpen: account.is_open,
      hasDoubledQuotes: account.has_doubled_quotes, hasQuotedBreaks: account.has_quoted_breaks,
      lastRecordEnd: scan_last_record_end(kernel, bytes, bytes.count))
  }

  private static func expected(in bytes: [UInt8], _ delimiter: UInt8) -> Found {
    var found = Found()
    var isInside = false
    for (place, byte) in bytes.enumerated() {
      let last = place > 0 ? bytes[place - 1] : 10
      let closesBefore = !isInside && last == 34
      if byte == 10 { found.breakCount += 1 }
      if byte == 34 {
        isInside.toggle()
        if isInside {
          if closesBefore { found.hasDoubledQuotes = true }
          if !closesBefore, last != delimiter, last != 10 { found.isBroken = true }
        }
        continue
      }
      if isInside {
        if byte == 10 { found.hasQuotedBreaks = true }
        continue
      }
      if byte == delimiter || byte == 10 {
        found.separators.append(place)
        guard byte == 10 else { continue }
        found.recordCount += 1
        found.lastRecordEnd = place + 1
      } else if closesBefore {
        let endsLine = byte == 13 && place + 1 < bytes.count && bytes[place + 1] == 10
        if !endsLine { found.isBroken = true }
      }
    }
    found.isOpen = isInside
    return found
  }

  @Test func thisProcessorHasItsFastestKernel() {
    #expect(Self.kernels.contains(scan_best()))
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func allKernelsFindWhatALoopFinds(seed: UInt64) {
    var draws = Draws(seed: seed, cell: 5)
    let delimiter: UInt8 = draws.below(3) == 0 ? 9 : 44
    let letters = Array("\",\t\n\r\"\n,".utf8)
    let density = 2 + draws.below(20)
    for _ in 0..<40 {
      let bytes = (0..<draws.below(300)).map { _ in
        draws.below(density) == 0 ? draws.pick(letters) : UInt8(97 + draws.below(26))
      }
      let expected = Self.expected(in: bytes, delimiter)
      for kernel in Self.kernels {
        let found = Self.found(by: kernel, in: bytes, delimiter)
        #expect(found == expected, "\(kernel.rawValue): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }
}
