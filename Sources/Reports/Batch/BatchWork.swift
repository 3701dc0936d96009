import Dense
import Extracts
import Jobs
import Mismatch
import Runs
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs all runs of a batch that are not up to date, on one budget of threads and memory.
package struct BatchWork: Sendable {
  /// What every run of a batch is run with.
  package struct Options: Sendable {
    package let manifest: Manifest.Options
    /// Whether warnings of checks stop a run.
    package let isStrict: Bool
    package let workerCount: Int
    package let memoryLimit: Int?
    /// In the place of the files of a side.
    package let tallies: Sides<[InputFile]>

    package init(
      seed: UInt64, isStrict: Bool, workerCount: Int, memoryLimit: Int?,
      tallies: Sides<[InputFile]> = Sides { _ in [] }
    ) {
      manifest = Manifest.Options(seed: seed)
      self.tallies = tallies
      (self.isStrict, self.workerCount, self.memoryLimit) = (isStrict, workerCount, memoryLimit)
    }
  }

  /// Inputs of so many bytes are worth all threads for one run.
  private static let largeByteCount = 32 << 20

  private let batch: Batch
  private let options: Options
  private let digests = InputDigests()
  private let readings = SharedReadings()
  private let rows: OrderedRows

  /// - Parameter onRow: called with the row of each run, in their order, by one thread at a time.
  package init(_ batch: Batch, _ options: Options, onRow: @escaping @Sendable (BatchRow) -> Void) {
    self.batch = batch
    self.options = options
    rows = OrderedRows(count: batch.runs.count, onRow)
  }

  /// Runs what is not up to date and gives a row for each run, in their order.
  ///
  /// Small runs have a thread each as soon as there are as many of them as threads; otherwise, and for large
  /// inputs, all threads work on one run after another. A run whose share of the memory is too small beside others is
  /// run again alone.
  package func run() -> [BatchRow] {
    let made = makeParents()
    let removeMade: @Sendable () -> Void = { for folder in made { rmdir(folder) } }
    return Interruption.undoing(by: removeMade) {
      defer { removeMade() }
      let open = each(batch.runs.indices.map { $0 }, workerCount: options.workerCount) {
        currentRow($0)
      }
      let small = open.filter { byteCount($0) <= BatchWork.largeByteCount }
      let isShared = options.workerCount > 1 && small.count >= options.workerCount
      _ = reserveProducts(workerCount: options.workerCount)
      var alone = Set(open)
      if isShared {
        alone.subtract(small)
        alone.formUnion(each(small, workerCount: options.workerCount, sharedRow))
      }
      _ = each(alone.sorted(), workerCount: 1) { row($0, sharing: 1) }
      return rows.all
    }
  }

  /// Puts the rows of those runs that have one, and gives the others back.
  private func each(
    _ numbers: [Int], workerCount: Int, _ row: @Sendable (Int) -> BatchRow?
  ) -> [Int] {
    let left = mapBlocks(of: numbers.count, size: 1, workerCount: workerCount) { block -> Int? in
      let number = numbers[block.lowerBound]
      guard let row = row(number) else { return number }
      rows.put(row, at: number)
      return nil
    }
    return left.compactMap { $0 }
  }

  private func byteCount(_ number: Int) -> Int {
    (try? batch.runs[number].job.get())?.inputByteCount ?? 0
  }

  /// Makes the folders that those of the runs stand in; runs that start or fail beside one another then never
  /// find one gone.
  ///
  /// - Returns: those that were made, the innermost first.
  private func makeParents() -> [String] {
    batch.runs.compactMap(\.folder?.path).reduce(into: []) { made, path in
      made = ((try? Folder.make(TextFile.folder(of: path))) ?? []) + made
    }
  }

  // MARK: One run

  /// The row of a run that needs no work; nil for the others.
  private func currentRow(_ number: Int) -> BatchRow? {
    let run = batch.runs[number]
    switch run.job {
    case .failure(let error): return failure(run, error)
    case .success(let job):
      guard let folder = run.folder, let finished = try? FinishedRun(folder: folder.path),
        finished.isCurrent(
          job, options: options.manifest, strictly: options.isStrict, digests: digests)
      else { return nil }
      return success(run, finished, .current)
    }
  }

  /// The row of a run that has a thread and a share of the memory; nil where that did not do.
  private func sharedRow(_ number: Int) -> BatchRow? {
    let row = row(number, sharing: options.workerCount)
    return row.exitStatus == Int(Failure.Kind.failed.exitStatus) ? nil : row
  }

  /// The row of a run once it has ended.
  ///
  /// - Parameter count: how many runs share threads and memory.
  private func row(_ number: Int, sharing count: Int) -> BatchRow {
    let run = batch.runs[number]
    do {
      return try finish(run, try run.job.get(), sharing: count)
    } catch {
      return failure(run, error)
    }
  }

  private func finish(_ run: Batch.Run, _ job: Job, sharing count: Int) throws -> BatchRow {
    guard let folder = run.folder else { return failure(run, Failure(.failed, "no folder")) }
    let workerCount = max(1, options.workerCount / count)
    return try folder.hold(for: job, workerCount: workerCount) { held in
      let session = Session(
        job, workerCount: workerCount, memoryLimit: options.memoryLimit.map { $0 / count },
        seed: options.manifest.seed, long: LongWork(output: folder.path), tallies: options.tallies,
        shared: readings)
      let checked = try session.check()
      let checks = checked.outcome.checks
      let stopping = checks.filter { $0.stops(strictly: options.isStrict) }
      guard stopping.isEmpty else { return stopped(run, by: stopping, of: checks) }
      try held.write(
        try session.analyse(checked), options: options.manifest, workerCount: workerCount)
      return success(run, try FinishedRun(folder: folder.path), .ran)
    }
  }

  private func success(_ run: Batch.Run, _ finished: FinishedRun, _ status: BatchRow.Status)
    -> BatchRow
  {
    BatchRow(
      run: run.name, folder: batch.relativePath(of: run), job: run.jobName, status: status,
      checks: finished.checks, result: finished.result)
  }

  private func stopped(_ run: Batch.Run, by stopping: [CheckRow], of checks: [CheckRow]) -> BatchRow
  {
    BatchRow(
      run: run.name, folder: batch.relativePath(of: run), job: run.jobName, status: .failed,
      exitStatus: Int(checkExitStatus), checks: checks,
      message: stopping.map { "\($0.check): \($0.message)" }.joined(separator: "; "))
  }

  private func failure(_ run: Batch.Run, _ error: any Error) -> BatchRow {
    let failure = error as? Failure ?? Failure(.failed, "an unexpected error")
    var message = failure.description
    // Messages name files from the job on, so that they are the same wherever the command was started.
    if let folder = (try? run.job.get())?.folder, folder != "." {
      message = message.replacing(folder + "/", with: "")
    }
    return BatchRow(
      run: run.name, folder: batch.relativePath(of: run), job: run.jobName, status: .failed,
      exitStatus: Int(failure.kind.exitStatus), message: message)
  }
}

extension Batch.Run {
  fileprivate var jobName: String { (try? job.get())?.name ?? "" }
}

/// The rows of a batch, told in the order of its runs however they end.
private final class OrderedRows: Sendable {
  private struct State {
    var rows: [BatchRow?]
    var toldCount = 0
  }

  private let state: Mutex<State>
  private let onRow: @Sendable (BatchRow) -> Void

  init(count: Int, _ onRow: @escaping @Sendable (BatchRow) -> Void) {
    state = Mutex(State(rows: Array(repeating: nil, count: count)))
    self.onRow = onRow
  }

  func put(_ row: BatchRow, at number: Int) {
    state.withLock { state in
      state.rows[number] = row
      while state.toldCount < state.rows.count, let row = state.rows[state.toldCount] {
        onRow(row)
        state.toldCount += 1
      }
    }
  }

  var all: [BatchRow] { state.withLock { $0.rows.compactMap { $0 } } }
}
