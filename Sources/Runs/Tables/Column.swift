import Extracts
import Jobs
import Mismatch

/// What a column of a table holds, as `columns.json` says it.
package struct ColumnRecord: Codable, Sendable, Equatable {
  /// What kind of fields a column has, the same in every run.
  package enum Kind: String, Codable, Sendable {
    case text
    case number
    case integer
    /// Codes of ``Status`` with spaces between them; empty for an ordinary number.
    case status
  }

  package let name: String
  package let kind: Kind
  /// Nil for texts and codes.
  package let unit: String?
  /// One sentence.
  package let description: String

  package init(name: String, kind: Kind, unit: String?, description: String) {
    (self.name, self.kind, self.unit, self.description) = (name, kind, unit, description)
  }
}

/// A column of a table: what it holds, and what writes its field of a row.
struct Column<Row>: Sendable {
  typealias Writer = @Sendable (_ row: Row, _ text: inout CSVText) -> Void

  let record: ColumnRecord
  let write: Writer

  /// What writes the fields of columns, at least one, one after another.
  ///
  /// Halves within halves, as a loop over an array would count references at every field, all threads the same ones.
  static func writer(of columns: ArraySlice<Column>) -> Writer {
    guard columns.count > 1 else { return columns[columns.startIndex].write }
    let half = columns.count / 2
    let (first, second) = (writer(of: columns.prefix(half)), writer(of: columns.dropFirst(half)))
    return { row, text in
      first(row, &text)
      second(row, &text)
    }
  }

  /// A column of texts or codes.
  static func text(
    _ name: String, _ description: String, _ value: @escaping @Sendable (Row) -> String
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .text, unit: nil, description: description)) {
        $1.text(value($0))
      }
    ]
  }

  /// A column of numbers; NaN and infinite ones are left empty, and the row's status says why.
  static func number(
    _ name: String, unit: String, _ description: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .number, unit: unit, description: description))
      {
        $1.number(value($0) ?? .nan)
      }
    ]
  }

  /// A column of whole numbers.
  static func integer(
    _ name: String, unit: String, _ description: String,
    _ value: @escaping @Sendable (Row) -> Int?
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .integer, unit: unit, description: description))
      {
        $1.number(value($0).map(Double.init) ?? .nan)
      }
    ]
  }

  /// A column of status codes.
  static func status(
    _ name: String = "status", _ description: String, _ value: @escaping @Sendable (Row) -> Status
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .status, unit: nil, description: description)) {
        $1.text(value($0).text)
      }
    ]
  }

  /// The two ends of an interval.
  static func interval(
    _ name: String, unit: String, _ description: String,
    _ value: @escaping @Sendable (Row) -> ConfidenceInterval
  ) -> [Column] {
    number("\(name)_lower", unit: unit, "Lower end: \(description)") { value($0).lower }
      + number("\(name)_upper", unit: unit, "Upper end: \(description)") { value($0).upper }
  }

  /// A figure's value, bounds and status.
  static func figure(
    _ name: String, unit: String, _ description: String,
    _ value: @escaping @Sendable (Row) -> Figure
  ) -> [Column] {
    number(name, unit: unit, description) { value($0).value }
      + number(
        "\(name)_lower", unit: unit,
        "Lower bound of \(name), given rounding, suppression and published totals."
      ) { value($0).lower }
      + number(
        "\(name)_upper", unit: unit,
        "Upper bound of \(name), given rounding, suppression and published totals."
      ) { value($0).upper }
      + status("\(name)_status", "Status of \(name), or why it is undefined.") {
        value($0).writtenStatus
      }
  }
}

/// The headings of a figure's four fields.
package func figureHeadings(_ name: String) -> [String] {
  [name, "\(name)_lower", "\(name)_upper", "\(name)_status"]
}

extension Figure {
  /// The status with ``Status/unbounded`` where a number of the figure is infinite, which files leave empty.
  package var writtenStatus: Status {
    value.isInfinite || lower.isInfinite || upper.isInfinite ? status.union(.unbounded) : status
  }
}

/// Columns one after another.
@resultBuilder
enum ColumnList<Row> {
  static func buildExpression(_ columns: [Column<Row>]) -> [Column<Row>] { columns }

  static func buildBlock(_ parts: [Column<Row>]...) -> [Column<Row>] { Array(parts.joined()) }
}

extension Column {
  /// Columns, one group after another.
  package static func list(@ColumnList<Row> _ columns: () -> [Column<Row>]) -> [Column<Row>] {
    columns()
  }
}
