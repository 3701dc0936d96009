import Extracts

/// Where outlines of areas stand: GeoJSON.
package struct BoundariesJob: Sendable {
  package let file: InputFile
  /// The property of each feature that holds the area's code; nil takes the one whose values are codes of areas.
  package let code: String?
}

extension JobNode {
  /// Outlines of areas: the name of a file, or `{ file:, code: }`.
  func boundaries(folder: String) throws -> BoundariesJob {
    let keys = isMapping ? try keyed(["file", "code"]) : ["file": self]
    let name = try keys.required("file", of: self).text()
    return BoundariesJob(
      file: InputFile(name: name, path: name.asPath(in: folder)), code: try keys["code"]?.text())
  }
}
