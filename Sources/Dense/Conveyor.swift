import Synchronization

/// The stages through which blocks of a stream go.
package struct Conveyor<Carrier>: Sendable {
  /// Makes what carries one block after another through the stages: one per thread.
  private let carrier: @Sendable () -> Carrier
  private let bring: @Sendable (Carrier) throws -> Bool
  private let record: @Sendable (Carrier) -> Void
  private let work: @Sendable (Carrier) -> Void
  private let deliver: @Sendable (Carrier) throws -> Void

  /// Stages.
  ///
  /// - Parameters:
  ///   - bring: puts the next block into the carrier; false at the end. One at a time.
  ///   - record: one at a time, in the order in which blocks were brought; before or after `work`.
  ///   - work: on all threads at once; leaves alone what `record` reads.
  ///   - deliver: one at a time, in the order in which blocks were brought.
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

  /// Runs all blocks through the stages; as many are under way as there are threads.
  ///
  /// - Throws: the first error in the order of the blocks; later blocks are not delivered.
  package func run(workerCount: Int) throws {
    let count = Atomic(0)
    let isClosed = Atomic(false)
    let failure = Mutex<(any Error)?>(nil)
    let (arrivals, records, deliveries) = (Turnstile(), Turnstile(), Turnstile())
    forEachBlock(of: workerCount, size: 1, workerCount: workerCount) { _ in
      let carrier = carrier()
      while true {
        let number = count.add(1, ordering: .relaxed).oldValue
        let (isThere, error) = arrivals.pass(number) { () -> (Bool, (any Error)?) in
          guard !isClosed.load(ordering: .relaxed) else { return (false, nil) }
          do {
            if try bring(carrier) { return (true, nil) }
            isClosed.store(true, ordering: .relaxed)
            return (false, nil)
          } catch {
            isClosed.store(true, ordering: .relaxed)
            return (true, error)
          }
        }
        guard isThere else { return }
        // Where another block is being recorded, this one is worked on first.
        let isRecordedFirst = records.isOpen(for: number)
        if isRecordedFirst { records.pass(number) { if error == nil { record(carrier) } } }
        if error == nil { work(carrier) }
        if !isRecordedFirst { records.pass(number) { if error == nil { record(carrier) } } }
        deliveries.pass(number) {
          guard failure.withLock({ $0 == nil }) else { return }
          do {
            if let error { throw error }
            try deliver(carrier)
          } catch {
            failure.withLock { $0 = error }
            isClosed.store(true, ordering: .relaxed)
          }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
