/// What a key says of a count.
package enum KeyRole: String, Sendable, CaseIterable {
  case area
  case category
  case period
}
