import Foundation
import Testing

/// What the page on showing runs prints is what the commands print.
struct ShowingTests {
  private static let secondCrosswalk =
    "sed 's/file: crosswalk.csv, \\(.*\\) }/file: programmes.csv, \\1, normalise: true }/' job.yaml"

  @Test func examplesOfThePage() throws {
    let page = try String(
      contentsOfFile: "\(Repository.path)/Documentation/how-to/showing-a-run.md", encoding: .utf8)
    let blocks = page.components(separatedBy: "```").filter { $0.hasPrefix("\n$ mismatch") }
    #expect(blocks.count == 6)
    let work = try WorkFolder()
    try work.copy(from: "\(Repository.datasets)/london")
    let runs = try work.run(
      """
      \(Self.secondCrosswalk) > programmes.yaml && mismatch run job.yaml -q -o out \
      && mismatch run programmes.yaml -q -o programmes \
      && mismatch run sensitivity.yaml -q -o out-sensitivity
      """)
    #expect(runs.status == 0, "\(runs.stderr)")
    for block in blocks {
      let lines = block.split(separator: "\n")
      let result = try work.run(String(lines[0].dropFirst(2)))
      let printed = (result.stdout + result.stderr).split(separator: "\n")
      for line in lines.dropFirst() { #expect(printed.contains(line), "\(lines[0]): \(line)") }
    }
  }
}
