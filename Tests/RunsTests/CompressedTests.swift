import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Files compressed by bzip2, xz and zstd, told by their bytes.
struct CompressedTests {
  /// `Example.counts` as the three programs compress it.
  private static let files = [
    "bzip2":
      "QlpoOTFBWSZTWTczx4cAAA5dgAAQAAR8ADAAKgGeYCAAMUwmmgNMQanqAB6gacgB5ierKJvjKQCA2Xvv5udbdWjGAHxdyRThQkDczx4c",
    "xz":
      "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AAtACpdADCciM2EFzGlUebTv/iEnFZcRqQUuOJJQC0VAHX8t42lOYhfGnFMtMYsAAAAAJNDE+4KeiRRAAFGLmdQc1oftvN9AQAAAAAEWVo=",
    "zstd":
      "KLUv/SQucQEAYXJlYSxzZWN0b3IsY291bnQKQSx4LDEwCkEseSwyMApCLHgsMzAKQix5LDQwCg8Q/V8=",
  ]

  private static func write(_ kind: String, cutTo part: Double = 1, in folder: TestFolder) throws
    -> String
  {
    let bytes = try #require(Data(base64Encoded: files[kind] ?? ""))
    let path = try folder.write("provision.csv", "")
    try bytes.prefix(Int(Double(bytes.count) * part)).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test(arguments: files.keys.sorted())
  func countsAreThoseOfThePlainFile(kind: String) throws {
    let (packed, plain) = (try TestFolder(), try TestFolder())
    let job = try Example().job(in: packed)
    let path = try Self.write(kind, in: packed)
    let outcome = try Session(job, workerCount: 2).run()
    let expected = try Session(try Example().job(in: plain), workerCount: 2).run()
    #expect(
      outcome.grids[0].provision.value.elements == expected.grids[0].provision.value.elements)
    let size = try #require(FileManager.default.contents(atPath: path)).count
    #expect(outcome.inputs.first { $0.role == "provision" }?.byteCount == size)
    let accounts = try Inspection.accounts(of: path)
    let account = try #require(accounts.first)
    #expect(account.format == "\(kind) of delimited text" && account.rowCount == 4)
  }

  @Test(arguments: files.keys.sorted(), [0.1, 0.8])
  func aFileThatIsCutShortIsRefused(kind: String, part: Double) throws {
    let folder = try TestFolder()
    let job = try Example().job(in: folder)
    _ = try Self.write(kind, cutTo: part, in: folder)
    let failure = try #require(throws: Failure.self) { try Session(job, workerCount: 1).run() }
    #expect(failure.found.hasPrefix("the \(kind) stream is damaged or truncated"))
  }
}
