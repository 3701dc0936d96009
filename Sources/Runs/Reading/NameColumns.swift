import Extracts
import Jobs
import Mismatch

extension SideJob {
  /// Columns that hold the names of source codes: those that the job says, else those whose heading is that of
  /// the code with `name` in the place of `code`, as publishers write it (`lad_code` and `lad_name`,
  /// `GEOGRAPHY_CODE` and `GEOGRAPHY_NAME`, `AREACD` and `AREANM`).
  ///
  /// - Throws: ``Failure`` where the file lacks a column that the job says.
  func nameColumns(in rows: borrowing RowTable) throws -> [(dimension: Dimension, column: Int)] {
    var found: [(dimension: Dimension, column: Int)] = []
    for (dimension, key) in [(Dimension.area, area), (.category, category)] {
      if let name = names[dimension] {
        found.append((dimension, try rows.column(name)))
      } else if case .column(let heading, _) = key,
        let column = rows.column(ofNamesBeside: heading)
      {
        found.append((dimension, column))
      }
    }
    return found
  }
}

extension RowTable {
  /// The column of the names of codes by its heading; nil where there is none.
  func column(ofNamesBeside heading: String) -> Int? {
    for (code, name) in [
      ("code", "name"), ("Code", "Name"), ("CODE", "NAME"), ("cd", "nm"), ("CD", "NM"),
    ] where heading.hasSuffix(code) {
      let wanted = heading.dropLast(code.count) + name
      if let column = header.firstIndex(where: { $0.isSpelt(as: String(wanted)) }) { return column }
    }
    return nil
  }
}

extension SideReader {
  /// Notes what the current row calls the codes of a cell.
  mutating func noteNames(_ rows: inout RowTable, _ table: SideTable, of cell: Cell) throws {
    for (dimension, column) in table.nameColumns {
      let name = try rows.text(column)
      switch dimension {
      case .area: tally.areas.note(name: name, at: cell.area)
      case .category: tally.categories.note(name: name, at: cell.category)
      }
    }
  }
}
