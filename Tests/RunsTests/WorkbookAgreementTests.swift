import Foundation
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Every workbook of the extracts against openpyxl, to the last cell.
///
/// The one normalisation: numbers are the shortest text that reads back to the same double, whole ones
/// without a point; dates are ISO text. `read_workbooks.py` writes openpyxl's values by it.
@Suite(.enabled(if: Surroundings.isCI || Surroundings.python != nil))
struct WorkbookAgreementTests {
  @Test(.enabled(if: Surroundings.hasExtracts))
  func agreesWithOpenpyxlOverTheExtracts() throws {
    let names = try Extracts.files().filter { $0.hasSuffix(".xlsx") || $0.hasSuffix(".xlsm") }
    #expect(!names.isEmpty)
    #expect(try compare(names.map(Extracts.path)) > 0)
  }

  /// The extracts hold no dates, so openpyxl writes a workbook that does.
  @Test func agreesWithOpenpyxlOverEveryType() throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/made.xlsx"
    _ = try run("make_workbook.py", [path])
    #expect(try compare([path]) > 3_000)
  }

  private func run(_ script: String, _ arguments: [String]) throws -> String {
    let python = try #require(Surroundings.python, "Tests/Independent/setup.sh failed")
    let path = "\(Surroundings.package)/Tests/Independent/\(script)"
    return try #require(Surroundings.run(python, [path] + arguments))
  }

  /// Compares workbooks and gives the number of cells that are not empty.
  private func compare(_ paths: [String]) throws -> Int {
    let scratch = try Scratch()
    _ = try run("read_workbooks.py", [scratch.path] + paths)
    var sheets: [String: [[String]]] = [:]
    for entry in try records("\(scratch.path)/index.csv") {
      sheets[entry.cells[1], default: []].append(entry.cells)
    }
    var cellCount = 0
    for path in paths {
      let workbook = try Workbook(ByteSource(path: path))
      let expected = try #require(sheets[path])
      #expect(workbook.sheets.map(\.name) == expected.map { $0[2] })
      #expect(workbook.sheets.map { $0.isHidden ? "True" : "False" } == expected.map { $0[3] })
      for sheet in expected {
        cellCount += try compare(workbook, sheet[2], with: "\(scratch.path)/\(sheet[0])")
        let merged = try workbook.mergedRanges(sheet: sheet[2]).count
        #expect(merged == sheet[4].split(separator: " ").count)
      }
    }
    return cellCount
  }

  /// Compares one sheet and gives the number of cells that are not empty.
  private func compare(_ workbook: Workbook, _ sheet: String, with path: String) throws -> Int {
    let read = try workbook.records(sheet: sheet)
    let expected = try DelimitedRecords(ByteSource(path: path), delimiter: 44)
    var cellCount = 0
    while let record = try read.next() {
      let other = try #require(try expected.next(), "\(read.path):\(record.line) is one too many")
      let cells = [String(record.line)] + record.cells
      if cells != other.cells {
        let column = zip(cells, other.cells).enumerated().first { $1.0 != $1.1 }?.offset ?? -1
        Issue.record(
          "\(read.path):\(record.line):\(column): \(cells) but openpyxl says \(other.cells)")
        return cellCount
      }
      cellCount += record.cells.count { !$0.isEmpty }
    }
    #expect(try expected.next() == nil, "\(read.path) ends early")
    return cellCount
  }

  private func records(_ path: String) throws -> [RawRecord] {
    let stream = try DelimitedRecords(ByteSource(path: path), delimiter: 44)
    var records: [RawRecord] = []
    while let record = try stream.next() { records.append(record) }
    return records
  }
}
