import Extracts
import Jobs
import Mismatch

/// An area or a sector on the axes of a typology.
private struct PointRow: Sendable {
  let place: CellPlace
  let typology: Typology
  let points: CorrespondenceAnalysis.Points
  /// Its number among the points that have a profile; nil without one.
  let number: Int?

  /// Columns of mass, distance, inertia and coordinates; the inertias of all axes stand in
  /// `typology_summary.csv`.
  static var columns: [Column<PointRow>] {
    Column.number("mass", unit: "share", "Share of all counts.") { row in
      row.number.map { row.points.masses[$0] }
    }
      + Column.number(
        "distance", unit: "chi-squared distance", "Squared distance from the mean profile."
      ) { row in row.number.map { row.points.distances[$0] } }
      + Column.number("inertia", unit: "inertia", "Mass times distance.") { row in
        row.number.map { row.points.inertias[$0] }
      }
      + (0..<3).flatMap { axis in
        Column.number(
          "axis_\(axis + 1)", unit: "chi-squared distance", "Coordinate on axis \(axis + 1)."
        ) {
          row in
          let isThere = axis < row.points.coordinates.columnCount
          return row.number.flatMap { isThere ? row.points.coordinates[$0, axis] : nil }
        }
      }
  }
}

/// One number of a typology.
private struct TypologyRow: Sendable {
  let period: String
  let item: String
  let number: Int?
  let value: Double
}

extension OutputTable {
  /// `typology_areas.csv`: one row per period and area, its place on the axes and its cluster.
  static let typologyAreas = OutputTable("typology_areas.csv") { outcome in
    let (grids, typologies) = (outcome.grids, outcome.each(Typology.self))
    guard !typologies.isEmpty else { return nil }
    let columns: [Column<PointRow>] =
      Column.list {
        Keys(grids).area { $0.place }
        PointRow.columns
        Column.integer("cluster", unit: "cluster", "Number of the cluster.") { row in
          row.number.map { row.typology.clusters[$0] }
        }
        Column.number(
          "silhouette", unit: "silhouette",
          "Silhouette: how well the "
            + "area fits its cluster."
        ) {
          row in
          row.number.map { row.typology.silhouettes[$0] }
        }
        Column.status("status", "Why the area has no profile.") {
          $0.typology.droppedAreas[$0.place.area] ?? []
        }
      }
    return RunTable("typology_areas.csv", "One row for each period and area.", columns: columns) {
      zip(grids, typologies).enumerated().flatMap { number, found in
        let points = found.1.analysis.rows
        let numbers = Dictionary(
          uniqueKeysWithValues: points.kept.enumerated().map { ($1, $0) })
        return found.0.areas.codes.indices.map { area in
          PointRow(
            place: CellPlace(grid: number, area: area, sector: 0), typology: found.1,
            points: points, number: numbers[area])
        }
      }
    }
  }

  /// `typology_sectors.csv`: one row per period and sector, its place on the same axes.
  static let typologySectors = OutputTable("typology_sectors.csv") { outcome in
    let (grids, typologies) = (outcome.grids, outcome.each(Typology.self))
    guard !typologies.isEmpty else { return nil }
    let columns: [Column<PointRow>] =
      Column.list {
        Keys(grids).sector { $0.place }
        PointRow.columns
        Column.status("status", "Why the sector has no profile.") {
          $0.number == nil ? .emptySector : []
        }
      }
    return RunTable(
      "typology_sectors.csv", "One row for each period and sector.", columns: columns
    ) {
      zip(grids, typologies).enumerated().flatMap { number, found in
        let points = found.1.analysis.columns
        return found.0.sectors.codes.indices.map { sector in
          PointRow(
            place: CellPlace(grid: number, area: 0, sector: sector), typology: found.1,
            points: points, number: points.kept.firstIndex(of: sector))
        }
      }
    }
  }

  /// `typology_summary.csv`: inertias of the axes, heights of the merges, mean silhouettes.
  static let typologySummary = OutputTable("typology_summary.csv") { outcome in
    let typologies = outcome.each(Typology.self)
    guard !typologies.isEmpty else { return nil }
    return RunTable(
      "typology_summary.csv", "One row for each period, item and number.",
      columns: Column.list {
        Column<TypologyRow>.text("period", "The pair of periods that is compared.") {
          $0.period
        }
        Column.text("item", "Inertia, height or silhouette.") { $0.item }
        Column.integer(
          "number", unit: "number", "Of the axis, merge or cluster; empty for the whole."
        ) { $0.number }
        Column.number("value", unit: "of the item", "The item.") { $0.value }
      }
    ) {
      zip(outcome.grids, typologies).flatMap { grid, typology in
        typology.summary.flatMap { item, numbers in
          numbers.map {
            TypologyRow(period: grid.period, item: item, number: $0.0, value: $0.1)
          }
        }
      }
    }
  }
}

extension Typology {
  /// What is known of axes, merges and clusters, each by its number; a whole has none.
  fileprivate var summary: [(item: String, numbers: [(Int?, Double)])] {
    func numbered(_ values: [Double]) -> [(Int?, Double)] {
      values.enumerated().map { ($0.offset + 1, $0.element) }
    }
    let (total, inertias) = (analysis.totalInertia, analysis.inertias)
    let numbers = 1...(clusters.max() ?? 1)
    return [
      ("total_inertia", [(nil, total)]),
      ("inertia", numbered(inertias)),
      ("inertia_share", numbered(inertias.map { total == 0 ? .nan : $0 / total })),
      ("height", numbered(heights)),
      (
        "cluster_areas", numbered(numbers.map { number in Double(clusters.count { $0 == number }) })
      ),
      ("cluster_silhouette", numbered(numbers.map { meanSilhouette(ofCluster: $0) })),
      ("silhouette", [(nil, meanSilhouette())]),
    ]
  }
}
