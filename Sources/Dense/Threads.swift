#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a body once on the calling thread and once on each of `count - 1` others, and returns when all have
/// ended.
///
/// The threads are the system's own: Dispatch waits without end for a thread that the system will not give.
/// Where there are fewer to be had, fewer run, so a body must not count on the others. Bodies of threads that
/// run already inside such a call run on the calling thread alone: their work is shared already.
func onThreads(_ count: Int, _ body: @Sendable () -> Void) {
  guard count > 1, !ThreadMark.isSet else { return body() }
  withoutActuallyEscaping(body) { body in
    var threads: [SystemThread] = []
    while threads.count < count - 1, let thread = SystemThread({ ThreadMark.set(for: body) }) {
      threads.append(thread)
    }
    ThreadMark.set(for: body)
    for thread in threads { thread.join() }
  }
}

/// Runs two bodies, the second one on a thread of its own where there is one to be had, and returns when both
/// have ended; each may use as many threads as it likes.
func onTwoThreads(_ first: () -> Void, _ second: @Sendable () -> Void) {
  withoutActuallyEscaping(second) { second in
    let thread = ThreadMark.isSet ? nil : SystemThread(second)
    first()
    if let thread { thread.join() } else { second() }
  }
}

/// What tells that the calling thread runs inside ``onThreads(_:_:)``.
private enum ThreadMark {
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  static var isSet: Bool { key.map { pthread_getspecific($0) != nil } ?? false }

  /// Runs a body with the mark.
  static func set(for body: () -> Void) {
    guard let key else { return body() }
    pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
    body()
    pthread_setspecific(key, nil)
  }
}

/// A thread that runs one body.
private struct SystemThread {
  #if canImport(Glibc)
    private typealias Thread = pthread_t
    private static let none = pthread_t()
  #else
    private typealias Thread = pthread_t?
    private static let none: pthread_t? = nil
  #endif

  private let thread: Thread

  private static let stackSize = 4 << 20

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a body on a new thread; nil where there is none to be had.
  ///
  /// - Parameter body: stays valid until ``join()`` has returned.
  init?(_ body: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(Body(body)).toOpaque()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, SystemThread.stackSize)
    var started = SystemThread.none
    let status = pthread_create(&started, &attributes, { SystemThread.run($0) }, context)
    guard status == 0 else {
      Unmanaged<Body>.fromOpaque(context).release()
      return nil
    }
    thread = started
  }

  /// Waits for the end of the body.
  func join() {
    #if canImport(Glibc)
      pthread_join(thread, nil)
    #else
      if let thread { pthread_join(thread, nil) }
    #endif
  }

  private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }
}

/// Runs a body on a thread of its own, which nothing waits for.
///
/// - Returns: false where there is no thread to be had; then the body does not run.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  SystemThread(body) != nil
}
