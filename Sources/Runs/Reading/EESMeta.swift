import Extracts
import Jobs
import Mismatch

/// What a data file of Explore Education Statistics says of its columns in `<stem>.meta.csv` beside it.
enum EESMeta {
  private static let ending = ".csv"

  /// Looks whether a side reads labels from filters and counts from indicators.
  ///
  /// A file without such a companion, or one of another shape, is left alone.
  ///
  /// - Throws: ``Failure`` (`badData`) where the job takes a key from an indicator, or counts from a
  ///   filter.
  static func check(_ file: InputFile, of job: SideJob) throws {
    let path = file.path
    guard path.hasSuffix(ending) else { return }
    let companion = String(path.dropLast(ending.count)) + ".meta.csv"
    guard TextFile.size(of: companion) > 0 else { return }
    let types = try types(in: companion)
    for (name, key) in [("area", job.area), ("category", job.category), ("period", job.period)] {
      guard case .column(let column, _) = key, types[column] == "Indicator" else { continue }
      throw Failure(
        .badData, at: Place(file: path, line: 1),
        "`\(name)` is the column \"\(column)\", which \(companion) lists as an indicator",
        expected: "a filter, a geography or a time: " + others(in: types, like: "Filter"),
        advice: "Indicators hold counts: use \"\(column)\" in `value`")
    }
    if case .column(let column) = job.value, types[column] == "Filter" {
      throw Failure(
        .badData, at: Place(file: path, line: 1),
        "`value` is the column \"\(column)\", which \(companion) lists as a filter",
        expected: "an indicator: " + others(in: types, like: "Indicator"))
    }
  }

  private static func others(in types: [Spelling: String], like type: String) -> String {
    Failure.examples(Codebook.sorted(types.filter { $0.value == type }.keys), limit: 12)
  }

  /// The type of each column; empty where the file is no list of columns.
  private static func types(in path: String) throws -> [Spelling: String] {
    let records = try DelimitedRecords(ByteSource(path: path), delimiter: 44)
    guard let header = try records.next(), let name = header.cells.firstIndex(of: "col_name"),
      let type = header.cells.firstIndex(of: "col_type")
    else { return [:] }
    var types: [Spelling: String] = [:]
    while let record = try records.next() {
      types[Spelling(record.text(name))] = record.text(type)
    }
    return types
  }
}
