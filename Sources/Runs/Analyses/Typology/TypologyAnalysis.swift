import Extracts
import Jobs
import Dense
import Mismatch

/// Kinds of areas: correspondence analysis, clusters, silhouettes.
enum TypologyAnalysis: BlockAnalysis {
  typealias Request = TypologyJob

  static let key = "typology"

  static func decode(_ node: JobNode, folder: String) throws -> TypologyJob { try node.typology() }

  static func byteCount(_ request: TypologyJob, _ job: Job, _ size: GridSize) -> Int {
    let least = min(size.areas, size.sectors)
    return .bytes(size.areas, size.areas, 4) + .bytes(size.areas, size.sectors, 4 * 8)
      + .bytes(least, least, 5 * 8)
  }

  static func calculate(
    _ request: TypologyJob, _ outcome: inout Outcome, _ setting: AnalysisSetting
  ) throws {
    for number in outcome.periods.indices {
      let grid = outcome.periods[number].grid
      let typology = try typology(of: grid, request, setting)
      outcome.periods[number].results[Typology.self] = typology
      outcome.warnings += warnings(of: typology, grid)
    }
  }

  /// - Throws: ``Failure`` where fewer areas than clusters have a profile.
  private static func typology(
    of grid: Grid, _ request: TypologyJob, _ setting: AnalysisSetting
  ) throws -> Typology {
    let place = Place(file: setting.job.file)
    do {
      return try Typology(
        request.subject, provision: grid.provision.value, demand: grid.demand.value,
        linkage: request.linkage, clusterCount: request.clusterCount,
        workerCount: setting.workerCount)
    } catch var failure as Failure {
      failure.place = place
      throw failure
    } catch let failure as FactorisationFailure {
      throw Failure(
        .failed, at: place,
        "the axes of \(grid.period) were not found: LAPACK's \(failure.routine) ended with "
          + "\(failure.info)", advice: "This is a fault in Mismatch; please report it")
    }
  }

  static let outputs: [OutputTable] = [.typologyAreas, .typologySectors, .typologySummary]

  static let section: ReportSection? = .typology

  private struct Record: Encodable, Sendable {
    let table: String
    let linkage: String
    let clusters: Int
  }

  static func records(
    _ request: TypologyJob, _ outcome: Outcome
  ) -> [String: any Encodable & Sendable] {
    [
      key: Record(
        table: request.subject.rawValue, linkage: request.linkage.rawValue,
        clusters: request.clusterCount)
    ]
  }

  /// Which areas and sectors have no profile.
  private static func warnings(of typology: Typology, _ grid: Grid) -> [String] {
    let areas = typology.droppedAreas.keys.sorted().map { grid.areas.codes[$0] }
    let kept = Set(typology.analysis.columns.kept)
    let sectors = grid.sectors.codes.indices.filter { !kept.contains($0) }
      .map { grid.sectors.codes[$0] }
    return [("area", areas), ("sector", sectors)].filter { !$0.1.isEmpty }.map { what, codes in
      "\(grid.period): the typology excludes \(codes.count) \(what)\(codes.count == 1 ? "" : "s") "
        + "without a profile (\(Failure.examples(codes)))"
    }
  }

  static func caveats(_ request: TypologyJob, _ outcome: Outcome) -> [String] {
    zip(outcome.grids, outcome.each(Typology.self)).map { grid, typology in
      let sizes = (1...request.clusterCount).map { number in
        String(typology.clusters.count { $0 == number })
      }
      let mean = typology.meanSilhouette()
      return "Typology of \(request.subject.rawValue), \(grid.period): \(request.linkage.rawValue) "
        + "linkage, clusters of \(sizes.joined(separator: ", ")) areas, mean silhouette "
        + "\(NumberText.text(of: (mean * 100).rounded() / 100)) (\(structure(mean))). It uses "
        + "values only, not their bounds."
    }
  }

  /// What a mean silhouette says, in the words of Kaufman and Rousseeuw (1990), Finding Groups in Data,
  /// table 4.
  private static func structure(_ mean: Double) -> String {
    switch mean {
    case 0.71...: "a strong structure"
    case 0.51...: "a reasonable structure"
    case 0.26...: "a weak structure, which could be artificial"
    default: "no substantial structure"
    }
  }
}
