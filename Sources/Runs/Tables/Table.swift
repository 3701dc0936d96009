import Extracts
import Jobs
import Mismatch

/// A table of a run: what its columns hold, and its rows, block by block.
package struct RunTable: Sendable {
  package let name: String
  /// What a row stands for, as one sentence.
  package let description: String
  package let records: [ColumnRecord]
  package let blockCount: Int
  private let write: @Sendable (_ block: Int, _ text: inout CSVText) -> Void

  /// A table whose rows come in blocks, each of which is asked for once, from any thread.
  init<Row>(
    _ name: String, _ description: String, columns: [Column<Row>], blockCount: Int,
    rows: @escaping @Sendable (_ block: Int) -> [Row]
  ) {
    self.name = name
    self.description = description
    self.blockCount = blockCount
    records = columns.map(\.record)
    let fields = Column.writer(of: columns[...])
    write = { block, text in
      for row in rows(block) {
        fields(row, &text)
        text.endRow()
      }
    }
  }

  /// A table of few rows.
  init<Row>(
    _ name: String, _ description: String, columns: [Column<Row>],
    rows: @escaping @Sendable () -> [Row]
  ) {
    self.init(name, description, columns: columns, blockCount: 1) { _ in rows() }
  }

  /// Adds the rows of a block to a text.
  package func write(block: Int, to text: inout CSVText) { write(block, &text) }
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
