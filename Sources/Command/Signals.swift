import MismatchFormats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What signals do to a run.
enum Signals {
  /// Makes the first Ctrl-C (or SIGTERM) a request to stop, which leaves nothing half-written, and any
  /// further one final; and a file that grows too large an error of writing instead of the end.
  static func attend() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.request()
        signal(number, SIG_DFL)
      }
    }
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ends the process by SIGINT itself, so that a shell loop around it ends too.
  static func endByInterrupt() -> Never {
    signal(SIGINT, SIG_DFL)
    raise(SIGINT)
    exit(130)
  }
}
