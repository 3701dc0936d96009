import Extracts
import Jobs
import Mismatch

/// Threads and memory for a transport, and where the search for its plan is kept.
struct TransportWork {
  let workerCount: Int
  let kernelByteLimit: Int
  let keeper: PlanKeeper
}

/// Keeps how far the search for a plan has come, now and then, and attends to requests to stop.
final class PlanKeeper {
  private let checkpoint: Checkpoint?
  private let name: String
  private let onShare: (Double) -> Void
  private var last = ContinuousClock.now
  /// How long nothing is kept after the last time.
  private var pause = PlanKeeper.leastPause

  private static let leastPause = Duration.seconds(0.5)

  /// What keeping may take, as a part of all time.
  private static let keepingShare = 0.05

  /// - Parameter onShare: called before every iteration with how much of the search is done, from 0 to 1.
  init(_ checkpoint: Checkpoint?, as name: String, onShare: @escaping (Double) -> Void) {
    (self.checkpoint, self.name, self.onShare) = (checkpoint, name, onShare)
  }

  /// The state that was kept last, if any.
  func state(areaCount: Int, sectorCount: Int) throws -> [Double]? {
    try checkpoint?.elements(
      of: name,
      count: PlanProgress.stateCount(areaCount: areaCount, sectorCount: sectorCount))
  }

  /// To be called before every iteration.
  func attend(_ progress: PlanProgress) throws {
    onShare(progress.share)
    let start = ContinuousClock.now
    guard let checkpoint, start - last > pause else { return }
    try progress.state.withUnsafeBufferPointer { try checkpoint.keep($0, as: name) }
    last = .now
    pause = max(Self.leastPause, (last - start) / Self.keepingShare)
  }
}
