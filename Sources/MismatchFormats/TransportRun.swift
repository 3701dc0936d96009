import Mismatch

extension Outcome {
  /// Calculates the transport of every grid.
  ///
  /// - Parameter budget: what is left for it.
  mutating func transport(
    _ frame: Frame, workerCount: Int, budget: MemoryBudget,
    onRead: @escaping @Sendable (Int) -> Void
  ) throws {
    guard let transport = job.transport else { return }
    let read = try TransportInputs(
      transport, frame, areas: areas, sectors: sectors, budget: budget, onRead: onRead)
    inputs += read.inputs
    let needs = TransportNeeds(read.costs, workerCount: workerCount, budget: budget)
    try needs.verify(within: budget)
    var checkpoint: Checkpoint?
    if needs.expectedSeconds * Double(grids.count) > LongWork.leastSeconds {
      long.onPlan(needs.lines)
      checkpoint = try long.checkpoint(read.inputs)
    }
    let (long, gridCount) = (long, grids.count)
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
    for result in transports where !result.absentAreas.isEmpty {
      let count = result.absentAreas.count
      warnings.append(
        "transport, \(result.period): \(count) absent area\(count == 1 ? "" : "s") left out on both "
          + "sides")
    }
    for result in transports where result.planNote != PlanState.converged.rawValue {
      warnings.append("transport, \(result.period): \(result.trouble)")
    }
  }
}
