import Charts
import Extracts
import Foundation
import Mismatch
import Mustache
import Runs

/// A finished run as one page of HTML that loads nothing from elsewhere.
package struct ReportPage {
  /// The name of the file.
  static let fileName = "report.html"
  /// What such a page begins with.
  static let start = Array(
    "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n".utf8)
  /// Pages of all cells that are larger show less.
  private static let byteLimit = 3_000_000

  /// The page, UTF-8.
  package let html: String
  let figures: [PageSection.Figure]

  /// The page of a run.
  ///
  /// - Throws: ``Failure`` where the run lacks the files that a report is made of.
  package init(_ run: FinishedRun, workerCount: Int = 1) throws {
    let summary = try run.summary()
    guard let grid = summary.grids.last else {
      throw Failure(
        .badData, at: Place(file: run.folder), "the run has no grid", advice: "Run the job again")
    }
    let isSmall = grid.areas * grid.sectors <= ReportCells.fullCount
    let page = try ReportPage(
      ReportData(run, summary, isFull: isSmall, workerCount: workerCount))
    self =
      isSmall && page.html.utf8.count > ReportPage.byteLimit
      ? try ReportPage(ReportData(run, summary, isFull: false, workerCount: workerCount)) : page
  }

  /// Writes the page to a file, or to standard output.
  ///
  /// - Parameters:
  ///   - path: nil is ``fileName`` in the run's folder, `-` standard output.
  ///   - folder: that of the run.
  /// - Throws: ``Failure`` (`inputOutput`) where it cannot be written, or would replace a file of another origin in the
  ///   run's folder; an earlier file is left as it was.
  package func write(to path: String?, besides folder: String) throws {
    let bytes = Array(html.utf8)
    guard path == nil else { return try SingleFile.write(to: path) { try $0(bytes) } }
    let file = LooseFile(ReportPage.fileName, in: folder, beginningWith: ReportPage.start)
    try file.verify([], isForced: false)
    try file.write { try $0(bytes) }
  }

  private init(_ data: ReportData) throws {
    let sections = try PageSection.all(data)
    figures = sections.flatMap(\.figures)
    let script = Template.text(PackageResources.report_js)
    let page: [String: Any] = [
      "version": data.summary.version, "title": data.summary.job.title, "lead": data.lead,
      "sections": sections.map { ["id": $0.id, "title": $0.title, "html": $0.html] },
      "style": Template.text(PackageResources.report_css) + Palette.pageCSS,
      "script": script, "scriptDigest": try Template.digest(script),
      "footer": "Made by mismatch \(data.summary.version) from the files of the run.",
    ]
    html = try MustacheTemplate(string: Template.text(PackageResources.page_mustache)).render(page)
  }
}

private enum Template {
  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The SHA-256 by which the page's policy knows its script.
  static func digest(_ script: String) throws -> String {
    let digest = try Digest()
    var script = script
    script.withUTF8 { digest.update(UnsafeRawBufferPointer($0)) }
    return Data(digest.finishBytes()).base64EncodedString()
  }
}

extension ReportData {
  /// What was compared, and what came out, one sentence each.
  fileprivate var lead: [String] {
    let calls = grid.calls
    let count = grid.areas * grid.sectors
    return [
      "Provision is counted as \(provision), demand as \(demand). A sector is over-provided where its share of an area's "
        + "\(provision) is larger than its share of the \(demand) there, and under-provided where it is smaller.",
      "\(period): \(SectionNumber.counted(grid.areas, "area")) and \(SectionNumber.counted(grid.sectors, "sector")). Of "
        + "\(SectionNumber.counted(count, "cell")), \(SectionNumber.count(Double(calls["over"] ?? 0))) are called over and "
        + "\(SectionNumber.count(Double(calls["under"] ?? 0))) under; \(SectionNumber.count(Double(calls["balanced"] ?? 0))) "
        + "are balanced, \(SectionNumber.count(Double(calls["unclear"] ?? 0))) unclear.",
    ]
  }
}
