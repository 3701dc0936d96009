import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

@Suite("Nomis downloads")
struct NomisDownloadTests {
  private static let preamble = """
    "annual survey"
    "ONS Crown Copyright Reserved [from Nomis on 1 May 2024]"

    "date      :","2019"
    "units     :","Persons"


    """

  @Test("areas down, a second row of headings, flags and confidence")
  func areasDown() throws {
    let table = try ReadTable(
      text: Self.preamble + """
        Area,Clerks,,,Cooks,,
        ,number,Flags,conf,number,Flags,conf
        lep:Black Country,10,,3,!,e,!
        Dorset,20,,*,-,,-

        "","Some counts, where small,"
        "* unreliable"
        """)
    #expect(table.reader == "nomis-download")
    #expect(
      table.header == [
        "area_type", "area", "category", "period", "value", "flag", "confidence", "measure", "date",
        "units",
      ])
    #expect(
      table.rows.map { $0.fields.joined(separator: "|") } == [
        "lep|Black Country|Clerks|2019|10||3|number|2019|Persons",
        "lep|Black Country|Cooks|2019|!|e|!|number|2019|Persons",
        "Area|Dorset|Clerks|2019|20||*|number|2019|Persons",
        "Area|Dorset|Cooks|2019|-||-|number|2019|Persons",
      ])
    #expect(table.rows.map { "\($0.line):\($0.column ?? 0)" } == ["9:2", "9:5", "10:2", "10:5"])
  }

  @Test("areas across, preamble cut off")
  func areasAcross() throws {
    let table = try ReadTable(
      text: """
        Cell,country:England,,Conf,"lep:Derby, Notts",,Conf
        ,,,,,,
        T09a:1 (All people - Clerks (SOC) : All),10,,3,~,,*
        """)
    #expect(
      table.texts(["area_type", "area", "category", "value", "confidence"]) == [
        "country|England|T09a:1 (All people - Clerks (SOC) : All)|10|3",
        "lep|Derby, Notts|T09a:1 (All people - Clerks (SOC) : All)|~|*",
      ])
  }

  @Test("periods across, one measure after another, codes beside names")
  func periodsAcross() throws {
    let table = try ReadTable(
      text: """
        "jobs density"
        "ONS Crown Copyright Reserved [from Nomis on 1 May 2024]"

        "units :","Jobs"

        "local authority: district","mnemonic","2021","","2022",""
        "","","number","%","number","%"
        "Darlington","E06000005",100,1.5,110,1.6
        """)
    #expect(
      table.texts(["area_type", "area", "mnemonic", "period", "value", "measure"]) == [
        "local authority: district|Darlington|E06000005|2021|100|number",
        "local authority: district|Darlington|E06000005|2021|1.5|%",
        "local authority: district|Darlington|E06000005|2022|110|number",
        "local authority: district|Darlington|E06000005|2022|1.6|%",
      ])
  }

  @Test("blocks under one another keep their dates, and must have the same keys")
  func blocks() throws {
    let second = "\n\nnote\n" + Self.preamble.replacing("2019", with: "2020")
    let rows = "Area,Clerks,Cooks\nladu:York,1,2\n"
    let table = try ReadTable(text: Self.preamble + rows + second + rows)
    #expect(
      table.texts(["area", "category", "period", "value", "date"]) == [
        "York|Clerks|2019|1|2019", "York|Cooks|2019|2|2019", "York|Clerks|2020|1|2020",
        "York|Cooks|2020|2|2020",
      ])
    let keysOnly = "\ndate,2020\nunits     :,Persons\n\n"
    let shorter = try ReadTable(text: Self.preamble + rows + keysOnly + rows)
    #expect(shorter.texts(["period", "value"]) == table.texts(["period", "value"]))
    let other = second.replacing("units", with: "sex")
    #expect(
      message { _ = try ReadTable(text: Self.preamble + rows + other + rows) }.contains(
        "the table has the keys \"date\", \"sex\"; expected those of the table above"))
  }

  @Test("a key that is also a column is told apart")
  func clash() throws {
    let table = try ReadTable(
      text: Self.preamble.replacing("units     :", with: "confidence :")
        + "Area,Clerks,Cooks\nladu:York,1,2\n")
    #expect(table.header.suffix(2) == ["date", "confidence (preamble)"])
  }

  @Test(
    "what cannot be read is refused with its place",
    arguments: [
      ("Area,Clerks,,Cooks,\nladu:York,1", "held:8:3: the row has 2 cells; expected 4 or more"),
      ("Area,Clerks,Cooks\nladu:York,1,2,3", "held:8:4: \"3\" has no heading"),
      (
        "Area,Clerks,Cooks\nladu:York,1,2\nnote\nladu:Leeds,3,4",
        "held:10: a row of figures has no heading"
      ),
      ("Age,Clerks,Cooks\n16 to 24,1,2", "held:7: it is not stated whether areas are in"),
      ("nothing else", "held: no table was found"),
    ])
  func refusals(rows: String, expected: String) {
    #expect(message { _ = try ReadTable(text: Self.preamble + rows) }.hasPrefix(expected))
  }

  @Test("a figure that cannot be read is told by its own cell")
  func places() throws {
    try withFile("Cell,lep:A,,Conf,lep:B,,Conf\na,1,,2,5,,\nb,2,,3,oops,,\n") { path in
      let side = "file: \(path), area: area, category: category, value: value"
      let job = try Job(
        text: "provision: { kind: people, \(side) }\ndemand: { kind: jobs, \(side) }",
        file: "job.yaml")
      let text = message { _ = try Session(job, workerCount: 1).run() }
      #expect(text.hasPrefix("\(path):3:5: \"oops\" is neither a number nor a marker"))
      let missing = try Job(
        text: """
          provision: { kind: people, file: \(path), area: region, category: category, value: value }
          demand: { kind: jobs, \(side) }
          """, file: "job.yaml")
      #expect(
        message { _ = try Session(missing, workerCount: 1).run() }.hasPrefix(
          "\(path):1: no column \"region\"; expected one of \"area_type\", \"area\""))
    }
  }

  @Test("two measures of one count are told apart in the message")
  func repeatedOnOneLine() throws {
    let text = "Area,Clerks,Flags,,Flags\n,number,,%,\nlep:A,1,,2,\nlep:B,1,,3,\n"
    try withFile(text) { path in
      let side = "file: \(path), area: area, category: category, value: value"
      let job = try Job(
        text: "provision: { kind: people, \(side) }\ndemand: { kind: jobs, \(side) }",
        file: "job.yaml")
      let text = message { _ = try Session(job, workerCount: 1).run() }
      #expect(
        text.hasPrefix(
          "\(path):3:4: a second figure for the same area, category and period, first at \(path):3")
      )
      #expect(
        text.contains("The rows differ in `measure` (\"number\", \"%\"): keep one with `where`"))
    }
  }

  @Test("a plain table is left alone")
  func plain() throws {
    for text in [
      "area,sector,value,conf\nA,B,1,2\n", ",DATE,OBS_VALUE\n1,2013,5\n2,2013,6\n",
      "area,2019,2020\nYork,1,2\n", "Area,Total,Micro\nladu:York,1,2\nladu:Leeds,3,4\n",
      "code\nE1\n",
    ] {
      let records = try RawRecord.records(text: text)
      #expect(try Reader.recognised { HeldRecords(records) }?.name == nil)
    }
  }
}

@Suite("Matrices of flows")
struct OriginDestinationTests {
  private static let names = " ,to,to\nusual residence : district,York,\"Leeds,Bradford\"\n"

  @Test("destinations across, keys beside every flow, notes left out")
  func matrix() throws {
    let table = try ReadTable(
      text: "\n\"flows\"\n\"Date       :\",\"2011\"\n\n" + Self.names + "\nYork,5,6\n"
        + "\"Leeds,Bradford\",7,8\n\n\"\",\"A note, with a comma\"\n")
    #expect(table.reader == "origin-destination")
    #expect(
      table.texts(["origin", "destination", "value", "Date"]) == [
        "York|York|5|2011", "York|Leeds,Bradford|6|2011", "Leeds,Bradford|York|7|2011",
        "Leeds,Bradford|Leeds,Bradford|8|2011",
      ])
  }

  @Test("rows that are workplaces are destinations")
  func turned() throws {
    let table = try ReadTable(
      text: ",usual residence,usual residence\nplace of work : district,York,Leeds\nYork,5,6\n")
    #expect(
      table.texts(["origin", "destination", "value"]) == ["York|York|5", "Leeds|York|6"])
  }

  @Test("a row that was cut off is refused")
  func ragged() {
    #expect(
      message { _ = try ReadTable(text: Self.names + "York,5,6\nLeeds,7\n") }.hasPrefix(
        "held:4:3: the row has 2 cells; expected 3"))
  }
}

@Suite("Titled tables")
struct TitledTableTests {
  @Test("title above, markers in headings and labels, notes below")
  func titled() throws {
    let table = try ReadTable(
      text: """
        Adverts by region,,
        Source: ONS [note 9],,
        Region [note 2],2019,2020 [note 1]
        North East,1,2
        ,,
        Unknown [note 4],[x],4
        Notes,,
        1. counted by month,,
        """)
    #expect(table.reader == "titled-table")
    #expect(table.header == ["Region", "2019", "2020"])
    #expect(
      table.rows.map { $0.fields.joined(separator: "|") } == ["North East|1|2", "Unknown|[x]|4"])
    #expect(table.rows.map(\.line) == [4, 6])
  }

  @Test("the job's lines of headings, joined; subtitles above the first row")
  func namedLines() throws {
    let text = "T,,,\n,,All jobs1,Mining\nDate,,B-S,B\nLevels,,,\nMar 96,,5,6\nJun 96,(r),7,8\n"
    let table = try ReadTable(text: text, header: [2, 3])
    #expect(table.header == ["Date", "", "All jobs1 | B-S", "Mining | B"])
    #expect(
      table.rows.map { $0.fields.joined(separator: "|") } == ["Mar 96||5|6", "Jun 96|(r)|7|8"])
    #expect(
      message { _ = try ReadTable(text: text, header: [9]) }.hasPrefix(
        "held:9: no row of headings begins on line 9"))
  }

  @Test("rows below the end of the table are refused, not lost")
  func rowsFollow() {
    let text = "T\na,b,c\nx,1,2\ny,3,4\nSecond part\nz,5,6\n"
    #expect(
      message { _ = try ReadTable(text: text) }.hasPrefix(
        "held:6: rows follow below the table, which ends at line 5"))
  }

  @Test("a cell beyond the headings is refused")
  func ragged() {
    #expect(
      message { _ = try ReadTable(text: "T\na,b\nx,1\nz,2\ny,3,4\n") }.hasPrefix(
        "held:5:3: \"4\" has no heading; expected 2 cells"))
  }

  @Test("titles without a table are refused")
  func noTable() throws {
    let records = try RawRecord.records(text: "Title\nonly\n")
    #expect(
      message { _ = try TitledTable(HeldRecords(records), headerLines: []) }.contains(
        "no row of headings was found"))
  }

  @Test("`header` goes with the reader of titled tables only")
  func jobKeys() throws {
    func job(_ keys: String) -> String {
      message {
        let side = "file: a.csv, area: a, category: b, value: c"
        _ = try Job(
          text: """
            provision: { kind: people, \(side), \(keys) }
            demand: { kind: jobs, \(side) }
            """, file: "job.yaml")
      }
    }
    #expect(job("header: 4") == "no failure")
    #expect(job("header: [4, 5], reader: titled-table") == "no failure")
    #expect(job("header: [4, 6]").contains("a list of consecutive lines"))
    #expect(job("header: 0").contains("a line number counted from 1"))
    #expect(job("header: 4, reader: table").contains("expected titled-table, or no `reader`"))
  }
}
