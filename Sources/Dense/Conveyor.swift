/// The stages through which blocks of a stream go.
package struct Conveyor<Carrier>: Sendable {
  /// Makes what carries one block after another through the stages.
  private let carrier: @Sendable () -> Carrier
  private let bring: @Sendable (Carrier) throws -> Bool
  private let record: @Sendable (Carrier) -> Void
  private let work: @Sendable (Carrier) -> Void
  private let deliver: @Sendable (Carrier) throws -> Void

  /// Stages.
  ///
  /// - Parameters:
  ///   - bring: puts the next block into the carrier; false at the end. One at a time.
  ///   - record: one at a time, in the order in which blocks were brought; before, after or during `work`.
  ///   - work: on all threads at once; leaves alone what `record` reads.
  ///   - deliver: one at a time, in the order in which blocks were brought, after both.
  package init(
    carrier: @escaping @Sendable () -> Carrier,
    bring: @escaping @Sendable (Carrier) throws -> Bool,
    record: @escaping @Sendable (Carrier) -> Void,
    work: @escaping @Sendable (Carrier) -> Void,
    deliver: @escaping @Sendable (Carrier) throws -> Void
  ) {
    self.carrier = carrier
    self.bring = bring
    self.record = record
    self.work = work
    self.deliver = deliver
  }

  /// Runs all blocks through the stages, with one more under way than there are threads, so that none of
  /// them waits for a block that another holds.
  ///
  /// - Throws: the first error in the order of the blocks; later blocks are not delivered.
  package func run(workerCount: Int) throws {
    let carriers = (0..<(workerCount > 1 ? workerCount + 1 : 1)).map { _ in carrier() }
    let belt = Monitor(Belt(free: carriers))
    forEachBlock(of: workerCount, size: 1, workerCount: workerCount) { _ in
      while let step = belt.wait(for: { $0.nextStep() }) {
        switch step {
        case .bring(let carrier):
          let outcome = Result { try bring(carrier) }
          belt.change { $0.brought(carrier, outcome) }
        case .record(let block):
          record(block.carrier)
          belt.change { $0.recorded(block) }
        case .work(let block):
          work(block.carrier)
          belt.change { _ in block.isWorkedOn = true }
        case .deliver(let block):
          let outcome = Result { try deliver(block.carrier) }
          belt.change { $0.delivered(block, outcome) }
        }
      }
    }
    if let error = belt.change({ $0.failure }) { throw error }
  }
}

/// A block under way and what was done with it.
private final class Block<Carrier> {
  let carrier: Carrier
  var isRecorded = false
  /// Whether a thread has begun to work on it.
  var isTaken = false
  var isWorkedOn = false

  init(_ carrier: Carrier) { self.carrier = carrier }
}

private enum Step<Carrier> {
  case bring(Carrier)
  case record(Block<Carrier>)
  case work(Block<Carrier>)
  case deliver(Block<Carrier>)
}

/// The blocks under way, and which stages that take one at a time are busy.
private struct Belt<Carrier> {
  private var free: [Carrier]
  /// In the order in which they were brought.
  private var blocks: [Block<Carrier>] = []
  private var isBringing = false
  private var isRecording = false
  private var isDelivering = false
  private var isClosed = false
  private(set) var failure: (any Error)?

  init(free: [Carrier]) { self.free = free }

  /// What a thread should do; `.some(nil)` at the end, nil while there is nothing to do.
  ///
  /// What is done in turn comes before what all threads do at once: the longest of it decides how long
  /// everything takes.
  mutating func nextStep() -> Step<Carrier>?? {
    if !isRecording, let block = blocks.first(where: { !$0.isRecorded }) {
      isRecording = true
      return .record(block)
    }
    if !isBringing, !isClosed, let carrier = free.popLast() {
      isBringing = true
      return .bring(carrier)
    }
    if !isDelivering, let block = blocks.first, block.isRecorded, block.isWorkedOn {
      isDelivering = true
      return .deliver(block)
    }
    if let block = blocks.first(where: { !$0.isTaken }) {
      block.isTaken = true
      return .work(block)
    }
    return isClosed && !isBringing && blocks.isEmpty ? .some(nil) : nil
  }

  mutating func brought(_ carrier: Carrier, _ outcome: Result<Bool, any Error>) {
    isBringing = false
    switch outcome {
    case .success(true):
      if !isClosed { blocks.append(Block(carrier)) }
    case .success(false):
      isClosed = true
    case .failure(let error):
      // Blocks that were brought before are still delivered, and may fail before this.
      isClosed = true
      failure = failure ?? error
    }
  }

  mutating func recorded(_ block: Block<Carrier>) {
    isRecording = false
    block.isRecorded = true
  }

  mutating func delivered(_ block: Block<Carrier>, _ outcome: Result<Void, any Error>) {
    isDelivering = false
    switch outcome {
    case .success:
      if blocks.first === block { blocks.removeFirst() }
      free.append(block.carrier)
    case .failure(let error):
      isClosed = true
      failure = error
      blocks = []
    }
  }
}
