import Mismatch

extension Outcome {
  /// Calculates the transport of every grid.
  ///
  /// - Parameter memoryLimit: bytes that are left for it; nil for no limit.
  mutating func transport(
    _ frame: Frame, workerCount: Int, memoryLimit: Int?, long: LongWork,
    onRead: @escaping @Sendable (Int) -> Void
  ) throws {
    guard let transport = job.transport else { return }
    let read = try TransportInputs(
      transport, frame, areas: areas, sectors: sectors, onRead: onRead)
    inputs += read.inputs
    let needs = TransportNeeds(read.costs, workerCount: workerCount, memoryLimit: memoryLimit)
    try needs.verify()
    var checkpoint: Checkpoint?
    if needs.expectedSeconds * Double(grids.count) > LongWork.leastSeconds {
      long.onPlan(needs.lines)
      checkpoint = try long.checkpoint(read.inputs)
    }
    let gridCount = grids.count
    for (number, grid) in grids.enumerated() {
      let keeper = PlanKeeper(checkpoint, as: "transport-\(number)") { share in
        long.onPart(Int(1000 * (Double(number) + share)), 1000 * gridCount)
      }
      transports.append(
        try TransportResult(
          grid, read.costs, transport,
          TransportWork(
            workerCount: workerCount, kernelByteLimit: needs.kernelByteLimit, keeper: keeper)))
    }
    if read.unreachableCount > 0 {
      warnings.append(
        "transport: \(read.unreachableCount) pairs of areas have no cost; nothing moves between them"
      )
    }
    for result in transports where result.planNote != PlanState.converged.rawValue {
      warnings.append("transport, \(result.period): \(result.trouble)")
    }
  }
}

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

  /// - Parameter onShare: told before every iteration how much of the search is done, from 0 to 1.
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
    try Interruption.check()
    onShare(progress.share)
    let start = ContinuousClock.now
    guard let checkpoint, start - last > pause else { return }
    try progress.state.withUnsafeBufferPointer { try checkpoint.keep($0, as: name) }
    last = .now
    pause = max(Self.leastPause, (last - start) / Self.keepingShare)
  }
}
