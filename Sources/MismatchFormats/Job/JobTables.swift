import Mismatch

/// Every table of a job, and so every file that a run of it reads.
extension Job {
  var tables: [TableJob] {
    let sides = Side.allCases.flatMap { side($0).tables }
    let registers = [
      areas.table, sectors.table, matching?.efficiency?.table, matching?.flows?.table,
    ]
    return registers.compactMap { $0 } + sides + (space?.tables ?? []) + (transport?.tables ?? [])
  }

  /// The job file and every input, with the path of each.
  var inputFiles: [InputFile] {
    [InputFile(name: file, path: file)] + tables.flatMap(\.files)
  }
}

extension SideJob {
  fileprivate var tables: [TableJob] {
    var tables = [table] + (lookups + crosswalks).map(\.table)
    if case .table(let totals, _, _, _, _) = totals { tables.append(totals) }
    if let balancing { tables += [balancing.areas.table, balancing.sectors.table] }
    return tables
  }
}

extension SpaceJob {
  fileprivate var tables: [TableJob] { (commuting?.tables ?? []) + (ways?.tables ?? []) }
}

extension TransportJob {
  fileprivate var tables: [TableJob] {
    if case .table(let distances) = skill { return ways.tables + distances.tables }
    return ways.tables
  }
}

extension WaysJob {
  fileprivate var tables: [TableJob] {
    switch self {
    case .coordinates(let coordinates): [coordinates.table]
    case .costs(let costs): costs.tables
    }
  }
}

extension PairJob {
  fileprivate var tables: [TableJob] { [table] + lookups.map(\.table) }
}
