import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Small files in the publishers' shapes of other years and editions, and broken ones.
struct ExtractLikenessTests {
  // MARK: Department for Education

  private static let aims = [
    "kind": "aims", "area": "location_code", "category": "ssa_t1_desc", "period": "time_period",
    "value": "achievements", "rounding": "nearest 10",
  ]

  private static let aimsHeader =
    "location,location_code,geographic_level,time_period,ssa_t1_desc,achievements\n"

  private static func aims(_ area: String, _ code: String, _ level: String, _ counts: [String])
    -> String
  {
    zip(["Arts", "Care", "Law", "Total"], counts).map {
      "\(area),\(code),\(level),202324,\($0),\($1)\n"
    }.joined()
  }

  /// Adverts of regions and their country, for the other side.
  private static let adverts = [
    "demand.csv": """
    area,sector,count
    E12000001,Arts,31
    E12000001,Care,57
    E12000001,Law,12
    E12000002,Arts,44
    E12000002,Care,29
    E12000002,Law,91

    """
  ]

  private static func example(
    _ text: String, with more: [String: String] = [:], keys: [String] = []
  ) -> Example {
    Example(
      provision: aims.merging(more) { $1 }, keys: keys,
      files: adverts.merging(["provision.csv": aimsHeader + text]) { $1 })
  }

  @Test func conflictMarkersAreRefusedWithTheirLine() throws {
    let ours = Self.aims("North East", "E12000001", "Regional", ["110", "620", "90", "820"])
    let theirs = Self.aims("North East", "E12000001", "Regional", ["120", "620", "90", "830"])
    let text = "<<<<<<< HEAD\n\(ours)=======\n\(theirs)>>>>>>> main\n"
    let failure = try #require(try Self.example(text).failure())
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "provision.csv", line: 2))
    #expect(failure.found.hasPrefix("a conflict marker"))
    #expect(failure.advice == "Resolve the conflict in git, or fetch the file again")
  }

  @Test func totalThatItsSubjectsCannotMakeFails() throws {
    let text =
      Self.aims("North East", "E12000001", "Regional", ["110", "620", "90", "820"])
      + Self.aims("North West", "E12000002", "Regional", ["210", "530", "70", "1210"])
    let outcome = try Self.example(text, with: ["totals": "{ category: Total }"]).run()
    let row = try #require(outcome.checks.first { $0.stops })
    #expect(row.check == "parts-and-totals")
    #expect(row.place == "provision.csv")
    #expect(row.count == 1)
    #expect(
      row.message.hasSuffix(
        "first E12000002 in 202324: parts of 795 to 822, total of 1,205 to 1,214"))
    #expect(outcome.checks.filter(\.stops).count == 1)
  }

  /// England's figure against the sum of its regions: regions are the parts, and England the total.
  private func englandOver(_ england: String) throws -> Outcome {
    let regions = (1...9).map { "Region \($0),E1200000\($0),Regional,202324,Total,\($0)00\n" }
    return try Self.example(
      regions.joined() + "England,E92000001,National,202324,Total,\(england)\n",
      with: [
        "area": "{ constant: E92000001 }", "category": "location",
        "totals": "{ category: England }",
      ]
    ).run()
  }

  @Test func totalOfEnglandThatContradictsItsRegionsFails() throws {
    // Nine regions of 4500 in all, each from 5 below to 4 above.
    func stops(_ england: String) throws -> [CheckRow] {
      try englandOver(england).checks.filter { $0.stops && $0.check != "sides-apart" }
    }
    let found = try stops("4620")
    #expect(found.map(\.check) == ["parts-and-totals"])
    #expect(found.first?.place == "provision.csv")
    #expect(found.first?.count == 1)
    #expect(
      found.first?.message.hasSuffix(
        "first E92000001 in 202324: parts of 4,455 to 4,536, total of 4,615 to 4,624") == true)
    #expect(try stops("4540") == [])
  }

  @Test func regionsStackedWithTheirCountryAreTold() throws {
    let text =
      Self.aims("North East", "E12000001", "Regional", ["110", "620", "90"])
      + Self.aims("North West", "E12000002", "Regional", ["210", "530", "70"])
      + Self.aims("England", "E92000001", "National", ["350", "1190", "180"])
    let row = try #require(try Self.example(text).run().checks.first { $0.stops })
    #expect(row.check == "overlapping-levels")
    #expect(row.place == "provision.csv")
    #expect(row.count == 1630)
    #expect(row.message.contains("\"E92000001\" (1,720) is counted together with 2 regions"))
    let kept = ["where": "{ geographic_level: Regional }"]
    #expect(try Self.example(text, with: kept).run().checks.filter(\.stops) == [])
  }

  /// Underlying data of Explore Education Statistics leave the region empty in national rows.
  @Test func countryWithAnEmptyRegionIsTold() throws {
    let text =
      Self.aims("North East", "E12000001", "Regional", ["110", "620", "90"])
      + Self.aims("North West", "E12000002", "Regional", ["210", "530", "70"])
      + Self.aims("East Midlands", "E12000004", "Regional", ["340", "280", "150"])
      + Self.aims("England", "", "National", ["660", "1430", "310"])
    let failure = try #require(try Self.example(text).failure())
    #expect(failure.place == Place(file: "provision.csv", line: 11, column: 2))
    #expect(failure.advice?.hasSuffix("`where: { geographic_level: Regional }`") == true)
  }

  @Test func otherYearWithAColumnMoreIsReadAsTheOneBefore() throws {
    let job = [
      "kind": "aims", "area": "area", "category": "SSA", "value": "Achievements",
      "period": "{ constant: 2022/23 }", "rounding": "nearest 10", "markers": "{ NA: 0..4 }",
      "where": "{ geographic_level: LSIP, Level: Total, sex: Total }",
    ]
    let text = """
      "geographic_level","area","SSA","Level","sex","AgeGroup","Achievements","Enrolments"
      "LSIP","Dorset","Arts","Total","Total","Total",110,150
      "LSIP","Dorset","Care","Total","Total","Total",NA,20
      "LSIP","Dorset","Care","Total","Female","Total",NA,10
      "LEP","Dorset","Arts","Total","Total","Total",110,150

      """
    let other = "area,sector,count\nDorset,Arts,12\nDorset,Care,7\n"
    let outcome = try Example(
      provision: job, files: ["provision.csv": text, "demand.csv": other]
    ).run()
    #expect(outcome.grids.map(\.period) == ["2022/23 = all"])
    #expect(outcome.bounds(.provision, "Dorset", "Arts") == [105, 114])
    #expect(outcome.bounds(.provision, "Dorset", "Care") == [0, 4])
    let reconciliation = outcome.reconciliation(.provision)
    #expect(
      (reconciliation.published, reconciliation.mapped, reconciliation.filtered) == (220, 110, 110))
    // A second age would make two figures of one: told, with the column to choose by.
    let ages = text + "\"LSIP\",\"Dorset\",\"Arts\",\"Total\",\"Total\",\"19+\",60,80\n"
    let failure = try #require(
      try Example(provision: job, files: ["provision.csv": ages, "demand.csv": other]).failure())
    #expect(failure.place == Place(file: "provision.csv", line: 6))
    #expect(failure.advice?.contains("`AgeGroup` (\"Total\", \"19+\")") == true)
  }

  // MARK: Office for National Statistics

  private static let twoMonths = """
    "geographic_level","area","Summary Profession Category","Detailed Profession Category","time_period","vacancies"
    "LSIP","Dorset","Health","Nurses","Jan 23","125"
    "LSIP","Dorset","Health","Nurses","Feb 23","[x]"
    "LSIP","Dorset","Law","Solicitors","Jan 23","15"
    "LSIP","Dorset","Law","Solicitors","Feb 23","40"

    """

  private static func months(keys: [String]) -> Example {
    Example(
      provision: ["period": "{ constant: 2021/22 }"],
      demand: [
        "kind": "adverts", "category": "Detailed Profession Category", "period": "time_period",
        "value": "vacancies", "rounding": "nearest 5", "markers": "{ \"[x]\": 0..4 }",
      ], keys: keys,
      files: [
        "provision.csv": "area,sector,count\nDorset,Nurses,8\nDorset,Solicitors,9\n",
        "demand.csv": twoMonths,
      ])
  }

  @Test func oneOfTwoMonthsIsPickedByItsPair() throws {
    let outcome = try Self.months(keys: ["periods: { pair: \"2021/22 = Jan 23\" }"]).run()
    #expect(outcome.value(.demand, "Dorset", "Nurses") == 125)
    #expect(outcome.value(.demand, "Dorset", "Solicitors") == 15)
    let reconciliation = outcome.reconciliation(.demand)
    #expect((reconciliation.published, reconciliation.mapped) == (180, 140))
    #expect(
      reconciliation.filteredByPeriod.sum.value == 40
        && reconciliation.filteredByPeriod.rowCount == 2)
    #expect(reconciliation.markedCounts.isEmpty)
  }

  @Test func twoMonthsWithoutAPairAreNotGuessed() throws {
    let failure = try #require(try Self.months(keys: []).failure())
    #expect(failure.found.hasPrefix("no period occurs on both sides"))
    #expect(failure.found.hasSuffix("demand has \"Jan 23\", \"Feb 23\""))
    #expect(failure.advice?.hasPrefix("Pair the periods") == true)
  }

  @Test func oldWorkbookIsRefusedWithTheCommandThatConvertsIt() throws {
    let folder = try TestFolder()
    let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    for name in ["adverts.xls", "adverts.xlsx", "adverts.csv"] {
      try folder.write(name, bytes: signature + [UInt8](repeating: 0, count: 4088))
      let job = try Example(demand: ["file": name]).job(in: folder)
      let failure = try #require(throws: Failure.self) {
        try Session(job, workerCount: 1).run()
      }
      #expect(failure.kind == .badData)
      #expect(failure.place?.file == "\(folder.path)/\(name)")
      #expect(failure.advice?.contains("--convert-to xlsx") == true)
    }
  }

  // MARK: Nomis

  private static let api = [
    "kind": "jobs", "area": "GEOGRAPHY_CODE", "category": "INDUSTRY_NAME", "period": "DATE_NAME",
    "value": "OBS_VALUE",
  ]

  @Test func headerOnlyResultOfTheAPIIsRefusedAsEmpty() throws {
    let header =
      "DATE_NAME,GEOGRAPHY_CODE,INDUSTRY_NAME,MEASURES_NAME,OBS_VALUE,RECORD_OFFSET,RECORD_COUNT\n"
    let failure = try #require(
      try Example(demand: Self.api, files: ["demand.csv": header]).failure())
    #expect(failure.kind == .badData)
    #expect(failure.place == Place(file: "demand.csv", line: 1))
    #expect(failure.found.hasPrefix("an empty result"))
    #expect(failure.advice?.contains("geography and date") == true)
  }

  private static let download = [
    "kind": "jobs", "area": "area", "category": "category", "period": "date", "value": "value",
    "where": "{ area_type: itl325 }",
  ]

  @Test(arguments: [
    """
    Area,A : Farming,Flags,B : Mining,Flags
    itl325:TLC31 Hartlepool,700,,120,
    itl325:TLK11 Bristol,80,*,45,
    country:England,9000,,800,
    """,
    """
    Industry,itl325:TLC31 Hartlepool,Flags,itl325:TLK11 Bristol,Flags,country:England,Flags
    A : Farming,700,,80,*,9000,
    B : Mining,120,,45,,800,
    """,
  ])
  func areasOfANewTypeAreReadDownAndAcross(table: String) throws {
    let text = """
      "Business Register and Employment Survey"
      "ONS Crown Copyright Reserved [from Nomis on 6 March 2026]"

      "date",2025

      \(table)

      """
    let outcome = try Example(
      provision: ["period": "{ constant: 2025 }"], demand: Self.download,
      files: [
        "provision.csv": "area,sector,count\nTLC31 Hartlepool,A : Farming,3\n",
        "demand.csv": text,
      ]
    ).run()
    #expect(outcome.areas.codes == ["TLC31 Hartlepool", "TLK11 Bristol"])
    #expect(outcome.value(.demand, "TLC31 Hartlepool", "A : Farming") == 700)
    #expect(outcome.value(.demand, "TLK11 Bristol", "A : Farming") == 80)
    #expect(outcome.value(.demand, "TLK11 Bristol", "B : Mining") == 45)
    #expect(outcome.reconciliation(.demand).published == 10_745)
    #expect(outcome.reconciliation(.demand).filtered == 9800)
  }
}
