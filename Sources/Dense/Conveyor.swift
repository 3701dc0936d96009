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
  ///   - record: one at a time, in the order in which blocks were brought.
  ///   - work: on all threads at once.
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
    let arrivals = Mutex((count: 0, isClosed: false))
    let failure = Mutex<(any Error)?>(nil)
    let records = Turnstile()
    let deliveries = Turnstile()
    forEachBlock(of: workerCount, size: 1, workerCount: workerCount) { _ in
      let carrier = carrier()
      while true {
        let arrival = arrivals.withLock { state -> (number: Int, error: (any Error)?)? in
          guard !state.isClosed else { return nil }
          do {
            guard try bring(carrier) else {
              state.isClosed = true
              return nil
            }
            state.count += 1
            return (state.count - 1, nil)
          } catch {
            state.isClosed = true
            state.count += 1
            return (state.count - 1, error)
          }
        }
        guard let arrival else { return }
        records.pass(arrival.number) { if arrival.error == nil { record(carrier) } }
        if arrival.error == nil { work(carrier) }
        deliveries.pass(arrival.number) {
          guard failure.withLock({ $0 == nil }) else { return }
          do {
            if let error = arrival.error { throw error }
            try deliver(carrier)
          } catch {
            failure.withLock { $0 = error }
            arrivals.withLock { $0.isClosed = true }
          }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
