import Extracts
import Mismatch

extension JobNode {
  /// `{ narrower-than: N, publish: unsharpened | sharpened }`.
  package func disclosureGuard() throws -> DisclosureGuard {
    let keys = try keyed(["narrower-than", "publish"])
    var disclosure = DisclosureGuard()
    if let width = try keys["narrower-than"]?.number(in: .counts) { disclosure.leastWidth = width }
    if let node = keys["publish"] {
      guard let publication = DisclosureGuard.Publication(rawValue: try node.text()) else {
        throw node.wrong(
          expected: DisclosureGuard.Publication.allCases.map(\.rawValue).joined(separator: " or "))
      }
      disclosure.publication = publication
    }
    return disclosure
  }
}
