import Extracts
import Jobs

/// Columns of keys that a row holds as texts, in their order.
extension Column {
  package static func texts(
    _ keys: [(name: String, description: String)], _ values: @escaping @Sendable (Row) -> [String]
  ) -> [Column] {
    keys.enumerated().flatMap { number, key in
      text(key.name, key.description) { values($0)[number] }
    }
  }
}
