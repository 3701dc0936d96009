import Foundation

/// The published cases in `../shared`, beside the repository.
enum Shared {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared").standardizedFileURL.path

  /// Whether tests of them run: where the folder is, and always where CI is set, so that a missing
  /// folder fails there.
  static let isExpected =
    FileManager.default.fileExists(atPath: path)
    || ProcessInfo.processInfo.environment["CI"] != nil

  /// The records of a reference table by their first field, each by column name.
  static func table(_ name: String) throws -> [String: [String: String]] {
    let records = try RunsTests.records(inFile: "\(path)/reference/\(name)").map(
      \.fields)
    guard let header = records.first else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: records.dropFirst().map { row in
        (row[0], Dictionary(uniqueKeysWithValues: zip(header, row).dropFirst()))
      })
  }

  /// The largest difference between a reference matrix and what `value` says of each of its cells;
  /// infinite where there is no value.
  static func largestDifference(
    from name: String, _ value: (_ row: String, _ column: String) -> Double?
  ) throws -> (difference: Double, cellCount: Int) {
    var largest = 0.0
    var cellCount = 0
    for (row, cells) in try table(name) {
      for (column, text) in cells {
        guard let expected = Double(text) else { continue }
        let found = value(row, column) ?? .nan
        cellCount += 1
        largest = max(largest, found.isNaN ? .infinity : abs(found - expected))
      }
    }
    return (largest, cellCount)
  }
}
