import Mismatch

extension Failure.Kind {
  /// The exit status for each kind of failure.
  package var exitStatus: Int32 {
    switch self {
    case .failed: 1
    case .usage: 64
    case .badData: 65
    case .inputOutput: 74
    }
  }
}

/// The exit status of a run that a check stops.
package let checkExitStatus: Int32 = 2
