import Mismatch
import Extracts
import Jobs
import Reports
import Runs

extension Failure {
  /// Says on standard error what went wrong.
  func report(json: Bool) {
    if json, let text = try? self.json() {
      Terminal.say(json: text)
    } else {
      Terminal.say(["mismatch: \(self)"])
    }
  }

  private func json() throws -> String {
    struct Record: Encodable {
      let error: String
      let file: String?
      let line: Int?
      let column: Int?
      let found: String
      let expected: String?
      let advice: String?
    }
    return try JSONText.of(
      Record(
        error: kind.rawValue, file: place?.file, line: place?.line, column: place?.column,
        found: found, expected: expected, advice: advice), isPretty: false)
  }
}
