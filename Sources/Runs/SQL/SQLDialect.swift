import Mismatch

/// A query engine and how it writes what the queries of a side are made of.
package enum SQLDialect: String, CaseIterable, Sendable {
  /// Spark SQL from 3.5 on, and Databricks.
  case spark
  case duckdb
  /// Athena's third version, and Trino.
  case athena
  case bigquery

  /// The type of texts.
  var textType: String {
    switch self {
    case .spark, .bigquery: "STRING"
    case .duckdb, .athena: "VARCHAR"
    }
  }

  /// The type of whole counts, whose products and sums do not overflow.
  var countType: String {
    switch self {
    case .spark, .athena: "DECIMAL(18,0)"
    case .duckdb: "HUGEINT"
    case .bigquery: "NUMERIC"
    }
  }

  /// A type of decimals with so many digits in all and behind the point.
  func decimalType(_ digits: Int, _ places: Int) -> String {
    self == .bigquery ? "BIGNUMERIC" : "DECIMAL(\(digits),\(places))"
  }

  /// A name of a column in its quotes.
  func identifier(_ name: String) -> String {
    switch self {
    case .spark: "`\(escaped(name, ["`": "``"]))`"
    case .bigquery: "`\(escaped(name, ["\\": "\\\\", "`": "\\`"]))`"
    case .duckdb, .athena: "\"\(escaped(name, ["\"": "\"\""]))\""
    }
  }

  /// A name of a table, whose parts points separate.
  func table(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false)
      .map { identifier(String($0)) }.joined(separator: ".")
  }

  /// A text in its quotes.
  func literal(_ text: String) -> String {
    let backslashes: [Unicode.Scalar: String] = [
      "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r",
    ]
    return switch self {
    case .duckdb, .athena: "'\(escaped(text, ["'": "''"]))'"
    case .bigquery: "'\(escaped(text, backslashes))'"
    // Spark puts the value of a variable in the place of `${name}`, also within a text.
    case .spark: "'\(escaped(text, backslashes.merging(["$": "\\u0024"]) { $1 }))'"
    }
  }

  /// A text with others in the place of some scalars.
  ///
  /// A quote and a combining accent behind it are one character to Swift, and two to every engine.
  private func escaped(_ text: String, _ others: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.map { others[$0] ?? String($0) }.joined()
  }

  /// Texts in brackets.
  func list(_ texts: [String]) -> String { "(\(texts.map(literal).joined(separator: ", ")))" }

  /// A column as a text that is compared by its bytes, whatever the column's own collation; empty where it is null.
  func text(ofColumn name: String) -> String {
    let text = "CAST(\(identifier(name)) AS \(textType))"
    let plain =
      switch self {
      case .athena: text
      case .duckdb: "\(text) COLLATE C"
      case .spark: "CAST(CAST(\(text) AS BINARY) AS STRING)"
      case .bigquery: "CAST(CAST(\(text) AS BYTES) AS STRING)"
      }
    return "COALESCE(\(plain), '')"
  }

  /// Whether a text matches a pattern in the syntax that RE2 and Java share.
  func matches(_ text: String, _ pattern: String) -> String {
    let function =
      switch self {
      case .spark, .athena: "REGEXP_LIKE"
      case .duckdb: "REGEXP_MATCHES"
      case .bigquery: "REGEXP_CONTAINS"
      }
    return "\(function)(\(text), \(literal(pattern)))"
  }

  /// A text without all that matches a pattern.
  func removing(_ pattern: String, from text: String) -> String {
    "REGEXP_REPLACE(\(text), \(literal(pattern)), ''\(self == .duckdb ? ", 'g'" : ""))"
  }

  /// A value of another type; null where it cannot be one.
  func tryCast(_ value: String, _ type: String) -> String {
    "\(self == .bigquery ? "SAFE_CAST" : "TRY_CAST")(\(value) AS \(type))"
  }

  /// A number as decimal text without exponent.
  func text(of number: String) -> String { "CAST(\(number) AS \(textType))" }
}
