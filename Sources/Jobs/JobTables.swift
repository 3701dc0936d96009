import Extracts
import Mismatch

/// Every table of a job, and so every file that a run of it reads.
extension Job {
  package var tables: [TableJob] {
    [areas.table, sectors.table].compactMap { $0 } + sides.both.flatMap(\.tables)
      + requestTables
  }

  /// The job file and every input, with the path of each.
  package var inputFiles: [InputFile] {
    [InputFile(name: file, path: file)] + tables.flatMap(\.files)
  }
}

extension SideJob {
  fileprivate var tables: [TableJob] {
    var tables = blocks.map(\.table) + (lookups + crosswalks).map(\.table)
    if case .table(let totals, _, _, _, _) = totals { tables.append(totals) }
    if let raking { tables += [raking.areas.table, raking.sectors.table] }
    return tables
  }
}
