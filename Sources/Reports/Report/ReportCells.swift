import Extracts
import Mismatch
import Runs

/// The cells of a finished run as far as a report shows them.
struct ReportCells: Sendable {
  /// Cells of a period up to which a report shows all of them.
  static let fullCount = 5_000
  /// Cells over, and cells under, that are shown of larger grids.
  static let shownCount = 100

  private(set) var periods: [String] = []
  private(set) var areas = CodeNames()
  private(set) var sectors = CodeNames()
  /// By period, in the order of the file: all of them, or those of the focus alone.
  private(set) var cells: [[ReportCell]] = []
  /// Where not all are shown, the called cells of the latest period whose gaps are largest, over and then under.
  private(set) var largest: [ReportCell] = []
  /// How many cells of the latest period have each call, by sector; nil stands for none.
  private(set) var calls: [[Call?: Int]] = []
  /// Whether all cells are shown.
  let isFull: Bool

  /// Reads `cells.csv`.
  ///
  /// - Parameters:
  ///   - grids: those of the run, which have the same areas and sectors.
  ///   - isFull: whether all cells are wanted.
  ///   - focus: code of the area that is shown where not all are.
  init(
    _ table: WrittenTable, _ grids: [RunSummary.Grid], isFull: Bool, focus: String, workerCount: Int
  ) throws {
    self.isFull = isFull
    let selection = ShownRows(isFull: isFull, focus: Array(focus.utf8))
    let (areaCount, sectorCount) = (grids.last?.areas ?? 0, grids.last?.sectors ?? 0)
    let width = areaCount * sectorCount
    calls = Array(repeating: [:], count: sectorCount)
    var best: [Call: [(size: Double, row: Int, texts: [String])]] = [:]
    var first = 0
    try table.eachBlock(ReportCell.columns, workerCount: workerCount, work: selection.found) {
      found in
      for (row, call) in found.calls.enumerated() where first + row >= (grids.count - 1) * width {
        calls[(first + row) % sectorCount][call, default: 0] += 1
      }
      for kept in found.kept {
        let row = first + kept.row
        if isFull || kept.isOfFocus {
          take(kept.texts, period: row / width)
        }
        if let call = kept.call, row >= (grids.count - 1) * width {
          best[call, default: []].append((kept.size, row, kept.texts))
        }
      }
      for call in best.keys { best[call] = ReportCells.largest(best[call] ?? []) }
      first += found.calls.count
    }
    let period = grids.count - 1
    largest = [Call.over, .under].flatMap { best[$0] ?? [] }.map { cell in
      ReportCell(
        period: period, area: areas.number(of: cell.texts[1], name: cell.texts[2]),
        sector: sectors.number(of: cell.texts[3], name: cell.texts[4]),
        WrittenCell(ReportCell.headings, cell.texts))
    }
  }

  /// Those with the largest gaps; of equal gaps the earlier ones.
  private static func largest(
    _ cells: [(size: Double, row: Int, texts: [String])]
  ) -> [(size: Double, row: Int, texts: [String])] {
    Array(cells.sorted { ($1.size, $0.row) < ($0.size, $1.row) }.prefix(shownCount))
  }

  private mutating func take(_ texts: [String], period: Int) {
    if period == periods.count {
      periods.append(texts[0])
      cells.append([])
    }
    let area = areas.number(of: texts[1], name: texts[2])
    let sector = sectors.number(of: texts[3], name: texts[4])
    cells[period].append(
      ReportCell(
        period: period, area: area, sector: sector, WrittenCell(ReportCell.headings, texts)))
  }

  /// The number of the latest period.
  var period: Int { periods.count - 1 }

  /// The cells of the latest period that are held.
  var latest: [ReportCell] { cells.last ?? [] }

  /// The cells of an area in a period, in the order of the sectors; none where they are not held.
  func cells(ofArea area: Int, period: Int) -> ArraySlice<ReportCell> {
    let all = cells[period]
    guard isFull else { return all.first?.area == area ? all[...] : [] }
    let places = area * sectors.count..<(area + 1) * sectors.count
    return places.upperBound <= all.count ? all[places] : []
  }
}

/// Which rows of `cells.csv` a report shows.
private struct ShownRows: Sendable {
  /// What a stretch of rows holds.
  struct ShownStretch: Sendable {
    struct Row: Sendable {
      /// From the beginning of the stretch on.
      let row: Int
      let isOfFocus: Bool
      /// Over or under, where its gap may be among the largest.
      let call: Call?
      let size: Double
      let texts: [String]
    }

    var calls: [Call?] = []
    var kept: [Row] = []
  }

  let isFull: Bool
  let focus: [UInt8]

  private static let gapPlace = ReportCell.columns.firstIndex(of: "share_gap_pp") ?? 0

  /// The calls of a stretch of rows, and the rows that may be shown.
  func found(in block: WrittenBlock) -> ShownStretch {
    var found = ShownStretch()
    found.calls.reserveCapacity(block.rowCount)
    var rows: [Call: [(size: Double, row: Int)]] = [:]
    var ofFocus: Set<Int> = []
    for row in 0..<block.rowCount {
      let call = call(block.bytes(row, ReportCell.callPlace))
      found.calls.append(call)
      if isFull || block.bytes(row, 1).elementsEqual(focus) { ofFocus.insert(row) }
      // The latest period ends the file: what stands before it in a stretch must not take its places.
      guard !isFull, let call, call == .over || call == .under,
        block.bytes(row, 0).elementsEqual(block.bytes(block.rowCount - 1, 0)),
        let gap = block.number(row, ShownRows.gapPlace)
      else { continue }
      rows[call, default: []].append((abs(gap), row))
    }
    var largest: [Int: (size: Double, call: Call)] = [:]
    for (call, cells) in rows {
      for cell in cells.sorted(by: { ($1.size, $0.row) < ($0.size, $1.row) })
        .prefix(ReportCells.shownCount)
      {
        largest[cell.row] = (cell.size, call)
      }
    }
    for row in ofFocus.union(largest.keys).sorted() {
      found.kept.append(
        ShownStretch.Row(
          row: row, isOfFocus: ofFocus.contains(row), call: largest[row]?.call,
          size: largest[row]?.size ?? 0,
          texts: ReportCell.columns.indices.map { block.text(row, $0) }))
    }
    return found
  }

  private func call(_ text: UnsafeBufferPointer<UInt8>) -> Call? {
    Call.allCases.first { $0.rawValue.utf8.elementsEqual(text) }
  }
}
