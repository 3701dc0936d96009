#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ends the process by a signal, so that a shell loop around it ends too.
func endProcess(by number: Int32) -> Never {
  signal(number, SIG_DFL)
  kill(getpid(), number)
  // Another thread may be the one that the signal ends first.
  while true { pause() }
}
