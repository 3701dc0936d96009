import Mismatch
import Synchronization

/// The request to stop that Ctrl-C makes: long work looks at it between blocks.
package enum Interruption {
  private static let isRequested = Atomic(false)

  /// Asks all running work to stop.
  ///
  /// Safe to call from a signal handler.
  package static func request() {
    isRequested.store(true, ordering: .relaxed)
  }

  /// Ends the work at hand where a stop was requested.
  package static func check() throws {
    guard isRequested.load(ordering: .relaxed) else { return }
    throw Failure(.interrupted, "stopped on request; nothing was written")
  }
}
