import Extracts
import Jobs
import Dense
import Mismatch

/// The sectors of a grid smoothed by each method, sector after sector.
struct SmoothedGrid: Sendable {
  let byMethod: [(method: EmpiricalBayes.Method, sectors: [SmoothedSector])]
}

/// Ratios of provision to demand, smoothed over areas.
enum SmoothingAnalysis: BlockAnalysis {
  /// How sectors are smoothed.
  struct Request { let methods: [EmpiricalBayes.Method] }

  static let key = "smoothing"

  /// `{ method: name }` or `{ method: [names] }`.
  static func decode(_ node: JobNode, folder: String) throws -> Request {
    let method = try node.keyed(["method"]).required("method", of: node)
    return Request(methods: try method.someItems().map { try $0.choice("method of smoothing") })
  }

  static func work(
    _ request: Request, on grid: Grid, number: Int, _ setting: AnalysisSetting
  ) -> GridWork? {
    let loop = BlockLoop(of: grid.sectors.count, size: 1) { sectors in
      request.methods.map { grid.smoothed(sector: sectors.lowerBound, by: $0) }
    }
    return GridWork(loop: loop) { period in
      let sectors = loop.results
      period.results[SmoothedGrid.self] = SmoothedGrid(
        byMethod: request.methods.enumerated().map { number, method in
          (method, sectors.map { $0[number] })
        })
    }
  }

  static let outputs: [OutputTable] = [.smoothed]

  static let section: ReportSection? = .smoothing

  static func records(_ request: Request, _ outcome: Outcome) -> [String: any Encodable & Sendable]
  {
    [key: request.methods.map(\.rawValue)]
  }
}
