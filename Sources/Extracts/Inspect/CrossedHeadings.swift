/// Headings of value columns that hold two keys, such as `North East: Construction` and `2021 | Starts`.
package struct CrossedHeadings: Codable, Sendable, Equatable {
  /// What stands between the two.
  package var separator: String
  /// The role of each part; nil where it names what is counted.
  package var roles: [ColumnRole?]
  /// What is counted, where a part of the headings names that.
  package var measure: String?

  /// The value of a job that reads the columns.
  var jobText: String {
    let mark = separator == " | " ? #" \| "# : separator
    let patterns = ["'^(.*?)\(mark)'", "'\(mark)(.*)$'"]
    let keys = zip(roles, patterns).compactMap { role, pattern in
      role.map { "\($0.key.rawValue): \(pattern)" }
    }
    let columns = ScalarText.quoted("*\(separator)\(measure ?? "*")")
    return "value: { columns: [ \(columns) ], \(keys.joined(separator: ", ")) }"
  }
}

extension ColumnRole {
  /// The key of a side that a column of this role is.
  var key: KeyRole {
    switch self {
    case .areaName, .areaCode: .area
    case .period: .period
    default: .category
    }
  }
}
