import Foundation
import Synchronization

/// A line on standard error that shows how far the reading or the calculating is; it appears only where that takes a while.
final class ProgressBar: Sendable {
  private let total: Int
  private let start = Date()
  private let state = Mutex((what: "", read: 0, shown: -1))

  /// A bar for so many bytes.
  init(total: Int) { self.total = max(1, total) }

  /// Notes that bytes were read, from any thread.
  func advance(by count: Int) {
    let read = state.withLock { state in
      state.read += count
      return state.read
    }
    show("reading", read, of: total)
  }

  /// Shows how much of something is done, from any thread.
  func show(_ what: String, _ done: Int, of total: Int) {
    state.withLock { state in
      let percent = min(100, done * 100 / max(1, total))
      if what != state.what { (state.what, state.shown) = (what, -1) }
      guard percent > state.shown, Date().timeIntervalSince(start) > 0.5 else { return }
      state.shown = percent
      let filled = percent * 40 / 100
      let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 40 - filled)
      Terminal.say(raw: "\r\u{1b}[2K\(what) [\(bar)] \(percent) %")
    }
  }

  /// Takes the bar off the screen.
  func clear() {
    state.withLock { state in
      if state.shown >= 0 { Terminal.say(raw: "\r\u{1b}[2K") }
    }
  }
}
