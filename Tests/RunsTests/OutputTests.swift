import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// What stands in the files of a run.
struct OutputTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func run(_ example: Example) throws {
    let outcome = try Session(try example.job(in: folder), workerCount: 1).run()
    try OutputFolder("\(folder.path)/out", force: false)
      .write(outcome, options: Manifest.Options(seed: 42))
  }

  private func table(_ name: String) throws -> [[String: String]] {
    let rows = try RunsTests.rows(try folder.text("out/\(name)"))
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  private func manifest() throws -> [String: Any] {
    let data = Data(try folder.bytes("out/manifest.json"))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static let example = Example(
    provision: [
      "rounding": "nearest 10", "markers": "{ low: 1..4, notKnown: 0..9 }",
      "where": "{ sector: { not: q } }",
    ],
    keys: [
      "areas: { level: town, lookup: areas.csv, code: code, name: name }",
      "measures: [ share_gap_pp, gap, dissimilarity ]",
    ],
    files: [
      "areas.csv": "code,name\nA,\"Town, Old\"\nB,Bee\n",
      "provision.csv": "area,sector,count\nA,x,low\nA,y,20\nB,x,30\nB,q,7\nZ,x,5\n",
    ])

  @Test func onlyTheFilesThatTheJobNamesAreWritten() throws {
    var example = Self.example
    example.keys.append("output: { files: [areas.csv, \"matrix_*\"] }")
    try run(example)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")
    #expect(
      Set(names) == ["areas.csv", "matrix_gap.csv", "matrix_share_gap_pp.csv", "manifest.json"])
  }

  @Test func cellsHaveTheHeadingsOfTheContract() throws {
    try run(Self.example)
    let heading = try #require(try folder.text("out/cells.csv").split(separator: "\n").first)
    let expected = """
      period,area_code,area_name,sector_code,sector_name,provision,provision_lower,\
      provision_upper,provision_status,demand,demand_lower,demand_upper,demand_status,\
      share_gap_pp,share_gap_pp_lower,share_gap_pp_upper,share_gap_pp_status,gap,gap_lower,\
      gap_upper,gap_status,share_gap_pp_combined_lower,share_gap_pp_combined_upper,p_adjusted,\
      call,call_survives
      """
    #expect(heading == expected)
  }

  @Test func cellsHoldEveryAreaAndSectorInCodeOrder() throws {
    try run(Self.example)
    let cells = try table("cells.csv")
    #expect(cells.map { $0["area_code"] } == ["A", "A", "B", "B"])
    #expect(cells.map { $0["sector_code"] } == ["x", "y", "x", "y"])
    #expect(cells[0]["area_name"] == "Town, Old")
    #expect(cells[0]["provision"] == "2.5")
    #expect(cells[0]["provision_upper"] == "4")
    #expect(cells[0]["provision_status"] == "low")
    #expect(cells[0]["gap"] == "-7.5")
    #expect(cells[1]["provision_lower"] == "15")
    #expect(cells[1]["provision_upper"] == "24")
  }

  @Test func matrixHasAreasDownAndSectorsAcross() throws {
    try run(Self.example)
    #expect(
      try folder.text("out/matrix_gap.csv")
        == "area_code,area_name,x,y\nA,\"Town, Old\",-7.5,0\nB,Bee,0,-40\n")
  }

  @Test func unmappedCodesAreListedWithTheirCount() throws {
    try run(Self.example)
    #expect(
      try folder.text("out/unmapped.csv")
        == "side,period,dimension,code,name,rows,marked_rows,published,areas,largest_area_1,"
        + "largest_area_2,largest_area_3\n"
        + "provision,all,area,Z,,1,0,5,1,Z,,\n")
  }

  /// Whatever the order of the rows: names by the source's own column or by the register, and the areas that
  /// hold most.
  @Test(arguments: [false, true], ["area_code,area_name", "CD,NM", "a,n"])
  func unmappedCodesHaveNamesAndAreas(isReversed: Bool, headings: String) throws {
    let heading = headings.prefix { $0 != "," }
    let rows = [
      "A,Ayton,x,,1", "A,Ayton,q,Quarrying,3", "B,Bee,q,Quarrying,[c]", "C,Sea,q,Mines,8",
      "D,Dee,q,Quarrying,8", "Z,Zed,x,,5", "Z,,x2,,1", "D,Dee,old,,2", "C,Sea,[c],,[c]",
    ]
    let area = heading == "a" ? "{ column: a, name: n }" : String(heading)
    try run(
      Example(
        provision: ["area": area, "category": "sector_code"],
        keys: [
          "areas: { lookup: areas.csv, code: code, name: name }",
          "sectors: { file: sectors.csv, code: code, name: name, introduced: from, "
            + "terminated: to, as-of: 2020-01-01 }",
        ],
        files: [
          "areas.csv": "code,name\nA,One\nB,Two\nC,Three\nD,Four\n",
          "sectors.csv": "code,name,from,to\nx,Ex,1990-01-01,\nx2,Two,1990-01-01,\n"
            + "old,Old trade,1990-01-01,2000-01-01\n",
          "provision.csv": "\(headings),sector_code,sector_name,count\n"
            + (isReversed ? rows.reversed() : rows).joined(separator: "\n") + "\n",
          "demand.csv": "area,sector,count\nA,x,3\n",
        ]))
    let lines = try folder.text("out/unmapped.csv").split(separator: "\n").dropFirst()
    let wanted = [
      "area,Z,Zed,2,0,6,1,Z,,", "category,[c],,1,1,0,1,C,,",
      "category,old,Old trade,1,0,2,1,D,,", "category,q,Mines,4,1,19,4,C,D,A",
    ]
    #expect(lines.map { String($0.dropFirst("provision,all,".count)) } == wanted)
  }

  @Test func undefinedValuesAreEmptyAndSayWhy() throws {
    try run(Example(files: ["demand.csv": "area,sector,count\nA,x,5\n"]))
    let rows = try table("cells.csv").filter { $0["area_code"] == "B" }
    #expect(rows.map { $0["share_gap_pp"] } == ["", ""])
    #expect(rows.map { $0["demand_status"] } == ["absent unbounded", "absent unbounded"])
    #expect(rows.map { $0["share_gap_pp_status"] } == ["absent unknown", "absent unknown"])
    #expect(rows.map { $0["call"] } == ["", ""])
  }

  @Test func textFilesEndLinesWithLFAndHaveNoByteOrderMark() throws {
    try run(Self.example)
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") {
      let bytes = try folder.bytes("out/\(name)")
      #expect(bytes.last == 10)
      #expect(!bytes.contains(13))
      #expect(bytes.first != 0xef)
      let columnCounts =
        name.hasSuffix("csv") ? Set(try rows(try folder.text("out/\(name)")).map(\.count)) : [1]
      #expect(columnCounts.count == 1)
    }
  }

  @Test func manifestRecordsJobInputsOptionsAndOutputs() throws {
    try run(Self.example)
    let manifest = try manifest()
    #expect(manifest["engine"] as? String == "mismatch")
    #expect(manifest["version"] as? String == engineVersion)
    #expect((manifest["options"] as? [String: Any])?["seed"] as? Int == 42)
    #expect((manifest["job"] as? [String: Any])?["text"] as? String == Self.example.text)
    #expect(manifest["measures"] as? [String] == ["share_gap_pp", "gap", "dissimilarity"])
    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
      .compactMap { $0["name"] as? String }
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")
    #expect(Set(outputs + ["manifest.json"]) == Set(names))
    let markers = (manifest["provision"] as? [String: Any])?["markers"] as? [String: String]
    #expect(markers?["low"] == "low: 1..4")
    #expect(markers?["notKnown"] == "c: 0..9")
    #expect(markers?["c"] == "c: 0..")
  }

  @Test func manifestHasTheDigestAndSizeOfEveryInput() throws {
    try run(Self.example)
    let inputs = try #require(try manifest()["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["name"] as? String } == ["areas.csv", "provision.csv", "demand.csv"])
    #expect(inputs.map { $0["role"] as? String } == ["areas", "provision", "demand"])
    #expect(inputs.map { $0["rows"] as? Int } == [2, 5, 4])
    for input in inputs {
      let name = try #require(input["name"] as? String)
      let sum = String(
        decoding: try output(of: "sha256sum", ["\(folder.path)/\(name)"]), as: UTF8.self)
      #expect(input["sha256"] as? String == String(sum.prefix(64)))
      #expect(input["bytes"] as? Int == (try folder.bytes(name)).count)
    }
  }

  @Test func manifestHoldsTheReconciliation() throws {
    try run(Self.example)
    let reconciliation = try #require(try manifest()["balance"] as? [[String: Any]])
    #expect(reconciliation.count == 2)
    let row = reconciliation[0]
    #expect(row["side"] as? String == "provision")
    let amounts = ["published", "mapped", "unmapped", "filtered", "unusable"].map {
      row[$0] as? Double
    }
    #expect(amounts == [62, 50, 5, 7, 0])
    let marked = try #require(row["marked"] as? [String: Any])
    #expect(marked["counts"] as? [String: Int] == ["low": 1])
    #expect(marked["imputed"] as? Double == 2.5)
  }

  @Test func noFileHoldsAClockOrAPath() throws {
    try run(Self.example)
    let year = String(Calendar(identifier: .gregorian).component(.year, from: Date()))
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out") {
      let text = try folder.text("out/\(name)").replacing(/[0-9a-f]{64}/, with: "")
      #expect(!text.contains(folder.path), "\(name)")
      #expect(!text.contains(year + "-"), "\(name)")
    }
  }
}
