import Dense
import Mismatch
import Extracts
import Jobs
import Reports
import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What signals do to the command.
enum Signals {
  /// The two ends of a pipe: a signal's handler may do no more than write its number there.
  private static let pipeEnds: [Int32] = {
    var ends: [Int32] = [-1, -1]
    return pipe(&ends) == 0 ? ends : []
  }()

  /// Has Ctrl-C, a request to end and the end of the terminal undo what was begun on the disk, wherever the work is,
  /// and end the process by the same signal; makes a file that grows too large and a reader that has gone errors of
  /// writing; and gives a library that stops the process a last sentence.
  ///
  /// Where no thread or pipe is to be had for that, signals end the process at once.
  ///
  /// - Parameter json: whether the last message is JSON.
  static func attend(json: Bool) {
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    signal(SIGABRT) { _ in Signals.endAborted() }
    guard pipeEnds.count == 2 else { return }
    let isWatched = startThread {
      var number: UInt8 = 0
      while read(Signals.pipeEnds[0], &number, 1) != 1 {}
      Interruption.stop { runCount in
        let what =
          switch runCount {
          case 0: "nothing was written"
          case 1: "the files of one run are written"
          default: "the files of \(runCount) runs are written"
          }
        Failure(.failed, "stopped on request; \(what)").report(json: json)
        endProcess(by: Int32(number))
      }
    }
    guard isWatched else { return }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let earlier = signal(number) { number in
        var number = UInt8(truncatingIfNeeded: number)
        _ = write(Signals.pipeEnds[1], &number, 1)
      }
      // `nohup` asks for that.
      if number == SIGHUP, Signals.isIgnoring(earlier) { signal(number, SIG_IGN) }
    }
  }

  private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Called where a library gives up: memory has run out, or it met what it does not expect.
  private static func endAborted() -> Never {
    let text: StaticString =
      "mismatch: stopped by lack of memory or a fault; nothing was written. Check the memory limits, or report it\n"
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    _exit(1)
  }
}
