import Extracts
import Jobs
import Mismatch

/// One of a side's files while its rows are taken up.
struct SideTable {
  let file: InputFile
  /// The file's number among the side's inputs.
  let number: Int
  /// The side with the table that the file is of, and that table's number.
  let job: SideJob
  let block: Int
  var filter: RowFilter
  var columns: [ValueColumn]
  /// The same for the watch, which may ask of codes that the tally is never told of; empty without one.
  var watched: [ValueColumn]
  let partColumns: [Int]
  let uniqueColumn: Int?
  let figures: FigureReader
  let ownBounds: BoundsReader?
  let nomis: NomisColumns?
  var statuses: StatusReader?
  var units: UnitReader
  var trace: RoundingTrace
  /// Columns that hold names of the codes of a dimension.
  let nameColumns: [(dimension: Dimension, column: Int)]
  var rowCount = 0

  func nameColumn(_ dimension: Dimension) -> Int? {
    nameColumns.first { $0.dimension == dimension }?.column
  }

  /// What each row counts, where no column says it.
  var countOfRow: Double? { job.countOfRow }
}
