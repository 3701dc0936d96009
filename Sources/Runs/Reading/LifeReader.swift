import Extracts
import Jobs
import Mismatch

/// Reads when each row of a register or a lookup holds.
struct LifeReader {
  private let job: LifeJob?
  private let from: Int?
  private let to: Int?

  init(_ job: LifeJob?, in table: borrowing RowTable) throws {
    self.job = job
    var columns: [Int?] = []
    for name in [job?.from, job?.to] {
      guard let name else {
        columns.append(nil)
        continue
      }
      columns.append(try table.column(name))
    }
    from = columns[0]
    to = columns[1]
  }

  /// The lifetime in the current row; at all times where the job names no columns.
  ///
  /// - Throws: ``Failure`` (`badData`) for a text that is no date.
  func life(_ rows: inout RowTable) throws -> Lifetime {
    Lifetime(from: try date(&rows, from), to: try date(&rows, to))
  }

  /// The lifetime in the current row, and whether the job's time lies in it.
  ///
  /// - Throws: ``Failure`` (`badData`) for a text that is no date, and for a row that begins or ends
  ///   within a year that the job names: which half is meant, nobody can tell.
  func read(_ rows: inout RowTable) throws -> (life: Lifetime, isWanted: Bool) {
    let life = try life(&rows)
    guard let job, let asOf = job.asOf else { return (life, true) }
    switch life.standing(in: asOf) {
    case .throughout: return (life, true)
    case .never: return (life, false)
    case .partly:
      throw Failure(
        .badData, at: rows.place(), "the row holds \(life.text), a part of \(job.asOfText) only",
        expected: "a day", advice: "Set `as-of:` with a day, such as \(job.asOfText)-01-01")
    }
  }

  private func date(_ rows: inout RowTable, _ column: Int?) throws -> Span? {
    guard let column, !rows.bytes(column).isEmpty else { return nil }
    let text = try rows.text(column)
    guard let span = Span(text) else {
      throw Failure(
        .badData, at: rows.place(column), "\"\(text)\" is not a date",
        expected: "2025-09-29, 29/09/2025, 2025 or nothing")
    }
    return span
  }
}
