import Extracts
import Mismatch

/// One of the runs that a job file describes: its name, nil for a job without variants, and the job itself.
struct JobVariant {
  let name: String?
  let tree: JobTree
}

extension JobTree {
  /// Whether the job describes several runs.
  var isVaried: Bool { self["variants"] != nil || self["matrix"] != nil }

  /// The runs of a job: each of its variants with each combination of its matrix, in the order of the file; the
  /// last list of the matrix changes fastest.
  ///
  /// - Throws: ``Failure`` for a `${name}` that stands for nothing, and for a list that nothing uses.
  func runs() throws -> [JobVariant] {
    guard isVaried else {
      let names = Placeholders([:])
      return [JobVariant(name: nil, tree: try mapTexts(names.fill))]
    }
    var common = self
    let (variants, matrix) = (self["variants"], self["matrix"])
    common["variants"] = nil
    common["matrix"] = nil
    try common.giveOwnFolders(at: (variants ?? matrix)?.place ?? place)
    let named = try variants.map { try $0.variants() } ?? []
    let jobs: [(name: String?, tree: JobTree)] =
      named.isEmpty
      ? [(nil, common)]
      : try named.map { ($0.name, $0.value.isNull ? common : try $0.value.over(common)) }
    let lists = try matrix.map { try $0.lists() } ?? []
    let runs = try jobs.flatMap { job in
      try lists.combinations().map { try job.tree.run(of: job.name, $0) }
    }
    try lists.verifyUse(by: jobs.map(\.tree))
    return runs
  }

  /// This job as one run.
  private func run(of variant: String?, _ values: [(name: String, value: String)]) throws
    -> JobVariant
  {
    let parts = [variant].compactMap { $0 } + values.map(\.value)
    let name = parts.map(\.asNamePart).joined(separator: "-")
    var texts = Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.value) })
    texts["variant"] = variant
    texts["run"] = name
    return JobVariant(name: name, tree: try mapTexts(Placeholders(texts).fill))
  }

  /// Puts the run's name at the end of the output folder, unless the job's own text tells its runs apart.
  private mutating func giveOwnFolders(at place: Place) throws {
    var output = self["output"] ?? JobTree(.keys([]), at: place)
    let folder = output["folder"]
    guard folder?.text?.contains("${") != true else { return }
    let stated = try folder.map { try JobNode($0, path: "output.folder").text() } ?? "out"
    output["folder"] = JobTree(.text("\(stated)/${run}"), at: folder?.place ?? place)
    self["output"] = output
  }

  /// The entries of `variants`.
  private func variants() throws -> [Entry] {
    guard let entries, !entries.isEmpty else {
      throw JobNode(self, path: "variants").wrong(
        expected: "names, each with the keys that it changes")
    }
    for entry in entries where entry.value.entries == nil && !entry.value.isNull {
      throw JobNode(entry.value, path: "variants.\(entry.name)").wrong(
        expected: "the keys that it changes")
    }
    return entries
  }

  /// The lists of `matrix`.
  private func lists() throws -> [MatrixList] {
    guard let entries, !entries.isEmpty else {
      throw JobNode(self, path: "matrix").wrong(expected: "names, each with a list of texts")
    }
    return try entries.map { entry in
      guard Placeholders.isName(entry.name), !["run", "variant"].contains(entry.name) else {
        throw Failure(
          .badData, at: entry.place, "a list of `matrix` is called \"\(entry.name)\"",
          expected:
            "a name of letters, digits, - and _ that begins with a letter, and is neither run nor variant"
        )
      }
      let node = JobNode(entry.value, path: "matrix.\(entry.name)")
      let values = try node.someItems().map { item in
        guard !item.isMapping else {
          throw item.wrong(
            expected: "a text", advice: "What changes several keys at once is one of `variants`")
        }
        return try item.text()
      }
      return MatrixList(name: entry.name, place: entry.place, values: values)
    }
  }
}

/// A list of `matrix`.
private struct MatrixList {
  let name: String
  let place: Place
  let values: [String]
}

extension [MatrixList] {
  /// All combinations of one value of each, the last list's changing fastest; one of no value where there are none.
  fileprivate func combinations() -> [[(name: String, value: String)]] {
    reduce([[]]) { combinations, list in
      combinations.flatMap { combination in
        list.values.map { combination + [(list.name, $0)] }
      }
    }
  }

  /// Makes sure that every list changes something.
  ///
  /// - Throws: ``Failure`` (`badData`) for one that no job uses: its runs would be one and the same.
  fileprivate func verifyUse(by jobs: [JobTree]) throws {
    for list in self {
      let isUsed = jobs.contains { job in
        var isUsed = false
        _ = job.mapTexts { text, _ in
          isUsed = isUsed || text.contains("${\(list.name)}")
          return text
        }
        return isUsed
      }
      guard isUsed else {
        throw Failure(
          .badData, at: list.place, "nothing in the job uses the list \"\(list.name)\" of `matrix`",
          expected: "a value with ${\(list.name)}",
          advice: "Write ${\(list.name)} where its values belong, or take the list out")
      }
    }
  }
}

/// What `${name}` stands for in the texts of a run; `$${` stands for `${` itself.
struct Placeholders {
  private let texts: [String: String]

  init(_ texts: [String: String]) { self.texts = texts }

  /// Whether a name may stand in `${name}`.
  static func isName(_ text: some StringProtocol) -> Bool {
    text.utf8.first.map { Character(Unicode.Scalar($0)).isLetter } == true
      && text.utf8.allSatisfy {
        let scalar = Unicode.Scalar($0)
        return scalar.isASCII
          && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
      }
  }

  /// A text with every `${name}` replaced.
  ///
  /// - Throws: ``Failure`` (`badData`) for a name that stands for nothing, with the nearest that does.
  func fill(_ text: String, at place: Place) throws -> String {
    guard text.contains("${") else { return text }
    var filled = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      let before = rest[..<start.lowerBound]
      if before.last == "$" {
        filled += before.dropLast() + "${"
        rest = rest[start.upperBound...]
        continue
      }
      guard let end = rest[start.upperBound...].firstIndex(of: "}"),
        Placeholders.isName(rest[start.upperBound..<end])
      else {
        filled += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        continue
      }
      let name = String(rest[start.upperBound..<end])
      guard let value = texts[name] else { throw unknown(name, at: place) }
      filled += before + value
      rest = rest[rest.index(after: end)...]
    }
    return filled + rest
  }

  private func unknown(_ name: String, at place: Place) -> Failure {
    let known = Codebook.sorted(texts.keys.map { "${\($0)}" })
    guard known.isEmpty else {
      return Failure.unknown("name", "${\(name)}", known: known, at: place)
    }
    return Failure(
      .badData, at: place,
      "${\(name)} stands for nothing: the job has no `matrix` and no `variants`",
      advice: "List its values under `matrix`, or write $${\(name)} for the text itself")
  }

  /// A text that ``fill(_:at:)`` makes this one of.
  static func literal(_ text: String) -> String { text.replacing("${", with: "$${") }
}

extension String {
  /// The text as a part of a folder's name: what is neither letter, digit, point, plus, minus nor underscore
  /// becomes a minus.
  package var asNamePart: String {
    let name = String(map { $0.isLetter || $0.isNumber || ".+-_".contains($0) ? $0 : "-" })
    return name.isEmpty || name.first == "." ? "-" + name : name
  }
}
