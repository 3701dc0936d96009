import Foundation
import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

@Suite("Readers agree with another reading of the real files", .enabled(if: Extracts.areWanted))
struct ReadersOnExtractsTests {
  @Test(
    "text, to the last cell",
    arguments: [
      ("occupation", "nomis/Employment by occupation - Dec 2021 - SOC2010 - APS.csv", 46_575),
      ("sector", "nomis/Employment by sector - BRES 2016.csv", 8_073),
      ("sector", "nomis/Employment by sector - BRES 2018.csv", 8_073),
      ("sector", "nomis/Employment by sector - BRES 2019.csv", 8_073),
      ("density", "nomis/QS102EW LAD2011.csv", 348),
      ("flows", "nomis/WF02EW LAD2011.csv", 119_716),
    ])
  func text(what: String, file: String, count: Int) throws {
    let table = try ReadTable(try RawRecord.records(file: Extracts.path(file)))
    #expect(table.reader == (what == "flows" ? "origin-destination" : "nomis-download"))
    try compare(table, try Extracts.rows(what, file), count)
  }

  @Test(
    "sheets, to the last cell", .enabled(if: Extracts.hasOpenpyxl),
    arguments: [
      ("stacked_occupation", "nomis/nomis_2022_11_08_125617_APS_T09a_stacked.xlsx", "Data", 49_500),
      ("stacked_sizes", "nomis/nomis_2022_11_08_130847_UBC_size.xlsx", "Data", 9_900),
      ("titled", "demand/referencetablesupdated.xlsx", "1", 331),
      ("titled", "demand/referencetablesupdated.xlsx", "2", 13),
      ("titled", "demand/referencetablesupdated.xlsx", "6", 48),
    ])
  func sheet(what: String, file: String, sheet: String, count: Int) throws {
    let table = try ReadTable(try Extracts.records(file, sheet: sheet))
    #expect(table.reader == (what == "titled" ? "titled-table" : "nomis-download"))
    let own = try Extracts.rows(what, file, sheet: what == "titled" ? sheet : nil)
    try compare(table, own, count)
  }

  private func compare(_ table: ReadTable, _ own: [LaidOutRow], _ count: Int) throws {
    #expect(table.rows.count == count)
    try #require(own.count == table.rows.count)
    let differing = zip(table.rows, own).first { $0 != $1 }
    #expect(differing == nil)
    #expect(table.rows.allSatisfy { $0.fields.count == table.header.count })
  }

  /// Texts of which a reader is recognised: downloads from Nomis, and a matrix of commuters.
  private static let laidOut = [
    "nomis/Employment by occupation - Dec 2021 - SOC2010 - APS.csv",
    "nomis/Employment by sector - BRES 2016.csv", "nomis/Employment by sector - BRES 2018.csv",
    "nomis/Employment by sector - BRES 2019.csv", "nomis/QS102EW LAD2011.csv",
    "nomis/WF02EW LAD2011.csv",
  ]

  @Test("plain tables go straight from the scanner")
  func plain() throws {
    let texts = try Extracts.files().filter { name in
      [".csv", ".csv.gz", ".tsv"].contains { name.hasSuffix($0) }
    }
    let recognised = try texts.filter { name in
      try Reader.recognised {
        try DelimitedRecords(
          ByteSource(path: Extracts.path(name)), delimiter: name.hasSuffix("tsv") ? 9 : 44)
      } != nil
    }
    #expect(recognised == Self.laidOut)
  }

  @Test("headings of sheets of the ONS", .enabled(if: Extracts.hasOpenpyxl))
  func onsSheets() throws {
    let adverts = try ReadTable(
      try Extracts.records("demand/referencetablesupdated.xlsx", sheet: "6"))
    #expect(
      adverts.header == ["Year", "Region", "Volume of adverts, new", "Volume of adverts, existing"])
    let vacancies = try Extracts.records(
      "demand/VACS02_vacancies_by_industry_SIC07.xlsx", sheet: "levels")
    let table = try ReadTable(vacancies, header: [4, 5, 6])
    #expect(table.header[0] == "SIC 2007 sections")
    #expect(table.header[1] == "")
    #expect(table.header[2] == "All vacancies1 | B-S | AP2Y")
    #expect(table.header[4] == "Manu-    facturing | C | JP9I")
    #expect(table.rows.first?.fields[0] == "Apr-Jun 2001")
    #expect(table.rows.first?.fields[2] == "680")
    // The file's last month, and below a blank row the changes that it puts among its figures.
    #expect(
      table.rows.map(\.fields[0]).suffix(5) == [
        "Aug-Oct 2025", "Change on quarter", "Change %", "Change on year", "Change %",
      ])
  }

  @Test("headings over two rows name their columns", .enabled(if: Extracts.hasOpenpyxl))
  func jobsByRegion() throws {
    let records = try Extracts.records(
      "demand/JOBS05_workforce_jobs_by_region_industry.xlsx", sheet: "7. London")
    let table = try ReadTable(records, header: [5, 6])
    #expect(table.header[0] == "SIC 2007 section")
    #expect(table.header[2] == "Agriculture, forestry & fishing | A")
    #expect(table.rows.first?.fields.prefix(5) == ["Mar 96", "", "4", "7", "276"])
  }
}
