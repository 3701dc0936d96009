import Extracts
import Jobs
import Mismatch

/// What a job knows before it reads counts: registers, lookups and crosswalks, checked against each
/// other.
package struct Frame: Sendable {
  private struct Maps: Sendable {
    var lookup: WeightedMap?
    var crosswalk: WeightedMap?
    var background = SideBackground()
  }

  private let areaRegister: Codebook?
  private let sectorRegister: Codebook?
  /// Codes that a register has under several names, with those and their times.
  let renamed: [Spelling: [String]]
  /// The group of each area, where the job has groups.
  let groupOfArea: [Spelling: String]
  /// Outlines of areas, where the job has some.
  let boundaries: ReadBoundaries?
  /// Names that registers have for codes.
  package let names: [Dimension: [Spelling: String]]
  private var maps: [Subject: Maps] = [:]
  /// Totals of the sides that are scaled to some.
  private(set) var targets = Sides<RakingTargets?> { _ in nil }
  private let excludedAreas: Set<Spelling>
  private let excludedSectors: Set<Spelling>
  package private(set) var inputs: [InputRecord] = []

  /// Reads registers, lookups and crosswalks.
  ///
  /// - Throws: ``Failure`` for whatever is wrong in them: also for a target that a register does not
  ///   have, and for an exclusion that no register has.
  package init(_ job: Job, onRead: @escaping @Sendable (Int) -> Void) throws {
    excludedAreas = job.excludedAreas
    excludedSectors = job.excludedSectors
    let areas = try job.areas.read(role: "areas", dimension: .area, onRead: onRead)
    let sectors = try job.sectors.read(role: "sectors", dimension: .category, onRead: onRead)
    areaRegister = areas?.codes
    sectorRegister = sectors?.codes
    groupOfArea = areas?.groups ?? [:]
    names = [.area: areas?.names ?? [:], .category: sectors?.names ?? [:]]
    renamed = (areas?.renamed ?? [:]).merging(sectors?.renamed ?? [:]) { first, _ in first }
    boundaries = job.drawsAreas ? try job.areas.boundaries.map(ReadBoundaries.init) : nil
    inputs = (areas?.inputs ?? []) + (sectors?.inputs ?? [])
    if let boundaries { inputs.append(boundaries.input) }
    for (what, codes, register) in [
      ("exclude-areas", job.excludedAreas, areaRegister),
      ("exclude-sectors", job.excludedSectors, sectorRegister),
    ] {
      for code in Codebook.sorted(codes)
      where register?.position(of: code) == nil && register != nil {
        throw Failure.unknown(
          "code", code, known: register?.codes ?? [], at: Place(file: job.file), within: what)
      }
    }
    for counted in job.sides.both + AnalysisCatalogue.extracts(of: job) {
      maps[counted.subject] = try readMaps(counted, areas: areas, onRead: onRead)
    }
    for side in Side.allCases {
      guard let raking = try job.sides[side].raking?.read(side, onRead: onRead) else { continue }
      targets[side] = raking
      inputs += raking.areas.inputs + raking.sectors.inputs
    }
  }

  /// The lookup and the crosswalk of a side or an extract.
  private mutating func readMaps(
    _ job: SideJob, areas: ReadRegister?, onRead: @escaping @Sendable (Int) -> Void
  ) throws -> Maps {
    let lookups = try readChain(
      job.lookups, role: "\(job.subject.text) area-lookup", dimension: .area,
      targets: areaRegister, onRead: onRead)
    let crosswalks = try readChain(
      job.crosswalks, role: "\(job.subject.text) crosswalk", dimension: .category,
      targets: sectorRegister, onRead: onRead)
    return Maps(
      lookup: Frame.chained(lookups), crosswalk: Frame.chained(crosswalks),
      background: SideBackground(
        areaLinks: Frame.links(lookups), categoryLinks: Frame.links(crosswalks),
        areaLives: lookups.first?.lives ?? (lookups.isEmpty ? areas?.lives : nil) ?? [:],
        otherTimes: lookups.first?.otherTimes ?? areas?.otherTimes ?? [:], names: names))
  }

  /// Maps that follow one another, as one.
  private static func chained(_ maps: [ReadMap]) -> WeightedMap? {
    maps.dropFirst().reduce(maps.first?.map) { $0?.followed(by: $1.map) }
  }

  private static func links(_ maps: [ReadMap]) -> [MapLink] {
    maps.map { read in
      MapLink(name: read.inputs.map(\.name).joined(separator: ", "), map: read.map)
    }
  }

  /// Maps that follow one another.
  private mutating func readChain(
    _ jobs: [MapJob], role: String, dimension: Dimension, targets: Codebook?,
    onRead: @escaping @Sendable (Int) -> Void
  ) throws -> [ReadMap] {
    var chain: [ReadMap] = []
    for (number, job) in jobs.enumerated() {
      let read = try job.read(role: role, dimension: dimension, onRead: onRead)
      inputs += read.inputs
      if number == jobs.count - 1, let targets {
        let unknown = Codebook.sorted(read.targetPlaces.keys).filter {
          targets.position(of: $0) == nil
        }
        if let first = unknown.first {
          throw Failure(
            .badData, at: read.targetPlaces[first],
            "the \(role) maps to \(Failure.examples(unknown)), which is not in the register",
            expected: "codes such as " + Failure.examples(targets.codes, limit: 3),
            advice: Failure.lookalike(of: first, among: targets.codes)
              ?? "Add them to the register, or leave those rows out with `where`")
        }
      }
      chain.append(read)
    }
    return chain
  }

  /// The map from a side's categories to sectors, where it has one.
  func crosswalk(_ side: Side) -> WeightedMap? { maps[Subject(side)]?.crosswalk }

  /// The map from an extract's or a side's areas to those of the grid, where it has one.
  func lookup(_ subject: Subject) -> WeightedMap? { maps[subject]?.lookup }

  /// What registers and lookups say of source codes.
  package func background(_ subject: Subject) -> SideBackground {
    maps[subject]?.background ?? SideBackground()
  }

  /// Source codes of a side that reach a code of the grid, with their weights.
  package func sources(_ side: Side, _ dimension: Dimension, of code: String) -> [Spelling: Double]
  {
    let maps = maps[Subject(side)]
    guard let map = dimension == .area ? maps?.lookup : maps?.crosswalk else {
      return [Spelling(code): 1]
    }
    let found = map.sources.compactMap { source in
      map.targets(of: source).first { $0.to.isSpelt(as: code) }.map {
        (Spelling(source), $0.weight)
      }
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  // MARK: Axes

  /// How the grid receives the source areas.
  func areaRule(_ subject: Subject) -> AxisRule {
    rule(map: lookup(subject), register: areaRegister, excluded: excludedAreas)
  }

  /// How the grid receives the source categories.
  func categoryRule(_ subject: Subject) -> AxisRule {
    rule(map: maps[subject]?.crosswalk, register: sectorRegister, excluded: excludedSectors)
  }

  private func rule(map: WeightedMap?, register: Codebook?, excluded: Set<Spelling>) -> AxisRule {
    guard let map else {
      return AxisRule(codes: register) { code in
        excluded.contains(Spelling(code))
          ? AxisShare(mapped: 0, excluded: 1) : AxisShare(mapped: 1, excluded: 0)
      }
    }
    return AxisRule(codes: Codebook(codes: map.sources)) { code in
      var (mapped, lost) = (0.0, 0.0)
      for target in map.targets(of: code) {
        if excluded.contains(Spelling(target.to)) {
          lost += target.weight
        } else {
          mapped += target.weight
        }
      }
      let isWhole = abs(mapped + lost - 1) <= WeightedMap.tolerance
      if isWhole { return AxisShare(mapped: 1 - lost, excluded: lost) }
      return AxisShare(mapped: mapped, excluded: lost)
    }
  }

  // MARK: Grid

  /// A side's tally beside the grid.
  package func mapped(_ tally: Tally) -> MappedTally {
    MappedTally(
      tally, areas: areaRule(tally.subject), categories: categoryRule(tally.subject))
  }

  /// An extract's tally beside areas that are known, with all its categories.
  func mapped(_ tally: Tally, to areas: Codebook) -> MappedTally {
    let known = areaRegister ?? Codebook(codes: areas.codes + excludedAreas.map(\.text))
    return MappedTally(
      tally,
      areas: rule(
        map: lookup(tally.subject)?.keeping(known), register: known, excluded: excludedAreas),
      categories: AxisRule(codes: nil) { _ in AxisShare(mapped: 1, excluded: 0) })
  }

  /// The grid's areas: the register's, or all that lookups and data name.
  package func areas(metBy tallies: [MappedTally], excluding excluded: Set<Spelling>) -> Codebook {
    codes(areaRegister, tallies.map { (lookup($0.subject), $0.areas.codebook) }, excluded)
  }

  /// The grid's sectors: the register's, or all that crosswalks and data name.
  package func sectors(metBy tallies: [MappedTally], excluding excluded: Set<Spelling>) -> Codebook
  {
    codes(
      sectorRegister, tallies.map { (maps[$0.subject]?.crosswalk, $0.categories.codebook) },
      excluded)
  }

  private func codes(
    _ register: Codebook?, _ sides: [(map: WeightedMap?, codes: Codebook)],
    _ excluded: Set<Spelling>
  ) -> Codebook {
    let all =
      register ?? Codebook(codes: sides.flatMap { $0.map?.allTargets ?? $0.codes.codes })
    return all.without(excluded)
  }

  /// How a side, or an extract, reaches areas and sectors.
  func alignment(_ subject: Subject, areas: Codebook, sectors: Codebook) -> Alignment {
    Alignment(
      lookup: lookup(subject), crosswalk: maps[subject]?.crosswalk, areas: areas, sectors: sectors)
  }

  /// How large the tables will be; nil where codes come from the data.
  func sizes(_ job: Job) -> TableSizes? {
    let areKnown = job.sides.both.map(\.subject).allSatisfy { subject in
      (lookup(subject) != nil || areaRegister != nil)
        && (maps[subject]?.crosswalk != nil || sectorRegister != nil)
    }
    guard areKnown else { return nil }
    return sizes(
      Side.allCases.map {
        (
          Subject($0), areaRule(Subject($0)).codes ?? Codebook([]),
          categoryRule(Subject($0)).codes ?? Codebook([]), nil
        )
      },
      periodCount: job.periodPairs?.count ?? 1)
  }

  /// How large the tables are, of all codes that were met.
  func sizes(metBy tallies: [MappedTally], periodCount: Int) -> TableSizes {
    sizes(
      tallies.map {
        ($0.subject, $0.areas.codebook, $0.categories.codebook, $0.tally.byteCount)
      }, periodCount: periodCount
    )
  }

  private func sizes(
    _ sides: [(subject: Subject, areas: Codebook, categories: Codebook, storedByteCount: Int?)],
    periodCount: Int
  ) -> TableSizes {
    TableSizes(
      sides: sides.map { ($0.areas.count, $0.categories.count, $0.storedByteCount) },
      areas: codes(areaRegister, sides.map { (lookup($0.subject), $0.areas) }, excludedAreas)
        .count,
      sectors: codes(
        sectorRegister, sides.map { (maps[$0.subject]?.crosswalk, $0.categories) }, excludedSectors
      ).count, periods: periodCount)
  }

  /// What the run will read and hold.
  func plan(_ job: Job, workerCount: Int) -> Plan {
    Plan(
      files: Side.allCases.flatMap { side in
        job.sides[side].files.map { (side, $0) }
      }, areaCount: areaRegister?.count, sectorCount: sectorRegister?.count,
      byteCount: sizes(job)?.byteCount(job, workerCount: workerCount))
  }
}

/// What a run is about to do.
package struct Plan: Sendable {
  package let files: [(side: Side, file: InputFile)]
  /// Nil where the codes come from the data.
  package let areaCount: Int?
  package let sectorCount: Int?
  /// Bytes that the tables take, nil where it depends on the data.
  package let byteCount: Int?
  /// What analyses take, in lines for people; nothing of those for which it depends on the data.
  package internal(set) var analyses: [String] = []
}
