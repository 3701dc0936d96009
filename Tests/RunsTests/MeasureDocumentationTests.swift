import Foundation
import Mismatch
import Testing

/// `Documentation/reference/measures.md` against the catalogue of measures.
///
/// `MISMATCH_POPULATE=1 swift test --filter MeasureDocumentationTests` writes it anew.
struct MeasureDocumentationTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Documentation/reference/measures.md").standardizedFileURL

  @Test func pageIsWhatTheCatalogueSays() throws {
    if ProcessInfo.processInfo.environment["MISMATCH_POPULATE"] == "1" {
      try Self.page().write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == Self.page())
  }

  @Test func everyMeasureHasASource() {
    for measure in Measure.catalogue {
      #expect(measure.source.contains(/doi\.org|\(\d{4}\)/), "\(measure.name)")
    }
  }

  private static func page() -> String {
    var lines = [
      "# Measures", "",
      "Written from the program's own catalogue by `MeasureDocumentationTests`; `mismatch measures` prints the same. The job's",
      "key `measures` says which are calculated.", "",
      "T is provision and V demand of an area and sector; `T.` and `V.` are their sums over the area's sectors; p = T / T. and",
      "q = V / V.; `T.s`, `V.s`, `T..` and `V..` are the same over all areas.",
    ]
    for (title, isPerCell) in [("Of areas and sectors", true), ("Of whole areas", false)] {
      lines += ["", "## \(title)"]
      for measure in Measure.catalogue where measure.isPerCell == isPerCell {
        lines += [
          "", "### `\(measure.name)`", "", measure.summary + ".", "",
          "| Formula | Unit | Range | Source |", "| --- | --- | --- | --- |",
          "| \(measure.formula.replacing("|", with: "\\|")) | \(measure.unit) | \(bound(measure.range.lowerBound)) to "
            + "\(bound(measure.range.upperBound)) | \(measure.source) |",
        ]
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func bound(_ number: Double) -> String {
    guard number.isFinite else { return number < 0 ? "below any number" : "unbounded" }
    return number == number.rounded() ? String(Int(number)) : String(number)
  }
}
