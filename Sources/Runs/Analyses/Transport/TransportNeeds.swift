import Extracts
import Jobs
import Dense
import Mismatch

/// The resources that a transport plan needs, reported before it begins.
struct TransportNeeds: Sendable {
  private let areaCount: Int
  private let sectorCount: Int
  /// Bytes that scalings and sums take, strips of the place kernel, and the whole of it where it is held.
  let byteCount: Int
  /// Bytes that are left for the place kernel.
  let kernelByteLimit: Int
  /// From one strip of the place kernel that was passed over just now.
  private let iterationSeconds: Double

  /// Panels of sectors × areas that exist at a time.
  private static let panelCount = 32

  /// Matrices of sectors × sectors that exist at a time.
  private static let skillCount = 6

  /// Iterations that the expected time counts with; how many a plan takes shows only while it runs.
  private static let iterationCount = 300

  /// Bytes of a place kernel that are held where no memory limit is given.
  private static let defaultKernelBytes = 4 << 30

  /// - Parameter budget: what there may be.
  init(_ costs: TransportCosts, workerCount: Int, budget: MemoryBudget) {
    (areaCount, sectorCount) = (costs.areaCount, costs.sectorCount)
    let panels = Int.bytes(8, areaCount, Self.panelCount, sectorCount)
    let strips = Int.bytes(8, areaCount, workerCount, StripedMatrix.stripRowCount)
    let skill = Int.bytes(8, sectorCount, sectorCount, Self.skillCount)
    kernelByteLimit = budget.room(
      usually: Self.defaultKernelBytes, besides: panels + strips + skill)
    let kernel = Int.bytes(8, areaCount, areaCount)
    let isHeld = kernel <= kernelByteLimit
    byteCount = panels + strips + skill + (isHeld ? kernel : 0)
    iterationSeconds = Self.seconds(costs, isHeld: isHeld) / Double(workerCount)
  }

  /// Seconds of a plan of the iterations that are counted with.
  var expectedSeconds: Double { Double(Self.iterationCount) * iterationSeconds }

  /// How long one worker takes for an iteration.
  private static func seconds(_ costs: TransportCosts, isHeld: Bool) -> Double {
    let (rowCount, place) = (min(StripedMatrix.stripRowCount, costs.areaCount), costs.place)
    var strip = StripedMatrix(rowCount: rowCount, columnCount: costs.areaCount) {
      rows, columns, tile in
      place.fill(rows, columns, tile)
      let elements = UnsafeMutableBufferPointer(start: tile, count: rows.count * columns.count)
      for index in elements.indices { elements[index] = -elements[index] }
      takeExponentials(of: elements)
    }
    if isHeld { strip = strip.holding(workerCount: 1) }
    let panel = Matrix(
      rowCount: costs.sectorCount, columnCount: costs.areaCount, repeating: 1)
    let times = (0..<3).map { _ in
      ContinuousClock().measure {
        _ = strip.pass(panel, mixing: costs.skill, workerCount: 1) { _, _ in }
      }
    }
    let (seconds, attoseconds) = (times.min() ?? .zero).components
    return (Double(seconds) + Double(attoseconds) * 1e-18) * Double(costs.areaCount)
      / Double(max(1, rowCount))
  }

  /// - Throws: ``Failure`` where the limit is lower than what is needed without the place kernel.
  func verify(within budget: MemoryBudget) throws {
    guard kernelByteLimit >= 0 else {
      throw Failure(
        .failed,
        "the transport needs \(byteCount) bytes, \(-kernelByteLimit) more than --memory leaves for it",
        advice: "Raise --memory, or use fewer areas or sectors")
    }
    try budget.verify(
      byteCount, for: "the search for transport plans", advice: "use fewer areas or sectors")
  }

  /// For people, a line each.
  package var lines: [String] {
    let operationCount = Int.bytes(4, areaCount, sectorCount, areaCount + sectorCount)
    let kernel = Int.bytes(8, areaCount, areaCount)
    return [
      "transport: \(areaCount) areas x \(sectorCount) sectors; the kernel of places needs "
        + "\(max(1, kernel >> 20)) MiB and is "
        + (kernel <= kernelByteLimit ? "kept in memory" : "calculated in every iteration"),
      "memory: \(max(1, byteCount >> 20)) MiB; \(SpacePlan.text(count: operationCount)) operations an "
        + "iteration",
      "expected time: \(SpacePlan.text(seconds: expectedSeconds)) a period, if it takes "
        + "\(Self.iterationCount) iterations",
    ]
  }
}
