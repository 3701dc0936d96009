import Extracts
import Jobs
import Mismatch

/// A file of numbers by code as it was read.
package struct ReadNumbers: Sendable {
  /// One number for each column of the job, by code.
  let values: [Spelling: [Double]]
  let inputs: [InputRecord]
  let file: String

  /// The numbers of every code, in their order.
  ///
  /// - Throws: ``Failure`` naming the codes that the file does not have.
  func values(of codes: [String], what: String) throws -> [[Double]] {
    let missing = codes.filter { values[$0] == nil }
    guard missing.isEmpty else {
      throw Failure(
        .badData, at: Place(file: file), "no \(what) of \(Failure.examples(missing))",
        expected: "a row for every one",
        advice: "It has " + Failure.examples(Codebook.sorted(values.keys)))
    }
    return codes.compactMap { values[$0] }
  }

  /// The numbers of pairs of periods: under a pair's label, or under one that is the period of both sides.
  ///
  /// - Throws: ``Failure`` naming the pairs that the file does not have.
  func values(of pairs: [PeriodPair], what: String) throws -> [[Double]] {
    let labels = PeriodLabels(values.keys)
    let codes = pairs.map { pair in
      let own = labels.label(for: pair.provision)
      return values[pair.label] == nil && own == labels.label(for: pair.demand)
        ? own ?? pair.label : pair.label
    }
    return try values(of: codes, what: what)
  }
}

extension NumbersJob {
  /// Reads the file.
  ///
  /// - Throws: ``Failure`` for what is no number of the job's range, and for a code that is duplicated.
  package func read(role: String, onRead: @escaping @Sendable (Int) -> Void) throws -> ReadNumbers {
    var found: [Spelling: [Double]] = [:]
    var places: [Spelling: Place] = [:]
    var inputs: [InputRecord] = []
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var key = try KeyReader(code, in: rows)
      var columns: [Int] = []
      for value in values { columns.append(try rows.column(value)) }
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let code = Spelling(try key.code(&rows))
        if let first = places.updateValue(rows.place(), forKey: code) {
          throw Failure(
            .badData, at: rows.place(), "\"\(code)\" is duplicated, first at \(first)",
            expected: "one row for each", advice: "Keep one of them with `where`")
        }
        for column in columns {
          let number = try rows.number(column, in: range, what: "number of \(role)")
          found[code, default: []].append(number)
        }
      }
      inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    return ReadNumbers(values: found, inputs: inputs, file: table.files.first?.path ?? role)
  }
}
