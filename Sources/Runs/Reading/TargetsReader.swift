import Extracts
import Jobs
import Mismatch

/// The totals that one side is scaled to, as they were read.
package struct RakingTargets: Sendable {
  let areas: ReadTargets
  let sectors: ReadTargets
}

/// Totals by period and code.
package struct ReadTargets: Sendable {
  /// One total and where it stands.
  struct Target: Sendable {
    let value: Double
    let place: Place
  }

  let file: InputFile?
  let tellsPeriods: Bool
  /// Without periods, all under the empty text.
  let byPeriod: [Spelling: [Spelling: Target]]
  let inputs: [InputRecord]
}

extension RakingJob {
  /// Reads both lists of totals.
  package func read(_ side: Side, onRead: @escaping @Sendable (Int) -> Void) throws
    -> RakingTargets
  {
    RakingTargets(
      areas: try areas.read(role: "\(side.rawValue) area totals", dimension: .area, onRead: onRead),
      sectors: try sectors.read(
        role: "\(side.rawValue) sector totals", dimension: .category, onRead: onRead))
  }
}

extension TargetsJob {
  /// Reads the totals.
  ///
  /// - Throws: ``Failure`` for a total that is no number at or above 0, and for a code that is duplicated.
  package func read(
    role: String, dimension: Dimension, onRead: @escaping @Sendable (Int) -> Void
  ) throws -> ReadTargets {
    var totals: [Spelling: [Spelling: ReadTargets.Target]] = [:]
    var inputs: [InputRecord] = []
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var codeReader = try KeyReader(code, in: rows, as: .code(dimension))
      var periodReader: KeyReader?
      if let period { periodReader = try KeyReader(period, in: rows, as: .period) }
      let column = try rows.column(value)
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let code = Spelling(try codeReader.code(&rows))
        let period = Spelling(try periodReader?.code(&rows) ?? "")
        let target = ReadTargets.Target(
          value: try rows.count(column, in: unit, what: "total"), place: rows.place())
        if let first = totals[period, default: [:]].updateValue(target, forKey: code) {
          throw Failure(
            .badData, at: rows.place(), "\"\(code)\" has two totals, the first at \(first.place)",
            expected: "one",
            advice: "Keep one of them with `where`"
              + (self.period == nil ? ", or name the column of their `period`" : ""))
        }
      }
      inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    return ReadTargets(
      file: table.files.first, tellsPeriods: period != nil, byPeriod: totals, inputs: inputs)
  }
}
