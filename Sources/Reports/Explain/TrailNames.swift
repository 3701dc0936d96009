import Jobs
import Mismatch
import Runs

/// What the codes of one side are called along its way to the grid: by its own source, else by the registers.
struct TrailNames: Sendable {
  private let own: [Dimension: CodeList]
  private let registers: [Dimension: [Spelling: String]]
  private let cell: CellKey

  init(_ tally: Tally, _ frame: Frame, cell: CellKey) {
    own = [.area: tally.areas, .category: tally.categories]
    registers = frame.names
    self.cell = cell
  }

  /// The name of a code; nil where it has none besides the code.
  func name(of code: String, _ dimension: Dimension) -> String? {
    let list = own[dimension]
    let names = [
      list?.place(of: code).flatMap { list?.names[$0] }, registers[dimension]?[Spelling(code)],
      dimension == .area && code.isSpelt(as: cell.areaCode) ? cell.areaName : nil,
      dimension == .category && code.isSpelt(as: cell.sectorCode) ? cell.sectorName : nil,
    ]
    return names.compactMap { $0 }.first { !$0.isEmpty && !$0.isSpelt(as: code) }
  }
}
