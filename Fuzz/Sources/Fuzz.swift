import Glibc
import Mismatch

/// What is tried: bytes that must lead to an answer or to a `Failure`.
struct FuzzTarget: Sendable {
  let name: String
  let run: @Sendable (UnsafeBufferPointer<UInt8>) throws -> Void

  static let catalogue: [FuzzTarget] =
    [scanner, blocks, pages, workbook, parts, archive, job, wholeRun, inspect]
    + ["table", "nomis-download", "origin-destination", "titled-table"].map { reader($0) }
    + [reader(nil)]

  /// The target that `FUZZ_TARGET` names.
  static func chosen() -> FuzzTarget {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = catalogue.first(where: { $0.name == name }) else {
      fatalError("FUZZ_TARGET is \"\(name)\", not one of \(catalogue.map(\.name))")
    }
    return target
  }
}

/// Files that targets read from; a job names the last three by their numbers.
struct HeldFiles {
  let input = HeldFile(number: 199)
  let ofJobs = [HeldFile(number: 200), HeldFile(number: 201), HeldFile(number: 202)]
}

// libFuzzer calls from one thread.
nonisolated(unsafe) let held = HeldFiles()
private let target = FuzzTarget.chosen()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do {
    try target.run(UnsafeBufferPointer(start: bytes, count: count))
  } catch let failure as Failure {
    guard failure.kind != .failed else { fatalError("a defect: \(failure)") }
  } catch {
    fatalError("an error that is no Failure: \(error)")
  }
  return 0
}
