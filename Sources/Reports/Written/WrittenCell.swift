import Extracts
import Mismatch
import Runs

/// A row of `cells.csv` or `sectors.csv`, field by field.
package struct WrittenCell: Sendable {
  /// Where the columns of a table stand.
  package final class Headings: Sendable {
    package let names: [String]
    private let places: [String: Int]

    package init(_ names: [String]) {
      self.names = names
      places = Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    fileprivate func place(_ name: String) -> Int? { places[name] }
  }

  package let headings: Headings
  /// As the file has them, `""` for an empty one.
  package let fields: [String]

  package init(_ headings: Headings, _ fields: [String]) {
    (self.headings, self.fields) = (headings, fields)
  }

  /// The text of a field; `""` where it is empty or the table has no such column.
  package func text(_ name: String) -> String { headings.place(name).map { fields[$0] } ?? "" }

  /// The number of a field; nil where there is none.
  package func number(_ name: String) -> Double? {
    var text = text(name)
    return text.isEmpty ? nil : text.withUTF8 { NumberText.value(of: $0) }
  }

  package func figure(_ name: String) -> WrittenFigure {
    WrittenFigure(
      number(name), lower: number("\(name)_lower"), upper: number("\(name)_upper"),
      status: text("\(name)_status"))
  }

  package func interval(_ name: String) -> WrittenInterval? {
    WrittenInterval(number("\(name)_lower"), number("\(name)_upper"))
  }
}

extension WrittenCell {
  package var period: String { text("period") }
  package var areaCode: String { text("area_code") }
  package var areaName: String { text("area_name") }
  package var sectorCode: String { text("sector_code") }
  package var sectorName: String { text("sector_name") }
  package var gap: WrittenFigure { figure(Measure.shareGap.name) }
  /// The gap's combined interval.
  package var interval: WrittenInterval? { interval("\(Measure.shareGap.name)_combined") }
  package var call: Call? { Call(rawValue: text("call")) }
  /// Whether the call is the same under all alternatives; nil where none was tried.
  package var survives: Bool? { Bool(text("call_survives")) }

  /// The cell in one sentence; nil where the table has no gaps.
  package func sentence(_ kinds: Sides<String>) -> CellSentence? {
    guard headings.names.contains(Measure.shareGap.name) else { return nil }
    func side(_ side: Side) -> CellSentence.Side {
      CellSentence.Side(
        kind: kinds[side], share: number("\(side.rawValue)_share"), count: figure(side.rawValue))
    }
    return CellSentence(
      area: areaCode.isEmpty ? nil : areaName, sector: sectorName, provision: side(.provision),
      demand: side(.demand), gap: gap, interval: interval, call: call, survives: survives)
  }
}

extension FinishedRun {
  /// The table `cells.csv`, whether or not `columns.json` describes it.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where the run did not write it.
  package func cellsTable() throws -> WrittenTable {
    let name = "cells.csv"
    if let table = try table(name) { return table }
    if let file = file(ofTable: name) { return try WrittenTable(undescribed: name, file: file) }
    throw notWritten(name)
  }

  /// What `columns.json` says of the columns of `cells.csv`.
  ///
  /// - Throws: ``Failure`` (`inputOutput`) where the run wrote no such description.
  package func cellColumns() throws -> [ColumnRecord] {
    guard let table = try table("cells.csv") else { throw notWritten(ColumnsFile.name) }
    return table.columns
  }

  private func notWritten(_ name: String) -> Failure {
    let wasWritten = outputs.contains { TableFiles.names(ofTable: name).contains($0.name) }
    return Failure(
      .inputOutput, at: Place(file: folder), "holds no \(name)",
      expected: wasWritten ? nil : "a run that wrote it",
      advice: wasWritten
        ? "The run wrote it: restore it, or run the job again"
        : "Add \(name) to `output: { files: }` of the job, and run it again")
  }
}
