import Mismatch

/// Axes whose coordinates are written; the inertias of all stand in `typology_summary.csv`.
private let writtenAxisCount = 3
private let pointHeadings =
  ["mass", "distance", "inertia"] + (1...writtenAxisCount).map { "axis_\($0)" }

extension OutputTable {
  /// `typology_areas.csv`: one row per period and area, its place on the axes and its cluster.
  static let typologyAreas = OutputTable(
    name: "typology_areas.csv", where: { !$0.typologies.isEmpty },
    write: { outcome, file in
      try file.row(
        ["period", "area_code", "area_name"] + pointHeadings + ["cluster", "silhouette", "status"])
      for (grid, typology) in zip(outcome.grids, outcome.typologies) {
        let points = typology.analysis.rows
        var kept = 0
        for area in 0..<grid.areas.count {
          for text in [grid.period, grid.areas.codes[area], grid.areas.names[area]] {
            file.text(text)
          }
          let isKept = kept < points.kept.count && points.kept[kept] == area
          file.point(isKept ? kept : nil, of: points)
          file.number(isKept ? Double(typology.clusters[kept]) : .nan)
          file.number(isKept ? typology.silhouettes[kept] : .nan)
          file.text(typology.droppedAreas[area]?.text ?? "")
          try file.endRow()
          if isKept { kept += 1 }
        }
      }
    })

  /// `typology_sectors.csv`: one row per period and sector, its place on the same axes.
  static let typologySectors = OutputTable(
    name: "typology_sectors.csv", where: { !$0.typologies.isEmpty },
    write: { outcome, file in
      try file.row(["period", "sector_code", "sector_name"] + pointHeadings + ["status"])
      for (grid, typology) in zip(outcome.grids, outcome.typologies) {
        let points = typology.analysis.columns
        for sector in 0..<grid.sectors.count {
          for text in [grid.period, grid.sectors.codes[sector], grid.sectors.names[sector]] {
            file.text(text)
          }
          let place = points.kept.firstIndex(of: sector)
          file.point(place, of: points)
          file.text(place == nil ? Status.emptySector.text : "")
          try file.endRow()
        }
      }
    })

  /// `typology_summary.csv`: inertias of the axes, heights of the merges, mean silhouettes.
  static let typologySummary = OutputTable(
    name: "typology_summary.csv", where: { !$0.typologies.isEmpty },
    write: { outcome, file in
      try file.row(["period", "item", "number", "value"])
      for (grid, typology) in zip(outcome.grids, outcome.typologies) {
        for (item, numbers) in typology.summary {
          for (number, value) in numbers {
            file.text(grid.period)
            file.text(item)
            file.number(number.map(Double.init) ?? .nan)
            file.number(value)
            try file.endRow()
          }
        }
      }
    })
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

extension CSVFile {
  /// Adds mass, distance, inertia and coordinates of a point; empty fields without one.
  fileprivate func point(_ place: Int?, of points: CorrespondenceAnalysis.Points) {
    number(place.map { points.masses[$0] } ?? .nan)
    number(place.map { points.distances[$0] } ?? .nan)
    number(place.map { points.inertias[$0] } ?? .nan)
    for axis in 0..<writtenAxisCount {
      let isThere = axis < points.coordinates.columnCount
      number(place.flatMap { isThere ? points.coordinates[$0, axis] : nil } ?? .nan)
    }
  }
}
