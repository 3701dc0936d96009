import Dense
import Mismatch

/// What the manifest says of a typology.
struct TypologyRecord: Codable {
  let table: String
  let linkage: String
  let clusters: Int

  init(_ job: TypologyJob) {
    table = job.subject.rawValue
    linkage = job.linkage.rawValue
    clusters = job.clusterCount
  }
}

extension Outcome {
  /// Finds the typology of every period, where the job asks for one.
  ///
  /// - Throws: ``Failure`` where fewer areas than clusters have a profile.
  mutating func findTypologies(workerCount: Int) throws {
    guard let wanted = job.typology else { return }
    for grid in grids {
      do {
        let typology = try Typology(
          wanted.subject, provision: grid.provision.value, demand: grid.demand.value,
          linkage: wanted.linkage, clusterCount: wanted.clusterCount, workerCount: workerCount)
        typologies.append(typology)
        warnOfDropped(typology, grid)
      } catch var failure as Failure {
        failure.place = Place(file: job.file)
        throw failure
      } catch let failure as FactorisationFailure {
        throw Failure(
          .failed, at: Place(file: job.file),
          "the axes of \(grid.period) were not found: LAPACK's \(failure.routine) ended with "
            + "\(failure.info)", advice: "This is a defect of the engine; please report it")
      }
    }
  }

  private mutating func warnOfDropped(_ typology: Typology, _ grid: Grid) {
    let areas = typology.droppedAreas.keys.sorted().map { grid.areas.codes[$0] }
    let kept = Set(typology.analysis.columns.kept)
    let sectors = grid.sectors.codes.indices.filter { !kept.contains($0) }
      .map { grid.sectors.codes[$0] }
    for (what, codes) in [("area", areas), ("sector", sectors)] where !codes.isEmpty {
      warnings.append(
        "\(grid.period): the typology leaves out \(codes.count) \(what)\(codes.count == 1 ? "" : "s") "
          + "without a profile (\(Failure.examples(codes)))")
    }
  }

  /// What an analyst should know of the typologies.
  var typologyCaveats: [String] {
    guard let wanted = job.typology else { return [] }
    return zip(grids, typologies).map { grid, typology in
      let sizes = (1...wanted.clusterCount).map { number in
        String(typology.clusters.count { $0 == number })
      }
      let mean = typology.meanSilhouette()
      return "Typology of \(wanted.subject.rawValue), \(grid.period): \(wanted.linkage.rawValue) "
        + "linkage, clusters of \(sizes.joined(separator: ", ")) areas, mean silhouette "
        + "\(NumberText.text(of: (mean * 100).rounded() / 100)) (\(Self.structure(mean))). It describes "
        + "values and takes no account of their bounds."
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
