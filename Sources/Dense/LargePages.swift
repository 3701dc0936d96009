#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let pageSize = 1 << 21

/// Asks for pages of 2 MiB where so much memory has not been touched yet.
///
/// It is only advice: where it is not taken, pages are small and numbers the same.
private func adviseLargePages(_ start: UnsafeMutableRawPointer, _ size: Int) {
  #if os(Linux)
    let address = Int(bitPattern: start)
    let first = (address + pageSize - 1) / pageSize * pageSize
    let end = (address + size) / pageSize * pageSize
    if end > first { _ = madvise(start + (first - address), end - first, MADV_HUGEPAGE) }
  #endif
}

extension Array where Element: BitwiseCopyable {
  /// An array that `body` initialises as a whole, on large pages where it is long: the kernel hands those out
  /// many times faster.
  package init(count: Int, initialising body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    self.init(unsafeUninitializedCapacity: count) { buffer, initialised in
      if let start = buffer.baseAddress {
        adviseLargePages(start, count * MemoryLayout<Element>.stride)
      }
      body(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialised = count
    }
  }

  /// Reserves room, on large pages where it is much.
  mutating func reserveLargePages(_ capacity: Int) {
    reserveCapacity(capacity)
    withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      adviseLargePages(
        start + buffer.count, (capacity - buffer.count) * MemoryLayout<Element>.stride)
    }
  }
}

/// Gives `body` room for numbers, not initialised, that it will meet in no order.
///
/// Much room stands on pages so large that a processor knows where all of them are; of ordinary ones it would
/// look up the page of nearly every number first.
func withLargePages<Result>(
  count: Int, _ body: (UnsafeMutablePointer<Double>) -> Result
) -> Result {
  let size = count * MemoryLayout<Double>.stride
  let isLarge = size >= pageSize / 4
  let rounded = isLarge ? (size + pageSize - 1) / pageSize * pageSize : Swift.max(1, size)
  var start: UnsafeMutableRawPointer?
  guard posix_memalign(&start, isLarge ? pageSize : 64, rounded) == 0, let start else {
    preconditionFailure("no memory for \(rounded) bytes")
  }
  defer { free(start) }
  adviseLargePages(start, rounded)
  return body(start.bindMemory(to: Double.self, capacity: count))
}
