import Charts

/// A section of a report: what it says of the tables of a finished run.
///
/// An analysis brings one, as it brings its tables.
package struct ReportSection: Sendable {
  /// What links lead to: letters and hyphens.
  package let id: String
  package let title: String
  private let content: @Sendable (any SectionTables) throws -> [SectionPart]

  init(
    _ id: String, _ title: String,
    content: @escaping @Sendable (any SectionTables) throws -> [SectionPart]
  ) {
    (self.id, self.title, self.content) = (id, title, content)
  }

  /// What the section holds; nothing where the run has no tables for it.
  package func parts(_ tables: any SectionTables) throws -> [SectionPart] { try content(tables) }
}

/// A part of a section, from top to bottom.
package enum SectionPart: Sendable {
  case paragraph(String)
  /// A chart, and what it is called as a file.
  case chart(String, any Chart)
  /// The file that holds all of it is named below the rows.
  case table(SectionTable)
}

/// Rows of a section, as texts for people.
package struct SectionTable: Sendable {
  package struct Column: Sendable {
    package let heading: String
    package let isNumber: Bool
  }

  package let caption: String
  package let columns: [Column]
  package let rows: [[String]]
  /// The file of the run with all digits and all rows.
  package let file: String

  package init(caption: String, texts: [String], numbers: [String], rows: [[String]], file: String)
  {
    self.caption = caption
    columns =
      texts.map { Column(heading: $0, isNumber: false) }
      + numbers.map { Column(heading: $0, isNumber: true) }
    self.rows = rows
    self.file = file
  }
}

/// The tables of a finished run, as sections read them.
package protocol SectionTables {
  /// The pair of periods that the report shows, the latest one.
  var period: String { get }
  /// Code of the area that the report begins with: the focus of the job, or the first one.
  var focusCode: String { get }

  /// The texts of a table's rows in some columns, in the order of the file; nil where the run has no such table, or
  /// the table no such columns.
  ///
  /// - Parameter isWanted: whether a row is kept, from the same texts.
  func rows(of file: String, _ columns: [String], where isWanted: ([String]) -> Bool) throws
    -> [[String]]?
}
