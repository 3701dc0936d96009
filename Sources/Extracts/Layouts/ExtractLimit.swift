/// A number of rows at which servers and programs stop, so that a table of exactly so many may have been cut.
package enum ExtractLimit: Int, Sendable, CaseIterable {
  case guestOfNomis = 25_000
  case oldWorkbook = 65_535
  case page = 100_000
  case largePage = 1_000_000
  case workbook = 1_048_575

  /// - Returns: nil where the rows of data are of another number, and where a column says how many records
  ///   there are, so that none is missing in silence.
  init?(rowCount: Int, header: [String]) {
    guard !header.contains(where: { $0.lowercased().filter { $0 != "_" } == "recordcount" }) else {
      return nil
    }
    self.init(rawValue: rowCount)
  }

  /// What has the limit.
  package var holder: String {
    switch self {
    case .guestOfNomis: "Nomis gives guests 25,000 records"
    case .oldWorkbook: "a sheet of an old workbook (.xls) has 65,536 rows"
    case .page: "pages of 100,000 rows"
    case .largePage: "Nomis and other servers give pages of 1,000,000 rows"
    case .workbook: "a sheet of a workbook has 1,048,576 rows"
    }
  }
}
