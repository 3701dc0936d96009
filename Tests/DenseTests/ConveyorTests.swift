import Dense
import Synchronization
import Testing

/// A block that says what was done with it.
private final class Load: Sendable {
  struct State {
    var number = -1
    var isRecorded = false
    var isWorkedOn = false
  }
  let state = Mutex(State())
}

private struct Halt: Error, Equatable { let number: Int }

/// What became of blocks 0 to 299 on a conveyor.
private final class Trip: Sendable {
  let recorded = Mutex<[Int]>([])
  let delivered = Mutex<[Load.State]>([])
  let carrierCount = Atomic(0)
  private let next = Atomic(0)

  /// - Parameters:
  ///   - end: the block that cannot be brought.
  ///   - fault: the block that cannot be delivered.
  func run(workerCount: Int, end: Int? = nil, fault: Int? = nil) throws {
    let conveyor = Conveyor(
      carrier: {
        self.carrierCount.add(1, ordering: .relaxed)
        return Load()
      },
      bring: { load in
        let number = self.next.add(1, ordering: .relaxed).oldValue
        if number == end { throw Halt(number: number) }
        load.state.withLock { $0 = Load.State(number: number) }
        return number < 300
      },
      record: { load in
        let number = load.state.withLock { state in
          state.isRecorded = true
          return state.number
        }
        self.recorded.withLock { $0.append(number) }
      },
      work: { load in
        // Some blocks take longer than others.
        let number = load.state.withLock(\.number)
        let sum = (0..<number % 7 * 400).reduce(0.0) { $0 + Double($1).squareRoot() }
        load.state.withLock { $0.isWorkedOn = sum >= 0 }
      },
      deliver: { load in
        let state = load.state.withLock { $0 }
        if state.number == fault { throw Halt(number: state.number) }
        self.delivered.withLock { $0.append(state) }
      })
    try conveyor.run(workerCount: workerCount)
  }
}

struct ConveyorTests {
  @Test("Blocks are recorded and delivered in order, each once", arguments: [1, 2, 3, 8])
  func order(workerCount: Int) throws {
    let trip = Trip()
    try trip.run(workerCount: workerCount)
    #expect(trip.recorded.withLock { $0 } == Array(0..<300))
    let delivered = trip.delivered.withLock { $0 }
    #expect(delivered.map(\.number) == Array(0..<300))
    #expect(delivered.allSatisfy { $0.isRecorded && $0.isWorkedOn })
    #expect(trip.carrierCount.load(ordering: .relaxed) == (workerCount == 1 ? 1 : workerCount + 1))
  }

  @Test(
    "What comes before an error is delivered, nothing behind it", arguments: [1, 2, 3, 8],
    [(end: 0, fault: nil), (end: 120, fault: nil), (end: nil, fault: 77), (end: 80, fault: 79)]
      as [(end: Int?, fault: Int?)])
  func errors(workerCount: Int, place: (end: Int?, fault: Int?)) {
    let trip = Trip()
    let first = min(place.end ?? .max, place.fault ?? .max)
    #expect(throws: Halt(number: first)) {
      try trip.run(workerCount: workerCount, end: place.end, fault: place.fault)
    }
    #expect(trip.delivered.withLock { $0.map(\.number) } == Array(0..<first))
  }
}
