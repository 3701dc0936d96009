import Extracts
import Jobs
import Mismatch

extension Outcome {
  /// The record of an input that was fetched and is as it came; nil for any other.
  package func fetchRecord(of input: InputRecord) -> FetchRecord? {
    guard let record = try? storedRecord(of: input), record.sha256.isSpelt(as: input.sha256)
    else { return nil }
    return record
  }

  /// Whether an input has a record beside it that is of another state of the file, or of no use.
  func differsFromRecord(_ input: InputRecord) -> Bool {
    do {
      return try storedRecord(of: input).map { !$0.sha256.isSpelt(as: input.sha256) } ?? false
    } catch {
      return true
    }
  }

  private func storedRecord(of input: InputRecord) throws -> FetchRecord? {
    guard let file = job.inputFiles.first(where: { $0.name.isSpelt(as: input.name) }) else {
      return nil
    }
    return try FetchRecord(beside: file.path)
  }
}
