import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Runs

/// Separators of fields and of decimals.
@Suite struct SeparatorTests {
  static let thousands = "area;sector;count\nA;x;1,250\nA;y;980\nB;x;2,010\nB;y;1,115\n"
  static let decimals = "area;sector;count\nA;x;0,435\nA;y;1,286\nB;x;1.250,5\nB;y;2,87\n"

  private func values(_ example: Example) throws -> [Double] {
    let outcome = try example.run()
    return try [("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")].map {
      try #require(outcome.value(.provision, $0.0, $0.1))
    }
  }

  @Test func semicolonsAreReadWhereTheJobSaysSo() throws {
    var example = Example(files: ["provision.csv": Self.thousands])
    let failure = try #require(try example.failure())
    #expect(failure.place?.line == 1)
    #expect(failure.found == "the fields are separated by semicolons")
    #expect(failure.advice == "Set `delimiter: semicolon`")
    example.provision["delimiter"] = "semicolon"
    #expect(try values(example) == [1250, 980, 2010, 1115])
  }

  @Test func decimalCommasAreNeverThousands() throws {
    var example = Example(files: ["provision.csv": Self.decimals])
    #expect(try example.failure()?.advice?.contains("`decimal: comma`") == true)
    example.provision["delimiter"] = "semicolon"
    let failure = try #require(try example.failure())
    #expect(failure.found.hasPrefix("\"0,435\""))
    #expect(failure.advice?.contains("`decimal: comma`") == true)
    example.provision["decimal"] = "comma"
    #expect(try values(example) == [0.435, 1.286, 1250.5, 2.87])
    // Quoted, between commas.
    example.provision["delimiter"] = "-"
    example.files["provision.csv"] = Self.decimals.split(separator: "\n").map { line in
      line.split(separator: ";").map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }.joined()
    #expect(try values(example) == [0.435, 1.286, 1250.5, 2.87])
  }

  @Test(arguments: ["pipe", "tab"])
  func otherSeparators(name: String) throws {
    let mark = name == "tab" ? "\t" : "|"
    let text = Self.thousands.replacing(";", with: mark)
    var example = Example(files: ["provision.csv": text])
    #expect(try example.failure()?.advice == "Set `delimiter: \(name)`")
    example.provision["delimiter"] = name
    #expect(try values(example) == [1250, 980, 2010, 1115])
  }

  @Test(arguments: [
    ("1.250,5", 1250.5), ("1 250,5", 1250.5), ("1\u{a0}250", 1250), ("1.250", 1250), ("12,5", 12.5),
    ("-0,5", -0.5), ("1.234.567,25", 1_234_567.25), ("12.50", nil), ("1.25", nil), ("0.435", nil),
    ("1.250 300", nil), ("1,250,000", nil), ("1 25", nil), ("1250.300", nil),
  ])
  func groupsAreOfThreeDigits(text: String, value: Double?) {
    var text = text
    #expect(text.withUTF8 { NumberText.value(of: $0, decimal: .comma) } == value)
  }

  @Test(arguments: ["0,435", "012,345", "12,50", "1,2345", "1,250,00"])
  func whatIsNoGroupIsNoNumber(text: String) {
    var text = text
    #expect(text.withUTF8 { NumberText.value(of: $0) } == nil)
  }

  /// What `inspect` proposes is what a run reads.
  @Test(arguments: [thousands, decimals])
  func proposalsHaveTheSeparators(text: String) throws {
    let folder = try TestFolder()
    let named = text.replacing("area;sector;count", with: "area_code;sector;starts").replacing(
      "A;", with: "E06000001;"
    ).replacing("B;", with: "E06000002;")
    let path = try folder.write("starts.csv", named)
    let proposal = try #require(try Inspection.accounts(of: path).first?.proposal)
    #expect(proposal.contains("delimiter: semicolon"))
    #expect(proposal.contains("decimal: comma") == (text == Self.decimals))
    let demand = proposal.split(separator: "\n").dropFirst(2).joined(separator: "\n")
    let job = try Job(
      text: proposal + "demand:\n  kind: vacancies\n" + demand + "\n",
      file: "\(folder.path)/job.yaml")
    let outcome = try Session(job, workerCount: 1).run()
    #expect(
      outcome.value(.provision, "E06000001", "x") == (text == Self.decimals ? 0.435 : 1250))
  }

  @Test func workbooksHaveNoDecimalMark() throws {
    let folder = try TestFolder()
    let path = try folder.write("book.xlsx", bytes: WorkbookFixture("").zip.bytes)
    var job = TableJob(files: [])
    job.decimal = .comma
    #expect(throws: Failure.self) {
      _ = try job.open(InputFile(name: "book.xlsx", path: path)).header
    }
  }

  @Test func carriageReturnsEndLines() throws {
    let text = Example.counts.replacing("\n", with: "\r")
    let folder = try TestFolder()
    let account = try #require(
      try Inspection.accounts(of: try folder.write("data.csv", text)).first)
    #expect(account.rowCount == 4)
    #expect(account.encoding?.lineEnds == "CR")
    #expect(try values(Example(files: ["provision.csv": text])) == [10, 20, 30, 40])
  }
}
