import Extracts
import Mismatch

/// What differs between two finished runs before any cell: version, seed, job and inputs.
package struct RunDifferences: Encodable, Sendable {
  /// An input that is not the same in both runs.
  package struct Input: Encodable, Sendable {
    package enum Change: String, Encodable, Sendable {
      case changed
      case onlyInA = "only in A"
      case onlyInB = "only in B"
    }

    package let name: String
    package let role: String
    package let change: Change
  }

  /// A line that one of the jobs has and the other has not.
  package struct JobLine: Encodable, Sendable, Equatable {
    /// A or B.
    package let run: String
    package let number: Int
    package let text: String
  }

  /// Of A and B.
  package let versions: [String]
  package let seeds: [UInt64]
  package let sameInputCount: Int
  package let inputs: [Input]
  package let jobIsSame: Bool
  /// In the order of the jobs; empty where they are too long to compare line by line.
  package let jobLines: [JobLine]

  init(_ a: FinishedRun, _ b: FinishedRun) {
    versions = [a.version, b.version]
    seeds = [a.options.seed, b.options.seed]
    sameInputCount = a.inputs.count { input in b.inputs.contains(input) }
    inputs = RunDifferences.inputs(a.inputs, b.inputs)
    jobIsSame = a.jobText.isSpelt(as: b.jobText)
    jobLines = jobIsSame ? [] : RunDifferences.lines(a.jobText, b.jobText)
  }

  private static func inputs(_ a: [FinishedRun.Input], _ b: [FinishedRun.Input]) -> [Input] {
    func isNamesake(_ left: FinishedRun.Input, _ right: FinishedRun.Input) -> Bool {
      left.name.isSpelt(as: right.name) && left.role == right.role
    }
    let ofA = a.compactMap { input -> Input? in
      guard !b.contains(input) else { return nil }
      let isInB = b.contains { isNamesake($0, input) }
      return Input(name: input.name, role: input.role, change: isInB ? .changed : .onlyInA)
    }
    let ofB = b.filter { input in !a.contains { isNamesake($0, input) } }
    return ofA + ofB.map { Input(name: $0.name, role: $0.role, change: .onlyInB) }
  }

  /// Lines of both jobs beyond which they are not compared, which takes their number times what differs.
  private static let lineLimit = 5_000

  static func lines(_ a: String, _ b: String) -> [JobLine] {
    let (a, b) = (texts(a), texts(b))
    guard a.count + b.count <= lineLimit else { return [] }
    let difference = b.difference(from: a)
    var (removed, inserted) = (Set<Int>(), Set<Int>())
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [JobLine] = []
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if removed.contains(i) {
        lines.append(JobLine(run: "A", number: i + 1, text: a[i].text))
        i += 1
      } else if inserted.contains(j) {
        lines.append(JobLine(run: "B", number: j + 1, text: b[j].text))
        j += 1
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    return lines
  }

  private static func texts(_ job: String) -> [Spelling] {
    job.split(separator: "\n", omittingEmptySubsequences: false).map { Spelling(String($0)) }
  }
}
