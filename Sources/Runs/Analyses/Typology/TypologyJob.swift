import Extracts
import Jobs
import Mismatch

/// Which typology of areas a job asks for.
struct TypologyJob: Sendable {
  package var subject: Typology.Subject
  var linkage: Linkage
  var clusterCount: Int
}

extension JobNode {
  /// `{ table: gap | provision | demand, linkage: ward | average | complete, clusters: 4 }`.
  func typology() throws -> TypologyJob {
    let keys = try keyed(["table", "linkage", "clusters"])
    let clusters = try keys.required("clusters", of: self)
    guard let count = Int(try clusters.text()), count >= 2 else {
      throw clusters.wrong(expected: "a whole number from 2")
    }
    return TypologyJob(
      subject: try keys["table"]?.choice("table") ?? .gap,
      linkage: try keys["linkage"]?.choice("linkage") ?? .ward, clusterCount: count)
  }
}
