import Dense

/// Which cells a table with given row and column sums may have above 0, where it has to be 0 wherever a
/// seed is.
///
/// Rows send their targets through the seed's cells to the columns. A table exists where the largest
/// such flow is the whole (Gale 1957, https://doi.org/10.2140/pjm.1957.7.1073); where it is less, the
/// smallest cut names rows that need more than their columns may hold. A cell without flow can have some
/// only where it closes a ring of cells that could pass flow on.
struct FeasibleSupport {
  /// Rows × columns, row after row: cells that some table with these sums has above 0.
  private(set) var mayHold: [Bool]

  /// - Throws: ``RakingRefusal/infeasible(rows:needed:columns:available:)``.
  init(_ seed: Matrix, rowTargets: [Double], columnTargets: [Double]) throws {
    var flow = SupportFlow(seed, rowTargets, columnTargets)
    let reached = flow.fill()
    let missing = flow.rowsLeft.reduce(0, max)
    if missing > 0 {
      let rows = rowTargets.indices.filter { reached.rows[$0] }
      let columns = columnTargets.indices.filter { reached.columns[$0] }
      throw RakingRefusal.infeasible(
        rows: rows, needed: rows.reduce(0) { $0 + rowTargets[$1] }, columns: columns,
        available: columns.reduce(0) { $0 + columnTargets[$1] })
    }
    mayHold = flow.cellsThatMayHold()
  }
}

/// The largest flow from rows to columns through the cells of a seed, in rounds of shortest paths
/// (Dinic 1970).
private struct SupportFlow {
  private let isOpen: [Bool]
  private var flow: Matrix
  /// What of each row's target found no way yet; below the tolerance it is 0.
  private(set) var rowsLeft: [Double]
  private var columnsLeft: [Double]
  private let tolerance: Double
  private let rowCount: Int
  private let columnCount: Int

  init(_ seed: Matrix, _ rowTargets: [Double], _ columnTargets: [Double]) {
    isOpen = seed.elements.map { $0 > 0 }
    rowCount = seed.rowCount
    columnCount = seed.columnCount
    flow = Matrix(rowCount: rowCount, columnCount: columnCount)
    rowsLeft = rowTargets
    columnsLeft = columnTargets
    // Targets may be sums that were rounded, so the last bits of the whole are no missing room.
    tolerance = 1e-9 * rowTargets.reduce(0, +)
  }

  /// Sends all that can be sent; returns rows and columns that what is left could still reach.
  mutating func fill() -> (rows: [Bool], columns: [Bool]) {
    while true {
      let levels = levels()
      var nextColumn = [Int](repeating: 0, count: rowCount)
      var nextRow = [Int](repeating: 0, count: columnCount)
      var sent = false
      for row in 0..<rowCount {
        while rowsLeft[row] > 0 {
          let step = push(row: row, rowsLeft[row], levels, &nextColumn, &nextRow)
          guard step > 0 else { break }
          rowsLeft[row] = imputed(rowsLeft[row] - step)
          sent = true
        }
      }
      if !sent {
        // What is left only by rounding is no shortage.
        if rowsLeft.reduce(0, +) <= tolerance { rowsLeft = rowsLeft.map { _ in 0 } }
        return (levels.rows.map { $0 >= 0 }, levels.columns.map { $0 >= 0 })
      }
    }
  }

  /// An amount without what only rounding left of it.
  private func imputed(_ amount: Double) -> Double { amount <= tolerance * 1e-4 ? 0 : amount }

  /// Steps from the rows that have something left; -1 where no way leads.
  private func levels() -> (rows: [Int], columns: [Int]) {
    var rows = rowsLeft.map { $0 > 0 ? 0 : -1 }
    var columns = [Int](repeating: -1, count: columnCount)
    var front = rows.indices.filter { rows[$0] == 0 }
    var level = 0
    while !front.isEmpty {
      var reached: [Int] = []
      for row in front {
        for column in 0..<columnCount
        where columns[column] < 0 && isOpen[row * columnCount + column] {
          columns[column] = level + 1
          reached.append(column)
        }
      }
      front = []
      for column in reached where columnsLeft[column] == 0 {
        for row in 0..<rowCount where rows[row] < 0 && flow[row, column] > 0 {
          rows[row] = level + 2
          front.append(row)
        }
      }
      level += 2
    }
    return (rows, columns)
  }

  /// Sends up to `amount` from a row along rising levels; returns what arrived.
  private mutating func push(
    row: Int, _ amount: Double, _ levels: (rows: [Int], columns: [Int]), _ nextColumn: inout [Int],
    _ nextRow: inout [Int]
  ) -> Double {
    while nextColumn[row] < columnCount {
      let column = nextColumn[row]
      if isOpen[row * columnCount + column], levels.columns[column] == levels.rows[row] + 1 {
        let step = pull(column: column, amount, levels, &nextColumn, &nextRow)
        if step > 0 {
          flow[row, column] += step
          return step
        }
      }
      nextColumn[row] += 1
    }
    return 0
  }

  /// Takes up to `amount` into a column, which keeps it or moves another row's flow on.
  private mutating func pull(
    column: Int, _ amount: Double, _ levels: (rows: [Int], columns: [Int]),
    _ nextColumn: inout [Int], _ nextRow: inout [Int]
  ) -> Double {
    if columnsLeft[column] > 0 {
      let step = min(amount, columnsLeft[column])
      columnsLeft[column] = imputed(columnsLeft[column] - step)
      return step
    }
    while nextRow[column] < rowCount {
      let row = nextRow[column]
      if flow[row, column] > 0, levels.rows[row] == levels.columns[column] + 1 {
        let step = push(
          row: row, min(amount, flow[row, column]), levels, &nextColumn, &nextRow)
        if step > 0 {
          flow[row, column] = imputed(flow[row, column] - step)
          return step
        }
      }
      nextRow[column] += 1
    }
    return 0
  }

  /// Cells with flow, and cells that lie on a ring along which flow could be moved.
  ///
  /// Flow can always be added from a row to a column and taken back along cells that have some; a ring is
  /// a row and a column of one strongly connected part of that graph.
  func cellsThatMayHold() -> [Bool] {
    let parts = stronglyConnectedParts()
    return isOpen.indices.map { index in
      let (row, column) = (index / columnCount, index % columnCount)
      return isOpen[index]
        && (flow.elements[index] > 0 || parts[row] == parts[rowCount + column])
    }
  }

  /// The part of each row, then of each column (Tarjan 1972, https://doi.org/10.1137/0201010), without
  /// recursion.
  private func stronglyConnectedParts() -> [Int] {
    let count = rowCount + columnCount
    var order = [Int](repeating: -1, count: count)
    var low = order
    var part = order
    var next = [Int](repeating: 0, count: count)
    var (stack, path): ([Int], [Int]) = ([], [])
    var (found, partCount) = (0, 0)
    for start in 0..<count where order[start] < 0 {
      path.append(start)
      while let node = path.last {
        if order[node] < 0 {
          order[node] = found
          low[node] = found
          found += 1
          stack.append(node)
        }
        if let neighbour = neighbour(of: node, from: &next[node]) {
          if order[neighbour] < 0 {
            path.append(neighbour)
          } else if part[neighbour] < 0 {
            low[node] = min(low[node], order[neighbour])
          }
          continue
        }
        path.removeLast()
        if let parent = path.last { low[parent] = min(low[parent], low[node]) }
        guard low[node] == order[node] else { continue }
        while let member = stack.popLast() {
          part[member] = partCount
          if member == node { break }
        }
        partCount += 1
      }
    }
    return part
  }

  /// The next node that flow can move to from a node; `place` counts those that were looked at.
  private func neighbour(of node: Int, from place: inout Int) -> Int? {
    let isRow = node < rowCount
    while place < (isRow ? columnCount : rowCount) {
      let other = place
      place += 1
      if isRow {
        if isOpen[node * columnCount + other] { return rowCount + other }
      } else if flow[other, node - rowCount] > 0 {
        return other
      }
    }
    return nil
  }
}
