import Mismatch

extension Outcome {
  /// Calculates the transport of every grid.
  ///
  /// - Parameter kernelByteLimit: bytes that a kernel of places may be held in.
  mutating func transport(
    _ frame: Frame, workerCount: Int, kernelByteLimit: Int,
    onRead: @escaping @Sendable (Int) -> Void
  ) throws {
    guard let transport = job.transport else { return }
    let read = try TransportInputs(
      transport, frame, areas: areas, sectors: sectors, onRead: onRead)
    inputs += read.inputs
    let work = TransportWork(workerCount: workerCount, kernelByteLimit: kernelByteLimit)
    transports = try grids.map { try TransportResult($0, read.costs, transport, work) }
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
