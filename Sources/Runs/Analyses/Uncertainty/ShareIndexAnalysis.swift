import Extracts
import Jobs
import Mismatch

/// Indices of whole areas, and of all areas together, with their sampling variability.
enum ShareIndexAnalysis: Analysis {
  /// Whether single areas are wanted, or all areas together only.
  struct Request { let includesAreas: Bool }

  static func request(of job: Job) -> Request? {
    let includesAreas = job.writes(OutputTable.areaIndices.name)
    return includesAreas || job.writes(OutputTable.summary.name)
      ? Request(includesAreas: includesAreas) : nil
  }

  static func byteCount(_ request: Request, _ job: Job, _ size: GridSize) -> Int {
    job.inference.kinds.contains(.sampling)
      ? .bytes(size.workerCount, 8, ShareIndex.catalogue.count, job.inference.draws) : 0
  }

  static func work(
    _ request: Request, on grid: Grid, number: Int, _ setting: AnalysisSetting
  ) -> GridWork? {
    let indices = grid.shareIndices(
      among: setting.job.measures, rule: BootstrapRule(setting.job.inference, seed: setting.seed),
      period: number, includesAreas: request.includesAreas)
    return GridWork(loop: indices.loop) { $0.results[ShareIndexTable.self] = indices.table }
  }

  static let outputs: [OutputTable] = [.areaIndices]
}
