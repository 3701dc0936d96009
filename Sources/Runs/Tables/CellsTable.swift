import Extracts
import Jobs
import Mismatch

/// The figures of one area: both sides and the measures of cells, sector by sector.
final class AreaCells: Sendable {
  let keys: [String]
  let sectors: Codebook
  let pair: ProfilePair
  let measures: [[Figure]]
  let findings: ArraySlice<Inference.Finding>
  /// Whether each cell's call is the same under all alternatives; empty where there are none.
  let survivals: [Bool?]

  init(
    _ keys: [String], _ sectors: Codebook, _ pair: ProfilePair, _ all: ProfilePair,
    _ measures: [Measure],
    _ findings: ArraySlice<Inference.Finding>, survivals: [Bool?] = []
  ) {
    self.keys = keys
    self.sectors = sectors
    self.pair = pair
    self.measures = measures.map { $0.cells(pair, allAreas: all) }
    self.findings = findings
    self.survivals = survivals
  }
}

/// A cell of a grid as a row.
struct CellRow: Sendable {
  let area: AreaCells
  let sector: Int

  /// Nil where nothing is called.
  var finding: Inference.Finding? {
    area.findings.isEmpty ? nil : area.findings[area.findings.startIndex + sector]
  }

  static func all(of area: AreaCells) -> [CellRow] {
    area.sectors.codes.indices.map { CellRow(area: area, sector: $0) }
  }

  /// Columns of the keys of an area's rows, then of the sector.
  static func keys(_ names: [(name: String, description: String)]) -> [Column<CellRow>] {
    Column.list {
      Column.texts(names) { $0.area.keys }
      Column.text("sector_code", "Code of the sector.") { $0.area.sectors.codes[$0.sector] }
      Column.text("sector_name", "Name of the sector.") { $0.area.sectors.names[$0.sector] }
    }
  }

  /// Columns of both counts and of measures.
  static func figures(_ job: Job, _ measures: [Measure]) -> [Column<CellRow>] {
    Column.list {
      Column.figure("provision", unit: job.sides.provision.kind.name, "Provision: people trained.")
      {
        $0.area.pair.provision.cells[$0.sector]
      }
      Column.figure("demand", unit: job.sides.demand.kind.name, "Demand: openings.") {
        $0.area.pair.demand.cells[$0.sector]
      }
      measures.enumerated().flatMap { number, measure in
        Column.figure(measure.name, unit: measure.unit, measure.summary) {
          $0.area.measures[number][$0.sector]
        }
      }
    }
  }

  /// Columns of what the cell's share gap is called, and why.
  static func calls(_ job: Job) -> [Column<CellRow>] {
    guard job.callsCells else { return [] }
    return Column.list {
      Column.interval(
        "share_gap_pp_combined", unit: Measure.shareGap.unit,
        "the share gap's interval of all kinds that the job asks for."
      ) { $0.finding?.interval ?? .undefined }
      Column.number(
        "p_adjusted", unit: "probability",
        "p-value of the call, adjusted over all cells of the period; empty where nothing is tested."
      ) { $0.finding?.adjusted }
      Column.text("call", "over, under, balanced or unclear; empty without a share gap.") {
        $0.finding?.call?.rawValue ?? ""
      }
    }
  }
}

extension CellRow {
  /// The column of whether the call is the same under the alternatives of the job.
  static func survival(_ job: Job) -> [Column<CellRow>] {
    guard job.callsCells else { return [] }
    return Column.text(
      "call_survives",
      "true where the call is the same under all alternatives, false where it is not; empty without `sensitivity`."
    ) { row in
      row.area.survivals.isEmpty ? "" : row.area.survivals[row.sector].map { "\($0)" } ?? ""
    }
  }
}

extension OutputTable {
  static let areaKeys = [
    ("period", "The pair of periods that is compared."), ("area_code", "Code of the area."),
    ("area_name", "Name of the area."),
  ]

  /// `cells.csv`: one row per period, area and sector.
  package static let cells = OutputTable("cells.csv") { outcome in
    let (job, grids) = (outcome.job, outcome.grids)
    let measures = job.measures.filter(\.isPerCell)
    let inferences = outcome.each(Inference.self)
    let sensitivities = outcome.each(CallSensitivity.self)
    let blocks = AreaBlocks(grids)
    let all = grids.map(\.all)
    return RunTable(
      "cells.csv", "One row for each period, area and sector.",
      columns: Column.list {
        CellRow.keys(areaKeys)
        CellRow.figures(job, measures)
        CellRow.calls(job)
        CellRow.survival(job)
      },
      blockCount: blocks.count
    ) { block in
      blocks.rows(block) { number, area in
        let (grid, findings) = (grids[number], inferences[number].findings)
        let width = grid.sectors.count
        let places = area * width..<(area + 1) * width
        let cells = AreaCells(
          [grid.period, grid.areas.codes[area], grid.areas.names[area]], grid.sectors,
          grid.pair(area: area), all[number], measures, job.callsCells ? findings[places] : [],
          survivals: sensitivities.isEmpty ? [] : places.map(sensitivities[number].survives))
        return CellRow.all(of: cells)
      }
    }
  }

  /// `sectors.csv`: one row per period and sector, all areas taken together.
  package static let sectors = OutputTable("sectors.csv") { outcome in
    let (job, grids) = (outcome.job, outcome.grids)
    let measures = job.measures.filter { $0.isPerCell && !$0.laws.contains(.comparesAreas) }
    return RunTable(
      "sectors.csv", "One row for each period and sector, all areas together.",
      columns: Column.list {
        CellRow.keys([areaKeys[0]])
        CellRow.figures(job, measures)
        CellRow.calls(job)
      }
    ) {
      zip(grids, outcome.each(Inference.self)).flatMap { grid, inference in
        let all = grid.all
        let cells = AreaCells(
          [grid.period], grid.sectors, all, all, measures,
          job.callsCells ? inference.pooledFindings[...] : [])
        return CellRow.all(of: cells)
      }
    }
  }
}
