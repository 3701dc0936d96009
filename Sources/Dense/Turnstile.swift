#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lets numbered callers through one at a time, in the order of their numbers, which start at 0 and leave
/// none out.
package final class Turnstile: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var next = 0

  package init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(change)
    mutex.deallocate()
    change.deallocate()
  }

  /// Whether a number could pass without waiting.
  package func isOpen(for number: Int) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return next == number
  }

  /// Waits for the caller's turn, runs `body` alone, and lets the next number through.
  package func pass<Result>(_ number: Int, _ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    while next != number { pthread_cond_wait(change, mutex) }
    pthread_mutex_unlock(mutex)
    defer {
      pthread_mutex_lock(mutex)
      next += 1
      pthread_cond_broadcast(change)
      pthread_mutex_unlock(mutex)
    }
    return try body()
  }
}
