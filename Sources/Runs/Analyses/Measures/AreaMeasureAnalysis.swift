import Extracts
import Jobs
import Mismatch

/// Totals of both sides and measures of whole areas, area after area.
struct AreaFigures: Sendable {
  let areas: [[Figure]]
}

/// Measures of whole areas.
enum AreaMeasureAnalysis: Analysis {
  /// The measures, of whole areas all.
  struct Request { let measures: [Measure] }

  static func request(of job: Job) -> Request? {
    job.writes(OutputTable.areas.name)
      ? Request(measures: job.measures.filter { !$0.isPerCell }) : nil
  }

  static func work(
    _ request: Request, on grid: Grid, number: Int, _ setting: AnalysisSetting
  ) -> GridWork? {
    let loop = grid.areaFigures(request.measures)
    return GridWork(loop: loop) { period in
      period.results[AreaFigures.self] = AreaFigures(areas: Array(loop.results.joined()))
    }
  }

  static let outputs: [OutputTable] = [.areas]

  static let section: ReportSection? = .areaIndices
}
