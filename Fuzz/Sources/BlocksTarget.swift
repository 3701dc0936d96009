import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

extension FuzzTarget {
  /// A side's table read in blocks against row by row; the first byte chooses job, size of a block and
  /// number of threads.
  static let blocks = FuzzTarget(name: "blocks") { bytes in
    guard let choice = bytes.first.map(Int.init) else { return }
    held.input.hold(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropFirst())))
    let job = try blockJobs.get()[choice & 7]
    let byRow = try SideAccount(job, blockSize: nil)
    let inBlocks = try SideAccount(
      job, blockSize: [1, 24, 64, 160][choice >> 3 & 3], workerCount: choice < 128 ? 1 : 2)
    precondition(inBlocks == byRow, "blocks give \(inBlocks), rows \(byRow)")
    if let failure = byRow.failure { throw failure }
  }

  private static let blockJobs = Result {
    try [
      "value: n",
      "value: n, where: { k: x, m: { not: r } }, rounding: nearest 5",
      "value: n, sum-over: [k]",
      "value: n, where: { m: v }, markers: { low: 1..4, q: 0.. }, rounding: bres, status: s",
      "value: n, trim: true, where: { k: [x, y] }, totals: { category: t }",
      "value: OBS_VALUE, where: { m: v }",
      "value: { columns: [\"x*\"], name: category }, markers: { \"0\": 0..2, z: 5 }",
      "value: { columns: [\"x*\"], name: category }, where: { m: v }, trim: true",
    ].map { keys in
      let category = keys.contains("name:") ? "" : "category: c, "
      return try Job(
        text: """
          provision: { kind: people, file: "/proc/self/fd/199", reader: table, area: a, \(category)
            period: p, \(keys) }
          demand: { kind: jobs, file: d, area: a, category: b, value: c }
          """, file: "job.yaml"
      ).sides.provision
    }
  }
}

/// All that reading a side leaves behind, or how it fails.
private struct SideAccount: Equatable {
  private(set) var failure: Failure?
  private var inputs: [InputRecord] = []
  private var codes: [[String]] = []
  private var reconciliations: [Reconciliation] = []
  /// Bits of the tables of counts, what is known of cells, and of what is unmapped and how it is rounded.
  private var numbers: [UInt64] = []

  init(_ job: SideJob, blockSize: Int?, workerCount: Int = 1) throws {
    let share = { @Sendable (code: String) in
      switch code {
      case "B": AxisShare(mapped: 0.5, excluded: 0.25)
      case "C": AxisShare(mapped: 0, excluded: 1)
      default: AxisShare(mapped: 1, excluded: 0)
      }
    }
    let areas = job.figures.ownMarkers.isEmpty ? nil : Codebook(codes: ["A", "B", "C", "D"])
    var reader = SideReader(
      job, areas: CodeList(expecting: areas), periods: ["1"], workerCount: workerCount,
      blockSize: blockSize, onRead: { _ in })
    do { try reader.read() } catch let failure as Failure {
      self.failure = failure
      return
    }
    let reading = reader.reading
    inputs = reading.inputs
    take(
      MappedTally(
        reading.tally, areas: AxisRule(codes: areas, share: share),
        categories: AxisRule(codes: nil, share: share)))
    for trace in reading.sources.compactMap(\.trace) {
      numbers += [trace.figureCount, trace.missCount, trace.leastMiss?.line ?? 0].map(UInt64.init)
      numbers += [trace.leastMiss?.value ?? 0, trace.coarserBase ?? 0].map(\.bitPattern)
    }
  }

  private mutating func take(_ tally: MappedTally) {
    let list = tally.tally
    codes = [list.areas.codes, list.categories.codes, list.periods]
    for period in list.periods.indices {
      for code in tally.unmappedCodes(period: period) {
        codes.append([code.code])
        numbers += [UInt64(code.rowCount), UInt64(code.markedCount), code.published.bitPattern]
      }
      let imputed = tally.impute(period: period, point: .middle, disclosure: DisclosureGuard())
      for matrix in [imputed.value, imputed.lower, imputed.upper] {
        numbers += matrix.elements.map(\.bitPattern)
      }
      for cell in imputed.markedCells {
        numbers += [cell.row, cell.column, cell.isWithoutValue ? 1 : 0].map(UInt64.init)
        numbers += [UInt64(cell.status.rawValue), cell.isOpen ? 1 : 0]
      }
      reconciliations.append(tally.reconciliation(period: period))
    }
  }
}
