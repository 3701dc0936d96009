import Extracts
import Mismatch

extension Job {
  private static let keys = [
    "name", "title", "sources", "areas", "sectors", "provision", "demand", "exclude-areas",
    "exclude-sectors",
    "measures", "periods", "tolerance", "intervals", "calls", "accept", "limits", "guard", "output",
  ]

  /// Decodes one of the runs that a job file describes, and checks all that can be checked without opening the
  /// inputs.
  ///
  /// - Parameter vocabulary: what it may name.
  /// - Throws: ``Failure`` with file, line and column of what is wrong.
  package init(_ run: JobRun, knowing vocabulary: JobVocabulary) throws {
    let (root, file) = (JobNode(run.tree), run.file)
    let keys = try root.keyed(Job.keys + vocabulary.blocks.map(\.key))
    let folder = TextFile.folder(of: file)
    name = try keys["name"]?.text() ?? TextFile.stem(of: file)
    title = try keys["title"]?.text() ?? name
    sources = try keys["sources"]?.sources() ?? []
    text = run.text
    self.file = file
    bases = run.bases
    self.folder = folder
    areas = try keys["areas"]?.areaRegister(folder: folder) ?? Register(scheme: "area")
    sectors = try keys["sectors"]?.sectorRegister(folder: folder) ?? Register(scheme: "sector")
    sides = try Sides { side in
      try keys.required(side.rawValue, of: root).side(side, folder: folder)
    }
    excludedAreas = try keys["exclude-areas"]?.spellings() ?? []
    excludedSectors = try keys["exclude-sectors"]?.spellings() ?? []
    measures = try keys["measures"]?.measures() ?? Measure.unlessAsked
    (periodPairs, periodOrder) = try keys["periods"]?.periods() ?? (nil, nil)
    inference = try InferenceRule(
      intervals: keys["intervals"], calls: keys["calls"], tolerance: keys["tolerance"])
    accepted = try keys["accept"]?.reasons() ?? [:]
    limits = try keys["limits"]?.checkLimits() ?? CheckLimits()
    disclosure = try keys["guard"]?.disclosureGuard() ?? DisclosureGuard()
    let output = try keys["output"]?.output(folder: folder, vocabulary)
    outputFolder = output?.folder ?? "out/\(name)".asPath(in: folder)
    outputFiles = output?.files ?? vocabulary.defaultFiles
    documents = output?.documents ?? []
    compressesTables = output?.compressesTables ?? false
    for block in vocabulary.blocks {
      guard let node = keys[block.key] else { continue }
      requestTables += try block.decode(node, folder, &requests)
    }
    try verifyStreams()
    try verifySources()
    if weightBases.allSatisfy({ $0 == .stated }) { inference.kinds.remove(.crosswalk) }
    // Scaled figures are no counts of anything, so chance and uncertain weights have no form for them.
    if isReconciled { inference.kinds.formIntersection(.bounds) }
  }
}

extension JobNode {
  fileprivate func areaRegister(folder: String) throws -> Register {
    let keys = try keyed(
      ["level", "lookup", "code", "name", "group", "focus", "boundaries"] + lifeKeys + tableKeys)
    var register = try register(
      keys, scheme: keys["level"], file: keys["lookup"] ?? keys["file"], folder: folder)
    register.boundaries = try keys["boundaries"]?.boundaries(folder: folder)
    return register
  }

  fileprivate func sectorRegister(folder: String) throws -> Register {
    let keys = try keyed(["scheme", "code", "name", "focus"] + lifeKeys + tableKeys)
    return try register(keys, scheme: keys["scheme"], file: keys["file"], folder: folder)
  }

  private func register(
    _ keys: [String: JobNode], scheme: JobNode?, file: JobNode?, folder: String
  ) throws -> Register {
    var register = Register(
      scheme: try scheme?.text() ?? "own", focus: try keys["focus"]?.text())
    guard let file else {
      guard let group = keys["group"] else { return register }
      throw group.wrong(expected: "a `lookup` with this column")
    }
    var keys = keys
    keys["file"] = file
    register.table = try table(keys, folder: folder)
    register.code = try keys.required("code", of: self).key()
    register.name = try keys["name"]?.key()
    register.group = try keys["group"]?.key()
    register.life = try life(keys, from: "introduced", to: "terminated")
    return register
  }

  /// One map, or several that follow one another.
  func chain(folder: String) throws -> [MapJob] {
    let maps = try items().map { try $0.map(folder: folder, mayHaveConfidence: true) }
    guard maps.count == 1 || maps.allSatisfy({ $0.basis == .stated }) else {
      let key = maps.contains { $0.basis == .counts } ? "counts" : "confidence"
      throw Failure(
        .badData, at: place, "`\(path)` is a list of maps, and one of them has `\(key)`",
        expected: "`\(key)` in a single map, not in a chain",
        advice: "Join the maps into one file, or "
          + (key == "counts" ? "name the shares as `weight`" : "leave `confidence` out"))
    }
    return maps
  }

  /// The keys of a lookup or a crosswalk besides those of its table.
  package static let mapKeys = [
    "from", "to", "weight", "counts", "normalise", "valid-from", "valid-to", "as-of",
  ]

  /// A lookup or a crosswalk.
  ///
  /// - Parameter mayHaveConfidence: whether a confidence of its weights has a use.
  package func map(folder: String, mayHaveConfidence: Bool = false) throws -> MapJob {
    let keys = try keyed(
      JobNode.mapKeys + (mayHaveConfidence ? ["confidence"] : []) + tableKeys)
    return try map(keys, folder: folder)
  }

  /// A lookup or a crosswalk from its keys.
  package func map(_ keys: [String: JobNode], folder: String) throws -> MapJob {
    if let counts = keys["counts"], keys["weight"] != nil || keys["normalise"] != nil {
      throw counts.wrong(expected: "`counts` alone, without `weight` and `normalise`")
    }
    return MapJob(
      table: try table(keys, folder: folder), from: try keys.required("from", of: self).key(),
      to: try keys.required("to", of: self).key(),
      weight: try (keys["counts"] ?? keys["weight"])?.text(), basis: try basis(keys),
      normalises: try keys["counts"] != nil || keys["normalise"]?.boolean() ?? false,
      life: try life(keys, from: "valid-from", to: "valid-to"))
  }

  /// What is known of the weights of a map.
  private func basis(_ keys: [String: JobNode]) throws -> WeightedMap.Basis {
    guard let confidence = keys["confidence"] else {
      return keys["counts"] == nil ? .stated : .counts
    }
    guard keys["counts"] == nil else {
      throw confidence.wrong(
        expected: "either `confidence` or `counts`",
        advice: "Leave `confidence` out: counts of cases say themselves how reliable they are")
    }
    guard keys["weight"] != nil || keys["normalise"] != nil else {
      throw confidence.wrong(
        expected: "a `weight` beside it",
        advice: "Leave `confidence` out: without weights every code has one target")
    }
    return .confidence(try confidence.number(in: .parameters))
  }

  /// `{ check: "reason" }`; whether there is such a check is for those who know them.
  fileprivate func reasons() throws -> [String: String] {
    var reasons: [String: String] = [:]
    for (name, value) in try pairs() {
      let reason = try value.text()
      guard !reason.trimmed().isEmpty else {
        throw value.wrong(expected: "the reason for accepting the findings of the check")
      }
      reasons[name] = reason
    }
    return reasons
  }

  fileprivate func measures() throws -> [Measure] {
    let known = Measure.catalogue
    let wanted = try items().map { item in
      let name = try item.text()
      guard known.contains(where: { $0.name == name }) else {
        throw Failure.unknown("measure", name, known: known.map(\.name), at: item.place)
      }
      return name
    }
    return known.filter { wanted.contains($0.name) }
  }
}
