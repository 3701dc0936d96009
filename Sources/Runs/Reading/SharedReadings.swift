import Extracts
import Jobs
import Mismatch
import Synchronization

/// What sides were read as, for jobs that read the same files in the same way.
package final class SharedReadings: Sendable {
  private struct Key: Hashable {
    let subject: Subject
    let reading: String
    let files: [String]
    let tallies: [String]
    let periods: Set<Spelling>?
  }

  /// One reading, which others wait for while it is made.
  private final class Slot: Sendable {
    let reading = Mutex<SideReading?>(nil)
  }

  private let slots = Mutex<[Key: Slot]>([:])

  package init() {}

  /// A side's reading: the one that another job has made, else what `read` gives.
  ///
  /// - Throws: what `read` throws; the next job then tries again.
  func reading(
    _ job: SideJob, tallies: [InputFile], periods: Set<Spelling>?,
    orBy read: () throws -> SideReading
  ) throws -> SideReading {
    let key = Key(
      subject: job.subject, reading: job.readingText, files: job.files.map(\.path),
      tallies: tallies.map(\.path), periods: periods)
    let slot = slots.withLock { slots in
      if let slot = slots[key] { return slot }
      let slot = Slot()
      slots[key] = slot
      return slot
    }
    // The lock runs nothing but this reading, whose errors come out of it as they are.
    return try slot.reading.withLock { held in
      if let held { return Result<SideReading, any Error>.success(held) }
      return Result { try read() }.map { reading in
        held = reading
        return reading
      }
    }.get()
  }
}
