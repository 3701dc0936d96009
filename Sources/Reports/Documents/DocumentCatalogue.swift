import Jobs

/// All documents.
///
/// A new one is a file or folder beside this and a line here.
enum DocumentCatalogue {
  static let all: [any RunDocument.Type] = [
    ReportDocument.self, FiguresDocument.self, TableMetadata.self, WorkbookDocument.self,
    EESDocument.self,
  ]

  /// The folders that documents have in a run's.
  static let folders = all.compactMap { $0.folder }

  static func wanted(by job: Job) -> [any RunDocument.Type] { all.filter { $0.isWanted(by: job) } }

  /// Whether a document can have a file of this name.
  static func isName(_ name: String) -> Bool { all.contains { has(name, $0) } }

  /// Whether the documents of a job can have a file of this name, or a folder.
  static func isName(_ name: String, of job: Job) -> Bool {
    wanted(by: job).contains { $0.folder == name || has(name, $0) }
  }

  private static func has(_ name: String, _ document: any RunDocument.Type) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 2 ? String(parts[0]) : nil
    return parts.count <= 2 && folder == document.folder && document.isName(name)
  }
}
