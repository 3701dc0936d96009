import Mismatch

/// A sheet of a workbook that holds cells, by the name on its tab.
struct SheetName: Sendable, Equatable {
  let name: String
  /// Whether the workbook hides it from its readers.
  let isHidden: Bool
}

/// What a workbook's directory parts say: its sheets and where each part is.
struct WorkbookParts {
  /// Inflated bytes that a part other than sheets and shared texts may have: 64 MiB.
  static let partLimit = 1 << 26

  let sheets: [(sheet: SheetName, part: String)]
  let epoch: DateEpoch
  let sharedStrings: String?
  let styles: String?

  /// Reads the directory parts of an archive.
  ///
  /// - Throws: ``Failure`` (`badData`) where one is missing or broken.
  init(_ archive: Archive) throws {
    let root = try archive.workbookPart() ?? WorkbookParts.usualRoot
    let folder = TextFile.folder(of: "/" + root)
    let relations = RelationCollector()
    try WorkbookParts.read(
      WorkbookParts.part(WorkbookParts.relations(of: root), in: "/", of: archive), of: archive,
      into: relations)
    let directory = DirectoryCollector()
    try WorkbookParts.read(
      WorkbookParts.part(root, in: "/", of: archive), of: archive, into: directory)
    var sheets: [(sheet: SheetName, part: String)] = []
    for sheet in directory.sheets {
      guard let relation = relations.found[sheet.relation] else {
        throw Failure(
          .badData, at: archive.place,
          "the workbook does not give the location of its sheet "
            + "\"\(sheet.name)\" is", advice: "Fetch the file again, or save it again in Excel")
      }
      // Charts and dialogues are sheets too, without cells.
      guard relation.type.hasSuffix("/worksheet") else { continue }
      let part = try WorkbookParts.part(relation.target, in: folder, of: archive)
      sheets.append((SheetName(name: sheet.name, isHidden: sheet.isHidden), part))
    }
    self.sheets = sheets
    epoch = directory.epoch
    sharedStrings = try relations.target(ofType: "/sharedStrings").map {
      try WorkbookParts.part($0, in: folder, of: archive)
    }
    styles = try relations.target(ofType: "/styles").map {
      try WorkbookParts.part($0, in: folder, of: archive)
    }
  }

  /// The part in which programs usually write the sheets' names.
  fileprivate static let usualRoot = "xl/workbook.xml"

  /// The part that says where the parts of another one are.
  private static func relations(of part: String) -> String {
    let folder = TextFile.folder(of: "/" + part)
    let name = part.split(separator: "/").last ?? ""
    return "\(folder == "/" ? "" : folder)/_rels/\(name).rels"
  }

  fileprivate static func read(
    _ name: String, of archive: Archive, into handler: any MarkupHandler
  ) throws {
    let member = try archive.open(name, limit: partLimit)
    let markup = try Markup(member, handler: handler)
    while try markup.read() {}
  }

  /// The archive's member that a target names, which is relative to a folder unless it begins with a slash.
  private static func part(
    _ target: String, in folder: String, of archive: Archive
  ) throws -> String {
    let path = target.asPath(in: folder)
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    let name = steps.joined(separator: "/")
    guard let member = archive.part(named: name) else {
      throw Failure(
        .badData, at: archive.place, "the workbook has no part \"\(name)\"",
        advice: "Fetch the file again, or save it again in Excel")
    }
    return member
  }
}

extension Archive {
  /// The part that names a workbook's sheets: where the archive's root relations say, or where it usually is; nil
  /// where the archive is no workbook.
  func workbookPart() throws -> String? {
    let usual = part(named: WorkbookParts.usualRoot)
    guard usual == nil, let root = part(named: "_rels/.rels") else { return usual }
    let relations = RelationCollector()
    try WorkbookParts.read(root, of: self, into: relations)
    guard let target = relations.target(ofType: "/officeDocument"),
      let found = part(named: target.hasPrefix("/") ? String(target.dropFirst()) : target)
    else { return nil }
    // Other documents of the same family have such a part too.
    let start = RootCollector()
    try WorkbookParts.read(found, of: self, into: start)
    return start.isWorkbook == true ? found : nil
  }
}

/// Looks whether the first element is a workbook's.
private final class RootCollector: MarkupHandler {
  private(set) var isWorkbook: Bool?

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
    isWorkbook = isWorkbook ?? (name == "workbook")
  }

  func end(_ name: MarkupName) -> MarkupStep { .goOn }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Gathers where the parts are.
private final class RelationCollector: MarkupHandler {
  private(set) var found: [String: (type: String, target: String)] = [:]

  func target(ofType suffix: String) -> String? {
    found.values.filter { $0.type.hasSuffix(suffix) }.map(\.target).min()
  }

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
    guard name == "Relationship", let id = attributes["Id"], let type = attributes["Type"],
      let target = attributes["Target"], attributes["TargetMode"] != "External"
    else { return }
    found[id] = (type, target)
  }

  func end(_ name: MarkupName) -> MarkupStep { .goOn }
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Gathers the sheets and the epoch.
private final class DirectoryCollector: MarkupHandler {
  private(set) var sheets: [(name: String, isHidden: Bool, relation: String)] = []
  private(set) var epoch = DateEpoch.year1900
  private var names: Set<Spelling> = []

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws {
    switch name {
    case "workbookPr":
      if ["1", "true"].contains(attributes["date1904"]) { epoch = .year1904 }
    case "sheet":
      // The relation is the attribute `id` of another namespace; `sheetId` is only a number.
      guard let title = attributes["name"], let relation = attributes["id"] else { return }
      guard names.insert(Spelling(title)).inserted else {
        throw Failure(.badData, "the workbook has two sheets \"\(title)\"")
      }
      let isHidden = ["hidden", "veryHidden"].contains(attributes["state"])
      sheets.append((title, isHidden, relation))
    default: break
    }
  }

  func end(_ name: MarkupName) -> MarkupStep { .goOn }
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
