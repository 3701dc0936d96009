import Extracts
import Jobs
import Mismatch
import Runs

/// `ees/<job>.csv` and `ees/<job>.meta.csv`: the cells of a run by the open data standards of explore education
/// statistics (https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html).
enum EESDocument: RunDocument {
  static let folder: String? = "ees"

  static func isName(_ name: String) -> Bool {
    guard let ending = [".meta.csv", ".csv"].first(where: name.hasSuffix) else { return false }
    let stem = TextFile.name(of: name).dropLast(ending.count)
    return !stem.isEmpty && stem.utf8.allSatisfy(isOfName)
  }

  static func isWanted(by job: Job) -> Bool { job.documents.contains(.ees) }

  static func verify(_ job: Job) throws {
    for table in [EESFile.cells, EESFile.areas] where !job.writes(table) {
      throw Failure(
        .badData, at: Place(file: job.file),
        "`ees` is made from \(table), which `files` of `output` leaves out",
        advice: "Add \(table) to `files`, or leave `ees` out")
    }
  }

  static func write(_ run: FinishedRun, to sink: DocumentSink) throws {
    let stem = stem(of: try run.summary().job.name)
    let file = try EESFile(run)
    try sink.write("ees/\(stem).csv") { try file.writeData($0) }
    try sink.write("ees/\(stem).meta.csv", file.metadata)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == 95 || byte == 45
  }

  /// The longest name that the standards allow is one of 50 characters, `.meta.csv` among them.
  private static let longestStem = 40

  /// A name of small letters, digits and `_`.
  private static func stem(of job: String) -> String {
    let name = job.inLowerCase(gap: "_").utf8.filter(isOfName)
    let stem = String(decoding: name.prefix(longestStem), as: UTF8.self)
    return stem.isEmpty ? "mismatch" : stem
  }
}
