import Mismatch

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

extension FuzzTarget {
  /// A reader by its name, or the one that the content asks for.
  static func reader(_ name: String?) -> FuzzTarget {
    FuzzTarget(name: name ?? "recognised") { bytes in
      held.input.hold(UnsafeRawBufferPointer(bytes))
      let file = InputFile(name: "input", path: held.input.path)
      let job = TableJob(
        files: [file], delimiter: nil, readerName: name, trimsFields: bytes.count % 2 == 0,
        filters: [])
      var rows = try job.open(file)
      while try rows.next() {
        for column in rows.header.indices { _ = try rows.text(column) }
      }
      _ = try rows.record(role: "input", rowCount: 0)
    }
  }

  /// What `inspect` says of a file, in words.
  static let inspect = FuzzTarget(name: "inspect") { bytes in
    held.input.hold(UnsafeRawBufferPointer(bytes))
    for account in try Inspection.accounts(of: held.input.path) {
      var text = AccountText(account)
      precondition(!text.text().isEmpty)
    }
  }

  private static let pagesJob = Result {
    let path = "/proc/self/fd/199"
    return try Job(
      text: """
        provision: { kind: people, file: "\(path)", value: OBS_VALUE, area: GEOGRAPHY_CODE,
          category: CELL, period: DATE, sum-over: [SEX] }
        demand: { kind: jobs, file: "\(path)", area: a, category: b, value: c }
        """, file: "job.yaml")
  }

  /// Tables of the Nomis API by way of a side, which looks for missing pages.
  static let pages = FuzzTarget(name: "nomis-pages") { bytes in
    held.input.hold(UnsafeRawBufferPointer(bytes))
    var reader = SideReader(try pagesJob.get().sides.provision, onRead: { _ in })
    try reader.read()
  }
}
