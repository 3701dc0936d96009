import Synchronization

/// What a process does before it is ended by Ctrl-C or a request of the system.
///
/// Nothing waits for the work at hand: it is left where it is, and what it has begun on the disk is undone.
package enum Interruption {
  private struct State {
    var undo: [Int: @Sendable () -> Void] = [:]
    var nextNumber = 0
    /// Runs whose files stand in their place.
    var runCount = 0
  }

  private static let state = Mutex(State())

  /// Runs work whose traces `undo` takes away where the process is ended in the middle of it.
  package static func undoing<Result>(
    by undo: @escaping @Sendable () -> Void, _ work: () throws -> Result
  ) rethrows -> Result {
    let number = state.withLock { state in
      state.nextNumber += 1
      state.undo[state.nextNumber] = undo
      return state.nextNumber
    }
    defer { state.withLock { $0.undo[number] = nil } }
    return try work()
  }

  /// Runs work that is done wholly or not begun.
  ///
  /// - Parameter writes: whether the files of the run stand in their place afterwards.
  package static func whole<Result>(writes: Bool = false, _ work: () throws -> Result) rethrows
    -> Result
  {
    // The lock is held by the pointer's owner alone, so the closure need not be sendable.
    try state.withLock { state in
      let result = try work()
      if writes { state.runCount += 1 }
      return result
    }
  }

  /// Undoes what was begun and ends the process.
  ///
  /// - Parameter end: told how many runs' files stand in their place.
  package static func stop(_ end: (_ runCount: Int) -> Never) -> Never {
    state.withLock { state in
      for number in state.undo.keys.sorted(by: >) { state.undo[number]?() }
      end(state.runCount)
    }
  }
}
