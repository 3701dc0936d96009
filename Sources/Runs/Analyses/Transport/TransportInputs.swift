import Extracts
import Jobs
import Dense
import Mismatch

/// What it costs to move between the states of a grid, as a job's block `transport` says.
struct TransportInputs {
  /// In units of skill distance.
  let costs: TransportCosts
  /// How many pairs of areas have no cost.
  let unreachableCount: Int
  let inputs: [InputRecord]

  /// Reads the block's files.
  ///
  /// - Throws: ``Failure`` for an area without coordinates or without any cost, for a pair of sectors
  ///   without a distance, and for more sectors than there is memory for.
  init(_ job: TransportJob, _ setting: AnalysisSetting) throws {
    let (areas, sectors) = (setting.areas, setting.sectors)
    try setting.budget.verify(
      .bytes(sectors.count, sectors.count, 2 * 8),
      for: "the skill distances of \(sectors.count) sectors", advice: "take fewer sectors")
    var inputs: [InputRecord] = []
    let unit = job.kilometresPerUnit
    let place: TiledMatrix
    switch job.ways {
    case .coordinates(let coordinates):
      let read = try coordinates.read(areas: areas, onRead: setting.onRead)
      inputs += read.inputs
      place = read.points.distances(own: 0).divided(by: unit)
      unreachableCount = 0
    case .costs(let pairs):
      let read = try pairs.read(role: "costs", areas: areas, onRead: setting.onRead)
      inputs += read.inputs
      try Self.verify(read.numbers, of: areas, in: pairs.table)
      unreachableCount = read.numbers.emptyCount
      place = read.numbers.costs.divided(by: unit)
    }
    let skill: Matrix
    switch job.skill {
    case .table(let pairs):
      let read = try pairs.read(role: "skill-distance", areas: sectors, onRead: setting.onRead)
      inputs += read.inputs
      skill = try Self.whole(read.numbers, of: sectors, in: pairs.table)
    case .crosswalk(let side):
      guard let crosswalk = setting.crosswalks[side] else {
        throw Failure(
          .badData,
          "`transport.skill-distance` names the crosswalk of \(side.rawValue), which has none",
          advice: "Name the other side, or give a file of distances")
      }
      skill = crosswalk.overlapDistances(sectors)
    }
    costs = TransportCosts(place: place, skill: skill)
    self.inputs = inputs
  }

  /// Every area must have some cost.
  private static func verify(_ numbers: SparseMatrix, of areas: Codebook, in table: TableJob)
    throws
  {
    let without = areas.codes.indices.filter { area in !numbers.row(area).contains { _ in true } }
      .map { areas.codes[$0] }
    guard without.isEmpty else {
      throw Failure(
        .badData, at: Place(file: table.files.first?.path ?? ""),
        "no cost of \(without.count) of the grid's areas: " + Failure.examples(without),
        expected: "all \(areas.count) areas",
        advice: "Add them, or exclude those areas with `exclude-areas`")
    }
  }

  /// Distances of all pairs of sectors; 0 from a sector to itself unless the table says more.
  private static func whole(_ numbers: SparseMatrix, of sectors: Codebook, in table: TableJob)
    throws -> Matrix
  {
    var matrix = Matrix(rowCount: sectors.count, columnCount: sectors.count, repeating: .nan)
    for row in 0..<sectors.count {
      matrix[row, row] = 0
      for entry in numbers.row(row) { matrix[row, entry.column] = entry.weight }
    }
    if let missing = matrix.elements.firstIndex(where: \.isNaN) {
      let (from, to) = missing.quotientAndRemainder(dividingBy: sectors.count)
      throw Failure(
        .badData, at: Place(file: table.files.first?.path ?? ""),
        "no skill distance from sector \"\(sectors.codes[from])\" to \"\(sectors.codes[to])\"",
        expected: "one for every pair of the grid's sectors, in both directions",
        advice: "Add it, or exclude the sector with `exclude-sectors`")
    }
    return matrix
  }
}

extension TiledMatrix {
  /// The same matrix, divided by a number above 0.
  fileprivate func divided(by divisor: Double) -> TiledMatrix {
    TiledMatrix(rowCount: rowCount, columnCount: columnCount) { rows, columns, tile in
      fill(rows, columns, tile)
      for index in 0..<rows.count * columns.count { tile[index] /= divisor }
    }
  }
}

extension SparseMatrix {
  /// Costs of all pairs: those of the entries, otherwise 0 from an area to itself and infinite.
  fileprivate var costs: TiledMatrix {
    TiledMatrix(rowCount: rowCount, columnCount: columnCount) { rows, columns, tile in
      for (number, row) in rows.enumerated() {
        let start = tile + number * columns.count
        start.update(repeating: .infinity, count: columns.count)
        if columns.contains(row) { start[row - columns.lowerBound] = 0 }
        for entry in self.row(row) where columns.contains(entry.column) {
          start[entry.column - columns.lowerBound] = entry.weight
        }
      }
    }
  }

  /// How many pairs of two areas have no entry.
  fileprivate var emptyCount: Int {
    let pairCount = (0..<rowCount).reduce(0) { count, row in
      count + self.row(row).count { $0.column != row }
    }
    return rowCount * (columnCount - 1) - pairCount
  }
}
