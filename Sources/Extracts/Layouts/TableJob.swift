import Mismatch

/// Which rows of which files are read, and how.
package struct TableJob: Sendable {
  /// Files as the job names them, patterns resolved.
  package var files: [InputFile]
  /// What separates fields; nil leaves it to the file's name.
  package var delimiter: Delimiter?
  package var decimal = DecimalMark.point
  /// The reader that the job names; nil leaves it to the content.
  package var readerName: String?
  /// Names of a workbook's sheets, or patterns with `*`; none takes the only visible one.
  package var sheets: [String] = []
  /// The member of a zip archive; nil takes the only one.
  package var member: String?
  /// The lines of the headings, one after another; empty leaves it to the content.
  package var headerLines: [Int] = []
  package var trimsFields = false
  package var filters: [FilterJob] = []
  /// How many rows the producer says that it wrote; nil where it says nothing.
  package var announcedRowCount: Int?
  /// Where its one file can be fetched from; nil where the job does not say.
  package var source: FileSource?

  package init(
    files: [InputFile], delimiter: Delimiter? = nil, decimal: DecimalMark = .point,
    readerName: String? = nil, sheets: [String] = [],
    member: String? = nil, headerLines: [Int] = [], trimsFields: Bool = false,
    filters: [FilterJob] = [], announcedRowCount: Int? = nil,
    source: FileSource? = nil
  ) {
    self.files = files
    self.delimiter = delimiter
    self.decimal = decimal
    self.readerName = readerName
    self.sheets = sheets
    self.member = member
    self.headerLines = headerLines
    self.trimsFields = trimsFields
    self.filters = filters
    self.announcedRowCount = announcedRowCount
    self.source = source
  }
}

/// Rows to keep: those whose field is, or is not, one of these texts.
package struct FilterJob: Sendable {
  package let column: String
  package let texts: Set<Spelling>
  package let isExclusion: Bool

  package init(column: String, texts: Set<Spelling>, isExclusion: Bool) {
    self.column = column
    self.texts = texts
    self.isExclusion = isExclusion
  }
}

/// Where a code comes from.
package enum KeyJob: Sendable {
  /// A column, or a part of its text.
  case column(String, match: TextPattern?)
  /// Several columns, whose texts with spaces between them are one label.
  case columns([String])
  /// The same for every row.
  case constant(String)
}
