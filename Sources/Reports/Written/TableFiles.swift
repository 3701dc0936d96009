import Jobs
import Runs

/// Names of the files that tables stand in, compressed or not.
enum TableFiles {
  private static let compressedEnding = ".gz"

  /// The name of the file that holds a table of a job.
  static func name(ofTable table: String, of job: Job) -> String {
    job.compressesTables ? table + compressedEnding : table
  }

  /// The names that the file of a table can have.
  static func names(ofTable table: String) -> [String] { [table, table + compressedEnding] }

  /// The table in a file of this name; nil where it is the name of another file.
  static func table(in file: String) -> String? {
    let plain = plainName(file)
    return plain.hasSuffix(".csv") && OutputCatalogue.isName(plain) ? plain : nil
  }

  /// The name of a table of which a name is that of its file, compressed or not.
  static func plainName(_ name: String) -> String {
    name.hasSuffix(".csv" + compressedEnding)
      ? String(name.dropLast(compressedEnding.count)) : name
  }
}
