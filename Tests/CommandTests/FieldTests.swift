import Foundation
import Testing

/// The cases from the field, beside the repository where there are any.
enum Field {
  static let folder: String? = {
    let path = Repository.path + "/../shared/field"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// Those that have a script, which ends with 0 where what is right happens.
  static let scripted: [String] = {
    let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
    return names.filter { name in
      FileManager.default.fileExists(atPath: "\(folder ?? "")/\(name)/run.sh")
    }.sorted()
  }()
}

/// What an audit found, with a script each.
@Suite(.enabled(if: Field.folder != nil || Surroundings.isCI))
struct FieldTests {
  @Test func casesAreFound() throws {
    let folder = try #require(Field.folder)
    #expect(!Field.scripted.isEmpty, "\(folder) holds no script")
  }

  @Test(arguments: Field.scripted)
  func whatIsRightHappens(name: String) throws {
    let folder = try #require(Field.folder)
    let work = try WorkFolder()
    try work.copy(from: "\(folder)/\(name)")
    let result = try work.run("MISMATCH=$(command -v mismatch) bash run.sh")
    #expect(result.status == 0, "\(name): \(result.stdout)\(result.stderr)")
  }
}
