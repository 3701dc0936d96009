import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Files by their first bytes, and what zip archives may hold.
@Suite struct WorkbookArchiveTests {
  private let scratch: Scratch
  private static let book = WorkbookFixture("<row><c><v>1</v></c></row>")

  init() throws { scratch = try Scratch() }

  private func text(_ path: String, member: String? = nil) throws -> String {
    let source = try ByteSource(path: path, member: member)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 7, alignment: 1)
    defer { block.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let count = try source.read(into: block)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  private func failure(_ path: String, member: String? = nil) -> String {
    do {
      return "read: \(try text(path, member: member))"
    } catch {
      return "\(error)".replacing(scratch.path + "/", with: "")
    }
  }

  private func zip(_ names: String...) -> ZipFixture {
    var zip = ZipFixture()
    for name in names { zip.add(name, "text of \(name)") }
    return zip
  }

  @Test func readsTheOnlyMember() throws {
    var archive = zip("data.csv", "__MACOSX/._data.csv", ".DS_Store")
    archive.add("folder/", "", mode: 0o040755)
    let path = try scratch.file("data.zip", archive.bytes)
    #expect(try text(path) == "text of data.csv")
    let source = try ByteSource(path: path)
    #expect(source.name == "data.csv")
    #expect(source.byteCount == archive.bytes.count)
    let digest = try Digest()
    archive.bytes.withUnsafeBytes { digest.update($0) }
    #expect(try source.finishDigest() == digest.finish())
  }

  @Test func readsTheMemberThatIsNamed() throws {
    let path = try scratch.file("data.zip", zip("a.csv", "data/ünicode b.csv").bytes)
    #expect(try text(path, member: "data/ünicode b.csv") == "text of data/ünicode b.csv")
    #expect(
      failure(path) == "data.zip: the archive holds 2 files: \"a.csv\", \"data/ünicode b.csv\"; "
        + "expected one. State which: `member: a.csv`")
    #expect(
      failure(path, member: "b.csv").hasPrefix("data.zip: the archive has no member \"b.csv\""))
  }

  @Test(arguments: [
    ("../up.csv", UInt16(0), UInt32(0o100644), "would leave its folder"),
    ("a/../../up.csv", 0, 0o100644, "would leave its folder"),
    ("/etc/passwd", 0, 0o100644, "would leave its folder"),
    ("..\\up.csv", 0, 0o100644, "would leave its folder"),
    ("link.csv", 0, 0o120777, "is a link or a device"),
    ("locked.csv", 1, 0o100644, "is encrypted"),
  ])
  func refusesMembers(name: String, flags: UInt16, mode: UInt32, message: String) throws {
    var archive = zip("good.csv")
    archive.add(name, "target", flags: flags, mode: mode)
    let path = try scratch.file("bad.zip", archive.bytes)
    // libarchive turns the separators of Windows round.
    let shown = name.replacing("\\", with: "/")
    #expect(
      failure(path, member: "good.csv").hasPrefix(
        "bad.zip: the archive's member \"\(shown)\" \(message)"))
  }

  @Test func refusesTwoMembersOfOneName() throws {
    let path = try scratch.file("two.zip", zip("a.csv", "a.csv").bytes)
    #expect(failure(path) == "two.zip: the archive holds \"a.csv\" twice")
  }

  @Test func refusesTooManyMembers() throws {
    var archive = ZipFixture()
    for number in 0...InflationLimit.members { archive.add("\(number)", "") }
    let path = try scratch.file("many.zip", archive.bytes)
    #expect(failure(path).hasPrefix("many.zip: the archive has more than 10000 members"))
  }

  @Test func tellsDamage() throws {
    let bytes = zip("data.csv").bytes
    let cut = try scratch.file("cut.zip", Array(bytes.dropLast(8)))
    #expect(failure(cut).hasPrefix("cut.zip: the zip archive is damaged or truncated"))
    var spoilt = bytes
    spoilt[40] ^= 1
    let path = try scratch.file("spoilt.zip", spoilt)
    #expect(failure(path).hasPrefix("spoilt.zip: the zip archive is damaged or truncated"))
    let empty = try scratch.file("empty.zip", ZipFixture().bytes)
    #expect(failure(empty).hasPrefix("empty.zip: the archive is empty"))
  }

  @Test func refusesABomb() throws {
    let path = "\(scratch.path)/bomb.zip"
    let script =
      "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:\n"
      + "  with z.open('bomb.csv', 'w') as f:\n    for _ in range(200): f.write(b'0,\\n' * 349525)"
    let made = Surroundings.run("/usr/bin/env", ["python3", "-c", script, path])
    try #require(made != nil || Surroundings.isCI == false, "python3 is needed")
    guard made != nil else { return }
    let source = try ByteSource(path: path)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { block.deallocate() }
    var count = 0
    let failure = #expect(throws: Failure.self) {
      while true {
        let made = try source.read(into: block)
        guard made > 0 else { return }
        count += made
      }
    }
    #expect(failure?.found.contains("256 times its packed size") == true)
    #expect(count <= InflationLimit.ratioStart)
  }

  @Test func readsAWorkbookInAZip() throws {
    var archive = ZipFixture()
    archive.add("book.xlsx", bytes: WorkbookArchiveTests.book.zip.bytes)
    archive.add("notes.csv", "a")
    let path = try scratch.file("book.zip", archive.bytes)
    let workbook = try Workbook(ByteSource(path: path, member: "book.xlsx"))
    #expect(try workbook.records(sheet: "Data").next()?.cells == ["1"])
    #expect(try text(path, member: "notes.csv") == "a")
    var nested = ZipFixture()
    nested.add("inner.zip", bytes: zip("a.csv").bytes)
    let twice = try scratch.file("twice.zip", nested.bytes)
    #expect(failure(twice).hasPrefix("twice.zip[inner.zip]: is compressed once more"))
  }

  @Test(.enabled(if: Surroundings.isCI || Surroundings.run("/bin/sh", ["-c", "gzip -V"]) != nil))
  func readsAWorkbookInGzip() throws {
    let path = try scratch.file("book.xlsx", WorkbookArchiveTests.book.zip.bytes)
    _ = try #require(Surroundings.run("/bin/sh", ["-c", "gzip '\(path)'"]))
    let source = try ByteSource(path: path + ".gz")
    #expect(try Workbook(source).records(sheet: "Data").next()?.cells == ["1"])
    let plain = try ByteSource(path: path + ".gz")
    #expect(plain.byteCount < 2_000)
    #expect(try plain.finishDigest() == source.finishDigest())
  }

  @Test(
    arguments: [
      (
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0], "soffice --headless --convert-to xlsx"
      ),
      (Array("X\n\0\0\0\u{3}".utf8), "Rscript -e 'write.csv(readRDS("),
      (Array("RDX3\nX\n".utf8), "Rscript -e 'for (n in load("),
      (Array("PAR1....".utf8), "duckdb -c \"copy (from read_parquet('"),
      ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0], "7z x"),
    ] as [([UInt8], String)])
  func refusesWithTheCommandThatConverts(bytes: [UInt8], command: String) throws {
    let path = try scratch.file("file it's", bytes)
    let message = failure(path)
    #expect(message.contains(command))
    #expect(message.hasPrefix("file it's: is "))
    var archive = ZipFixture()
    archive.add("member", bytes: bytes)
    #expect(
      failure(try scratch.file("a.zip", archive.bytes)).contains(command))
  }

  @Test(.enabled(if: Surroundings.hasExtracts))
  func refusesTheRealRObject() {
    let path = "\(Surroundings.extracts)/crosswalk/leo_education_to_employment_datasets.rds"
    #expect(failure(path).contains("is an R object (.rds)"))
  }

  @Test func aColumnNamedXIsText() throws {
    #expect(try text(scratch.file("x.csv", Array("X\n1\n".utf8))) == "X\n1\n")
    #expect(try text(scratch.file("empty.csv", [])) == "")
  }
}
