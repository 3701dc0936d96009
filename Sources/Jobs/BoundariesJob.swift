import Extracts

/// Where outlines of areas stand: GeoJSON.
package struct BoundariesJob: Sendable {
  package let file: InputFile
  /// The property of each feature that holds the area's code; nil takes the one whose values are codes of areas.
  package let code: String?
  /// Where the file can be fetched from; nil where the job does not say.
  package let source: FileSource?
}

extension JobNode {
  /// Outlines of areas: the name of a file, or `{ file:, code:, source: }`.
  func boundaries(folder: String) throws -> BoundariesJob {
    let keys = isMapping ? try keyed(["file", "code", "source"]) : ["file": self]
    let name = try keys.required("file", of: self).text()
    return BoundariesJob(
      file: InputFile(name: name, path: name.asPath(in: folder)), code: try keys["code"]?.text(),
      source: try keys["source"]?.fileSource())
  }
}
