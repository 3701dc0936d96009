import Foundation
import Synchronization

/// A line on standard error that shows how much was read; it appears only where that takes a while.
final class ProgressBar: Sendable {
  private let total: Int
  private let start = Date()
  private let state = Mutex((read: 0, shown: -1))

  /// A bar for so many bytes.
  init(total: Int) { self.total = max(1, total) }

  /// Notes that bytes were read, from any thread.
  func advance(by count: Int) {
    state.withLock { state in
      state.read += count
      let percent = min(100, state.read * 100 / total)
      guard percent > state.shown, Date().timeIntervalSince(start) > 0.5 else { return }
      state.shown = percent
      let filled = percent * 40 / 100
      let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 40 - filled)
      write("\rreading [\(bar)] \(percent) %")
    }
  }

  /// Takes the bar off the screen.
  func clear() {
    state.withLock { state in
      if state.shown >= 0 { write("\r\u{1b}[2K") }
    }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
