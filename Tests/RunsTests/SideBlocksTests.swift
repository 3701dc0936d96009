import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Reading in blocks against reading row by row, on tables that are regular, odd or wrong.
struct SideBlocksTests {
  @Test(arguments: ["{ }", "{ \"\": 0.. }"])
  func aRowOfEmptyFieldsIsNoRow(markers: String) throws {
    let rows = "area,sector,count\nA,x,10\n,,\nA,y,20\nB,x,30\nB,y,40\n,,\n , ,\n,\n"
    let outcome = try Example(
      provision: ["markers": markers], files: ["provision.csv": rows]
    ).run()
    #expect(outcome.areas.codes == ["A", "B"] && outcome.sectors.codes == ["x", "y"])
    #expect(outcome.reconciliations[0].reconciliation.rowCount == 4)
    #expect(outcome.grids[0].provision.value.elements == [10, 20, 30, 40])
  }

  /// How a table of figures is written, and what is wrong with it.
  private struct Shape {
    var quotesAll: Bool
    var lineEnd: String
    var hasPages: Bool
    var hasStatus: Bool
    /// One in so many rows has something odd; one in so many is wrong.
    var oddity: Int
    var wrongness: Int

    init(_ draws: inout Draws) {
      quotesAll = draws.below(3) == 0
      lineEnd = draws.below(4) == 0 ? "\r\n" : "\n"
      hasPages = draws.below(2) == 0
      hasStatus = hasPages && draws.below(2) == 0
      oddity = draws.pick([4, 20, 1_000_000])
      wrongness = draws.pick([40, 400, 1_000_000, 1_000_000])
    }
  }

  private static let oddValues = [
    "c", "low", "1,250", "12.5", "0.1", "1e3", "7.", "+5", "123456789012345678", "[c]",
    "1.13E+04", "123456789012345",
  ]
  private static let wrongValues = ["", "x1", "-4", "nan", " 3", "5\"", "\u{e9}"]

  private static func table(_ draws: inout Draws, _ shape: Shape) -> [UInt8] {
    let header =
      ["measure", "area", "kind", "category", "period", "OBS_VALUE"]
      + (shape.hasStatus ? ["OBS_STATUS"] : [])
      + (shape.hasPages ? ["RECORD_OFFSET", "RECORD_COUNT"] : [])
    let (areaCount, categoryCount) = (1 + draws.below(9), 1 + draws.below(9))
    let measures = draws.below(2) == 0 ? ["value"] : ["value", "rate"]
    let count = areaCount * categoryCount * measures.count
    var rows = [header]
    for area in 0..<areaCount {
      for category in 0..<categoryCount {
        for measure in measures {
          let number = draws.below(30) == 0 ? draws.bits() >> 30 : UInt64(draws.below(2000))
          var row = [
            measure, "E\(area)", draws.pick(["a", "b"]), "\(category) work", "2021", "\(number)",
          ]
          if draws.below(shape.oddity) == 0 { row[5] = draws.pick(oddValues) }
          if draws.below(shape.oddity) == 0 {
            row[3] = draws.pick(["other", "say \"so\"", "a\nb", ""])
          }
          if draws.below(shape.oddity * 2) == 0 { row[4] = draws.pick(["2020", "2021"]) }
          if draws.below(shape.wrongness) == 0 { row[5] = draws.pick(wrongValues) }
          if draws.below(shape.wrongness) == 0 { row[1] = "E0" }
          if shape.hasStatus {
            row.append(draws.below(shape.oddity) == 0 ? draws.pick(["", "Q", "E"]) : "A")
          }
          if shape.hasPages { row += ["\(rows.count - 1)", "\(count)"] }
          if draws.below(shape.wrongness) == 0 { row.removeLast() }
          rows.append(row)
        }
      }
    }
    if draws.below(6) == 0 { rows.swapAt(1, rows.count - 1) }
    return bytes(of: rows, &draws, shape)
  }

  private static func bytes(of rows: [[String]], _ draws: inout Draws, _ shape: Shape) -> [UInt8] {
    var bytes: [UInt8] = draws.below(5) == 0 ? [0xef, 0xbb, 0xbf] : []
    for (number, row) in rows.enumerated() {
      let fields = row.map { field -> String in
        let mustQuote = field.contains { ",\"\n".contains($0) } && !field.hasPrefix("5")
        guard mustQuote || shape.quotesAll || draws.below(shape.oddity) == 0 else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
      }
      bytes += fields.joined(separator: ",").utf8
      if number > 0, draws.below(shape.wrongness * 2) == 0 {
        bytes.append(draws.pick([34, 0xe9, 13]))
      }
      let isLast = number == rows.count - 1
      if !isLast || draws.below(3) > 0 { bytes += shape.lineEnd.utf8 }
      if draws.below(shape.oddity * 4) == 0 { bytes += shape.lineEnd.utf8 }
    }
    return bytes
  }

  /// All that reading a file leaves behind, as text; or how it fails.
  private static func account(
    _ path: String, keys: String, blockSize: Int?, workerCount: Int, isOpen: Bool
  ) throws -> String {
    let job = try Job(
      text: """
        provision: { kind: people, file: "\(path)", period: period, area: area, category: category, \(keys) }
        demand: { kind: jobs, file: "\(path)", area: a, category: b, value: c }
        """, file: "job.yaml")
    let known = Codebook(codes: (0..<9).map { "E\($0)" } + ["rest"])
    let share = { @Sendable (code: String) in
      code.hasPrefix("3")
        ? AxisShare(mapped: 0.5, excluded: 0.25)
        : AxisShare(mapped: code == "E5" ? 0 : 1, excluded: code == "E5" ? 1 : 0)
    }
    var reader = SideReader(
      job.sides.provision, areas: CodeList(expecting: isOpen ? nil : known), periods: ["2021"],
      workerCount: workerCount, blockSize: blockSize, onRead: { _ in })
    do { try reader.read() } catch { return "\(error)" }
    let (reading, list) = (reader.reading, reader.tally)
    let tally = MappedTally(
      list, areas: AxisRule(codes: isOpen ? nil : known, share: share),
      categories: AxisRule(codes: nil, share: share))
    let periods = list.periods.indices.map { period in
      let imputed = tally.impute(
        period: period, point: .middle, disclosure: DisclosureGuard())
      let elements = [imputed.value, imputed.lower, imputed.upper].map(\.elements)
      return "\(elements) \(imputed.markedCells) \(tally.reconciliation(period: period)) "
        + "\(tally.hasRow(period: period)) \(tally.unmappedCodes(period: period))"
    }
    let inputs = reading.inputs.map { input in
      let texts = input.texts.places.map { "\($0.key.role) \($0.key.spelling) \($0.value)" }
      return "\(input.byteCount) \(input.rowCount) \(input.sha256) \(texts.sorted())"
    }
    return """
      \(list.areas.codes) \(list.categories.codes) \(list.periods) \(list.accounts)
      \(periods.joined(separator: "\n"))
      \(reading.sources.map(\.trace)) \(reading.sources.map(\.wording)) \(inputs)
      """
  }

  private static let jobs = [
    "value: OBS_VALUE, where: { measure: value }",
    "value: OBS_VALUE, where: { measure: { not: rate }, kind: a }, rounding: nearest 5",
    "value: OBS_VALUE, sum-over: [kind], where: { measure: value }",
    "value: OBS_VALUE, where: { measure: value }, markers: { low: 1..4 }, rounding: bres",
    "value: OBS_VALUE, where: { measure: value }, unit: thousands, markers: { low: 0..2 }",
    "value: OBS_VALUE, where: { measure: value }, unit: 2.5, rounding: none, status: kind",
    "value: OBS_VALUE, trim: true, where: { measure: value }, totals: { category: other }",
    "value: OBS_VALUE, sum-over: rows, where: { measure: value }, rounding: nearest 5",
    "value: { rows: 1 }, where: { measure: value }",
    "value: OBS_VALUE, sum-over: rows, unique: area, where: { measure: value }",
  ]

  @Test(arguments: 0..<120 as Range<UInt64>)
  func blocksAreReadAsRowsAre(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 6)
    let folder = try TestFolder()
    let shape = Shape(&draws)
    let path = try folder.write("table.csv", bytes: Self.table(&draws, shape))
    let keys = draws.pick(Self.jobs)
    let isOpen = draws.below(2) == 0
    func account(_ blockSize: Int?, _ workerCount: Int) throws -> String {
      try Self.account(
        path, keys: keys, blockSize: blockSize, workerCount: workerCount, isOpen: isOpen)
    }
    let expected = try account(nil, 1)
    for (blockSize, workerCount) in [(64, 1), (64 + draws.below(400), 2), (1 << 19, 2)] {
      #expect(try account(blockSize, workerCount) == expected, "\(keys), blocks of \(blockSize)")
    }
  }

  /// Wide tables, whose headings are keys, in the same way.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func wideTablesAreReadAsRowsAre(seed: UInt64) throws {
    var draws = Draws(seed: seed, cell: 7)
    var text = "area,period,unit,x1,x2,x3\n"
    for area in 0..<60 {
      let values = (0..<3).map { _ in draws.below(9) == 0 ? "c" : "\(draws.below(500))" }
      let isAgain = draws.below(300) == 0
      let unit = draws.pick(["Persons", "Thousands"])
      text += "E\(isAgain ? 0 : area),2021,\(unit),\(values.joined(separator: ","))\n"
    }
    let folder = try TestFolder()
    let path = try folder.write("wide.csv", text)
    let keys = "value: { columns: [\"x*\"], name: category }"
    func account(_ blockSize: Int?) throws -> String {
      try Self.account(path, keys: keys, blockSize: blockSize, workerCount: 2, isOpen: true)
    }
    #expect(try account(100) == account(nil))
  }

  @Test func regularTablesOfAllKindsOccurAmongTheSeeds() throws {
    var outcomes: [Bool] = []
    for seed in 0..<120 as Range<UInt64> {
      var draws = Draws(seed: seed, cell: 6)
      let folder = try TestFolder()
      let shape = Shape(&draws)
      let path = try folder.write("table.csv", bytes: Self.table(&draws, shape))
      let account = try Self.account(
        path, keys: Self.jobs[0], blockSize: nil, workerCount: 1, isOpen: true)
      outcomes.append(account.contains("Reconciliation"))
    }
    #expect(outcomes.count { $0 } >= 30)
    #expect(outcomes.count { !$0 } >= 30)
  }

  @Test func aRecordThatDoesNotEndIsToldAsItIsRowByRow() throws {
    let folder = try TestFolder()
    let start = "area,period,category,n\nA,2021,x,1\nB,2021,\"x"
    let path = try folder.write("long.csv", start + String(repeating: "y\n", count: 9 << 20))
    func account(_ blockSize: Int?) throws -> String {
      try Self.account(
        path, keys: "value: n", blockSize: blockSize, workerCount: 2, isOpen: true)
    }
    #expect(try account(1 << 16) == account(nil))
  }

  @Test func aFileThatChangesWhileItIsReadIsAnError() throws {
    let folder = try TestFolder()
    let path = try folder.write("grown.csv", "area,n\nA,1\n")
    let source = try ByteSource(path: path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
    defer { buffer.deallocate() }
    #expect(try source.read(into: buffer) == 11)
    try folder.write("grown.csv", "area,n\nA,1\nB,2\n")
    let failure = #expect(throws: Failure.self) { try source.finishDigest() }
    #expect(failure?.kind == .inputOutput)
  }
}
