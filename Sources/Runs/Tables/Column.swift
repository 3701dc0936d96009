import Extracts
import Jobs
import Mismatch

/// What stands in one place of a table.
enum Field: Sendable, Equatable {
  case text(String)
  /// NaN and infinite numbers are left empty; the row's status says why.
  case number(Double)
}

/// What a column of a table holds, as `columns.json` says it.
package struct ColumnRecord: Encodable, Sendable, Equatable {
  /// What kind of fields a column has, the same in every run.
  package enum Kind: String, Encodable, Sendable {
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
}

/// A column of a table: what it holds, and its field of a row.
struct Column<Row>: Sendable {
  let record: ColumnRecord
  let field: @Sendable (Row) -> Field

  /// A column of texts or codes.
  static func text(
    _ name: String, _ description: String, _ value: @escaping @Sendable (Row) -> String
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .text, unit: nil, description: description)) {
        .text(value($0))
      }
    ]
  }

  /// A column of numbers.
  static func number(
    _ name: String, unit: String, _ description: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .number, unit: unit, description: description))
      {
        .number(value($0) ?? .nan)
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
        .number(value($0).map(Double.init) ?? .nan)
      }
    ]
  }

  /// A column of status codes.
  static func status(
    _ name: String = "status", _ description: String, _ value: @escaping @Sendable (Row) -> Status
  ) -> [Column] {
    [
      Column(record: ColumnRecord(name: name, kind: .status, unit: nil, description: description)) {
        .text(value($0).text)
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
