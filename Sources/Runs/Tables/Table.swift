import Extracts
import Jobs
import Mismatch

/// A table of a run: what its columns hold, and its rows, block by block.
package protocol RunTable: Sendable {
  var name: String { get }
  /// What a row stands for, as one sentence.
  var description: String { get }
  var records: [ColumnRecord] { get }
  var blockCount: Int { get }
  /// The rows of a block as CSV.
  func csv(block: Int) -> [UInt8]
}

/// A table with rows of one type.
struct RowsTable<Row>: RunTable {
  let name: String
  let description: String
  let columns: [Column<Row>]
  let blockCount: Int
  private let rows: @Sendable (Int) -> [Row]

  /// A table whose rows come in blocks, each of which is asked for once, from any thread.
  init(
    _ name: String, _ description: String, columns: [Column<Row>], blockCount: Int,
    rows: @escaping @Sendable (_ block: Int) -> [Row]
  ) {
    self.name = name
    self.description = description
    self.columns = columns
    self.blockCount = blockCount
    self.rows = rows
  }

  /// A table of few rows.
  init(
    _ name: String, _ description: String, columns: [Column<Row>],
    rows: @escaping @Sendable () -> [Row]
  ) {
    self.init(name, description, columns: columns, blockCount: 1) { _ in rows() }
  }

  var records: [ColumnRecord] { columns.map(\.record) }

  func csv(block: Int) -> [UInt8] {
    var text = CSVText()
    // Without the descriptions, which would be copied in every row.
    let fields = columns.map(\.field)
    for row in rows(block) {
      for field in fields {
        switch field(row) {
        case .text(let field): text.text(field)
        case .number(let field): text.number(field)
        }
      }
      text.endRow()
    }
    return text.bytes
  }
}

/// Blocks of some hundred cells of one grid after another, whole areas each.
struct AreaBlocks: Sendable {
  private let blocks: [(grid: Int, areas: Range<Int>)]

  init(_ grids: [Grid]) {
    blocks = grids.enumerated().flatMap { number, grid in
      let size = max(1, 512 / max(1, grid.sectors.count))
      return stride(from: 0, to: grid.areas.count, by: size).map {
        (number, $0..<min(grid.areas.count, $0 + size))
      }
    }
  }

  var count: Int { blocks.count }

  /// What `rows` gives for every area of a block.
  func rows<Row>(_ block: Int, _ rows: (_ grid: Int, _ area: Int) -> [Row]) -> [Row] {
    let (grid, areas) = blocks[block]
    return areas.flatMap { rows(grid, $0) }
  }
}
