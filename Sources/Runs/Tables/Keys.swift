import Extracts
import Jobs
import Mismatch

/// A cell of a run's grids, by the numbers of grid, area and sector.
package struct CellPlace: Sendable {
  let grid: Int
  let area: Int
  let sector: Int
}

/// The keys of the rows of a run.
struct Keys<Row>: Sendable {
  private let grids: [Grid]

  init(_ grids: [Grid]) { self.grids = grids }

  /// Columns of a cell's period, area and sector.
  func cell(_ place: @escaping @Sendable (Row) -> CellPlace) -> [Column<Row>] {
    let grids = grids
    return Column.list {
      Column.text("period", "The pair of periods that is compared.") {
        grids[place($0).grid].period
      }
      Column.text("area_code", "Code of the area.") {
        let place = place($0)
        return grids[place.grid].areas.codes[place.area]
      }
      Column.text("area_name", "Name of the area.") {
        let place = place($0)
        return grids[place.grid].areas.names[place.area]
      }
      Column.text("sector_code", "Code of the sector.") {
        let place = place($0)
        return grids[place.grid].sectors.codes[place.sector]
      }
      Column.text("sector_name", "Name of the sector.") {
        let place = place($0)
        return grids[place.grid].sectors.names[place.sector]
      }
    }
  }

  /// Columns of a period and an area.
  func area(_ place: @escaping @Sendable (Row) -> CellPlace) -> [Column<Row>] {
    Array(cell(place).prefix(3))
  }

  /// Columns of a period and a sector.
  func sector(_ place: @escaping @Sendable (Row) -> CellPlace) -> [Column<Row>] {
    [cell(place)[0]] + cell(place).suffix(2)
  }
}

extension Grid {
  /// All cells of an area.
  package func places(grid: Int, area: Int) -> [CellPlace] {
    sectors.codes.indices.map { CellPlace(grid: grid, area: area, sector: $0) }
  }
}
