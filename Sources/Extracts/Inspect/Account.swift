/// What `inspect` found in one table of a file, and what it could not tell.
///
/// A workbook has one account per sheet, an archive one per member.
package struct Account: Codable, Sendable, Equatable {
  package var file: String
  package var sheet: String?
  package var member: String?
  /// What the file is: `delimited text`, `gzip of delimited text`, `workbook`, `R object (.rds)`, ...
  package var format: String
  package var byteCount: Int
  package var encoding: EncodingAccount?
  package var delimiter: String?
  /// `comma` where numbers have decimal commas.
  package var decimal: String?
  /// The reader that lays the table out, by its name in a job; nil where no table was found.
  package var reader: String?
  package var blocks: [TableBlock] = []
  /// Rows of the table as its reader lays them out, of all blocks together.
  package var rowCount = 0
  package var columnCount = 0
  var raggedRows: RaggedAccount?
  /// The columns as its reader lays them out, which is what a job sees.
  package var columns: [ColumnAccount] = []
  /// What the headings of the value columns name, where values stand across.
  package var headings: HeadingAccount?
  package var key: KeyAccount?
  /// What titles, headings and notes say of the unit of the figures; nil where they name none.
  package var unit: UnitAccount?
  /// Totals and levels that stand among their parts, one sentence each.
  package var totals: [String] = []
  package var warnings: [String] = []
  /// What the file does not say, one sentence each.
  var unknowns: [String] = []
  /// Why the table cannot be read, with advice; nil where it can.
  package var problem: String?
  /// Whether it holds figures that a run would read.
  package var mayBeProposed = false
  /// A block of a job, ready to paste.
  var proposal: String?

  package init(file: String, format: String, byteCount: Int) {
    self.file = file
    self.format = format
    self.byteCount = byteCount
  }
}

/// How a text file is written.
package struct EncodingAccount: Codable, Sendable, Equatable {
  /// `ASCII`, `UTF-8`, `UTF-16`, `Windows-1252 suspected` or `binary`.
  package var name: String
  var hasByteOrderMark: Bool
  /// `LF`, `CRLF`, `CR`, `mixed`, or `none` for a single line.
  var lineEnds: String
  var endsWithLineBreak: Bool
}

/// Rows with more or fewer fields than the header.
struct RaggedAccount: Codable, Sendable, Equatable {
  package var count: Int
  package var firstLines: [Int]
}

/// One column, or one run of columns that are alike.
package struct ColumnAccount: Codable, Sendable, Equatable {
  package var name: String
  /// Where it stands, counted from 1.
  package var position: Int
  package var role: ColumnRole
  var distinctCount: Int
  /// Whether there are more distinct texts than were kept.
  var isDistinctCapped = false
  var blankCount: Int
  package var examples: [String]
  package var area: AreaAccount?
  /// The classification of its categories, such as `SSA tier 1`; nil where none was recognised.
  package var scheme: String?
  package var periods: PeriodAccount?
  package var markers: [MarkerAccount] = []
  package var rounding: String?
  /// The most digits behind a decimal point of its figures.
  var decimalCount = 0
  /// Whether spaces stand around its figures or its codes of areas, or alone, so that a job needs `trim: true`.
  var isSpaced = false
  /// Whether its figures are written as amounts; see ``NumberEvidence``.
  var isAccounting = false
  /// Texts that do not fit the others, one sentence each.
  var oddTexts: [String] = []
  /// Whether some of its figures are below 0, which no count is.
  package var hasNegative = false
  /// Texts that stand for all others, such as `Total`.
  package var totals: [String] = []
}

/// The unit of a table's figures.
package struct UnitAccount: Codable, Sendable, Equatable {
  /// As a job writes it: `thousands`.
  package var name: String
  /// The text that names it.
  package var text: String
}

/// The levels of a column's areas and the year of their boundaries.
package struct AreaAccount: Codable, Sendable, Equatable {
  package var levels: [LevelCount]
  package var vintage: String?
}

/// How many areas of one level occur.
package struct LevelCount: Codable, Sendable, Equatable {
  package var level: String
  package var count: Int
}

/// The periods that occur and how they are written.
package struct PeriodAccount: Codable, Sendable, Equatable {
  package var kind: String
  package var labels: [String]
  package var count: Int
  /// Texts among the periods that are none, such as the labels of changes below the table.
  package var others: [String] = []
}

/// A text that stands where a number would.
package struct MarkerAccount: Codable, Sendable, Equatable {
  package var text: String
  package var count: Int
  package var meaning: String
}

/// What stands across a wide table.
package struct HeadingAccount: Codable, Sendable, Equatable {
  package var role: ColumnRole
  package var count: Int
  package var area: AreaAccount?
  package var scheme: String?
  package var periods: PeriodAccount?
  /// The parts of headings that hold more than one key.
  package var crossed: CrossedHeadings?
}

/// The columns that should tell every row apart, and whether they do.
package struct KeyAccount: Codable, Sendable, Equatable {
  package var columns: [String]
  var duplicateCount: Int
  var firstDuplicateLine: Int?
  /// Whether every row was compared.
  var isComplete: Bool
}
