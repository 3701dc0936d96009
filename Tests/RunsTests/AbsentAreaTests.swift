import Mismatch
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// Areas of the grid that a source has no row for.
struct AbsentAreaTests {
  private static let counts = [
    "A,2021,x,10\nA,2021,y,25\nA,2022,x,14\nA,2022,y,21\n",
    "B,2021,x,30\nB,2021,y,41\nB,2022,x,28\nB,2022,y,47\n",
    "C,2021,x,17\nC,2021,y,9\nC,2022,x,13\nC,2022,y,19\n",
  ]

  /// Three areas and two periods, provision by way of a counted crosswalk; demand lacks C.
  private static func example(
    demand: [String: String] = [:], keys: [String] = [], rows: String = ""
  ) -> Example {
    let header = "area,period,sector,count\n"
    return Example(
      provision: [
        "period": "period", "crosswalk": "{ file: map.csv, from: from, to: to, counts: cases }",
      ],
      demand: ["period": "period"].merging(demand) { $1 },
      keys: [
        "measures: [ share_gap_pp, location_quotient_provision, relative_index, dissimilarity, "
          + "mutual_information ]",
        "matching: { vacancy-share: 0.5 }", "limits: { one-sided: 50 % }",
      ] + keys,
      files: [
        "map.csv": "from,to,cases\nx,x,30\nx,y,10\ny,y,50\n",
        "provision.csv": header + counts.joined(),
        "demand.csv": header + counts[1].replacing("B,", with: "A,")
          + counts[0].replacing("A,", with: "B,") + rows,
      ])
  }

  private static func files(_ outcome: Outcome) -> [String: [UInt8]] {
    OutputCatalogue.tables(of: outcome).filter { $0.name != OutputTable.checks.name }.reduce(
      into: [:]) {
        files, table in
        files[table.name] = table.bytes
      }
  }

  @Test func zeroIsWhatRowsOfZeroAre() throws {
    let zeros = "C,2021,x,0\nC,2021,y,0\nC,2022,x,0\nC,2022,y,0\n"
    let stated = try Self.example(demand: ["absent-areas": "zero"]).run()
    let written = try Self.example(rows: zeros).run()
    #expect(Self.files(stated).count > 8)
    #expect(Self.files(stated) == Self.files(written))
    #expect(try Self.files(Self.example().run()) != Self.files(written))
  }

  private func isSame(_ left: Figure, _ right: Figure) -> Bool {
    func isSame(_ left: Double, _ right: Double) -> Bool {
      left == right || left.isNaN && right.isNaN
    }
    return isSame(left.value, right.value) && isSame(left.lower, right.lower)
      && isSame(left.upper, right.upper)
  }

  @Test func otherAreasAndAllTogetherAreAsIfItWereExcluded() throws {
    let absent = try Self.example().run()
    let excluded = try Self.example(keys: ["exclude-areas: [C]"]).run()
    for period in 0..<2 {
      let (left, right) = (absent.grids[period], excluded.grids[period])
      for measure in absent.job.measures + Measure.counts {
        for (own, other) in [
          (left.all, right.all), (left.pair(area: 0), right.pair(area: 0)),
          (left.pair(area: 1), right.pair(area: 1)),
        ] {
          let found = measure.cells(own, allAreas: left.all) + [measure.area(own)].compactMap { $0 }
          let wanted =
            measure.cells(other, allAreas: right.all) + [measure.area(other)].compactMap { $0 }
          #expect(zip(found, wanted).allSatisfy(isSame), "\(measure.name)")
        }
      }
      #expect(left.all.provision.total.status == [.absent, .incomplete])
      #expect(left.all.demand.cells.allSatisfy { $0.status == [.absent, .incomplete] })
      for (left, right) in zip(
        absent.each(DecomposedGrid.self)[period].headlines,
        excluded.each(DecomposedGrid.self)[period].headlines)
      {
        #expect(
          isSame(left.figure, right.figure) && left.debiased == right.debiased, "\(left.name)")
      }
      for (left, right) in zip(
        absent.each(ShareIndexTable.self)[period].pooled,
        excluded.each(ShareIndexTable.self)[period].pooled)
      { #expect(left.debiased == right.debiased) }
      let calls = [absent, excluded].map { $0.each(Inference.self)[period] }
      #expect(calls[0].findings.prefix(4).map(\.adjusted) == calls[1].findings.map(\.adjusted))
      #expect(calls[0].findings.dropFirst(4).allSatisfy { $0.call == nil && $0.pValue == nil })
      #expect(calls[0].pooledFindings.map(\.interval) == calls[1].pooledFindings.map(\.interval))
    }
    let rows = [absent, excluded].map { outcome in
      outcome.results[MismatchUnemployment.self]?.rows.filter { $0.area != 2 }.map(\.value) ?? []
    }
    #expect(rows[0].count > 10 && rows[0] == rows[1])
  }

  @Test func nothingIsKnownOfItsOwnCount() throws {
    let outcome = try Self.example().run()
    let demand = outcome.grids[0].pair(area: 2).demand
    for figure in demand.cells + [demand.total] {
      #expect(figure.value.isNaN && figure.lower == 0 && figure.upper == .infinity)
      #expect(figure.status == .absent)
    }
    let gap = Measure.shareGap.cells(outcome.grids[0].pair(area: 2), allAreas: outcome.grids[0].all)
    #expect(gap.allSatisfy { $0.value.isNaN && $0.status == [.absent, .unknown] })
    let checks = outcome.checks.filter { $0.check == "absent-areas" }
    #expect(checks.map(\.result) == [.pass, .warn, .warn])
    #expect(checks[1].message.hasPrefix("demand, 2021: 1 of 3 areas has no row (\"C\")"))
    let zero = try Self.example(demand: ["absent-areas": "zero"]).run()
    let accepted = zero.checks.filter { $0.check == "absent-areas" }
    #expect(accepted.map(\.result) == [.pass, .pass, .pass])
  }

  @Test func growthOfAnAreaThatIsAbsentInAPeriodIsUndefined() throws {
    let outcome = try Self.example(rows: "C,2022,x,5\n").run()
    let (before, after) = (outcome.grids[0], outcome.grids[1])
    let growth = ShiftShare.all(from: before.demand, to: after.demand)
    #expect(growth[2].before.value.isNaN && growth[2].growth.value.isNaN)
    #expect(growth[2].growth.status == [.absent, .unknown])
    #expect(growth[0].growth.value == 4 && growth[0].growth.status == [])
    let excluded = try Self.example(keys: ["exclude-areas: [C]"]).run()
      .results[MismatchUnemployment.self]?.rows
    for measure in ["lilien", "turbulence"] {
      let row = outcome.results[MismatchUnemployment.self]?.rows.first {
        $0.area == nil && $0.measure == measure
      }
      let wanted = excluded?.first { $0.area == nil && $0.measure == measure }
      #expect(row?.value == wanted?.value && row?.status == [.absent, .incomplete])
    }
  }

  @Test func anAreaThatComesOrGoesIsNoJump() throws {
    for (keys, result) in [([:], Verdict.pass), (["absent-areas": "zero"], Verdict.warn)] {
      let outcome = try Self.example(demand: keys, rows: "C,2022,x,120\n").run()
      let jumps = outcome.checks.filter { $0.check == "jumps" }
      #expect(jumps.map(\.result) == [.pass, result])
    }
  }

  @Test func nothingIsKnownWhereNoAreaHasBothSides() throws {
    let outcome = try Example(files: ["demand.csv": "area,sector,count\nC,x,3\n"]).run()
    let all = outcome.grids[0].all
    #expect(all.provision.total.value.isNaN && all.demand.total.value.isNaN)
    #expect(all.demand.total.lower == 3 && all.demand.total.upper == .infinity)
    #expect(Measure.shareGap.cells(all, allAreas: all).allSatisfy { !$0.isDefined })
    #expect(outcome.each(DecomposedGrid.self)[0].decomposition.mutualInformation.value.isNaN)
  }

  /// A row that reaches an area in any way is a count of the others; one that does not, is none.
  @Test(arguments: [
    ("P,x,3\n", true), ("P,x,0\n", true), ("P,x,[z]\n", true), ("P,skipped,3\n", true),
    ("P,All,0\n", true), ("P,unheard,3\n", false), ("Q,x,3\n", false), ("P,dropped,3\n", false),
  ])
  func whatReachesAnArea(row: String, reaches: Bool) throws {
    for parts in ["-", "[ part ]"] {
      let outcome = try Example(
        provision: [
          "area-lookup": "{ file: areas.csv, from: from, to: to }", "sum-over": parts,
          "totals": "{ category: All }", "where": "{ sector: { not: dropped } }",
        ], keys: ["sectors: { file: sectors.csv, code: code }", "exclude-sectors: [skipped]"],
        files: [
          "areas.csv": "from,to\nA,A\nP,B\nR,B\n", "sectors.csv": "code\nx\ny\nskipped\n",
          "provision.csv": "part,area,sector,count\n1,A,x,7\n1," + row,
        ]
      ).run()
      #expect(outcome.value(.provision, "B", "y") == 0 || !reaches, "\(parts)")
      #expect(outcome.value(.provision, "B", "y")?.isNaN == !reaches, "\(parts)")
    }
  }

  @Test func sumsOverPlacesLeaveItOut() throws {
    let outcome = try Example(
      keys: ["space: { commuting: { file: flows.csv, from: from, to: to, weight: people } }"],
      files: [
        "flows.csv": "from,to,people\nA,A,3\nA,B,1\nB,B,4\nC,B,1\nC,C,1\nD,D,2\n",
        "provision.csv": "area,sector,count\nA,x,10\nA,y,20\nB,x,30\nB,y,40\n",
        "demand.csv": Example.counts + "C,x,1\nD,y,2\n",
      ]
    ).run()
    let reached = try #require(outcome.results[SpaceOutcome.self]?.reached[0].grid.provision)
    #expect(reached.figures.figure(area: 0, sector: 0) == Figure(exact: 7.5))
    var other = Figure(exact: 32.5)
    other.status = [.absent, .incomplete]
    #expect(reached.figures.figure(area: 1, sector: 0) == other)
    // C and D receive from absent areas alone.
    #expect(reached.absentAreas == [2, 3])
    #expect(reached.figures.figure(area: 3, sector: 0).upper == .infinity)
  }

  @Test func accessibilityAndFlowsLeaveItOut() throws {
    let space =
      "space: { costs: { file: costs.csv, from: from, to: to, cost: minutes }, "
      + "decay: { form: exponential, rate: 0.1 }, own-area-cost: 1, "
      + "methods: [ hansen, two-step-floating-catchment, doubly-constrained ] }"
    func run(_ keys: [String]) throws -> SpaceOutcome {
      let outcome = try Example(
        keys: [space] + keys,
        files: [
          "costs.csv": "from,to,minutes\nA,B,5\nB,A,4\nA,C,2\nC,A,2\nB,C,7\nC,B,7\n",
          "provision.csv": Example.counts + "C,x,5\nC,y,6\n", "demand.csv": Example.counts,
        ]
      ).run()
      return try #require(outcome.results[SpaceOutcome.self])
    }
    let (absent, excluded) = (try run([]), try run(["exclude-areas: [C]"]))
    let found = try #require(absent.periods[0].accessibility?.hansen)
    let wanted = try #require(excluded.periods[0].accessibility?.hansen)
    for area in 0..<2 {
      let (left, right) = (
        found.figure(area: area, sector: 1), wanted.figure(area: area, sector: 1)
      )
      #expect(isSame(left, right) && left.status == [.absent, .incomplete])
    }
    let ratios = absent.periods[0].accessibility?.twoStepFloatingCatchment
    #expect(ratios?.value.elements.allSatisfy(\.isFinite) == true)
    #expect(absent.ownFlow(period: 0, area: 2, sector: 0).status == [.absent, .unknown])
    let own = absent.ownFlow(period: 0, area: 0, sector: 0)
    #expect(own.isDefined && own.status == [.absent, .incomplete])
  }

  @Test func transportIsThatOfTheOthers() throws {
    let transport =
      "transport: { skill-distance: { file: skill.csv, from: a, to: b, distance: d }, "
      + "costs: { file: costs.csv, from: from, to: to, cost: km } }"
    func run(_ keys: [String]) throws -> (TransportResult, Outcome) {
      let outcome = try Example(
        keys: [transport] + keys,
        files: [
          "skill.csv": "a,b,d\nx,y,1\ny,x,1\n", "provision.csv": Example.counts + "C,x,5\n",
          "demand.csv": "area,sector,count\nA,x,30\nA,y,5\nB,x,5\nB,y,60\n",
          "costs.csv": "from,to,km\nA,B,5\nB,A,4\nA,C,2\nC,A,2\nB,C,7\nC,B,7\n",
        ]
      ).run()
      return (try #require(outcome.each(TransportResult.self).first), outcome)
    }
    let (absent, excluded) = (try run([]), try run(["exclude-areas: [C]"]).0)
    let cost = try #require(excluded.plan?.totalCost)
    #expect(abs((absent.0.plan?.totalCost ?? .nan) - cost) < 1e-9)
    #expect(abs((absent.0.exact?.totalCost ?? .nan) - (excluded.exact?.totalCost ?? .nan)) < 1e-9)
    #expect(absent.1.warnings.contains("transport, all: 1 absent area excluded on both sides"))
    let cells = try #require(Self.files(absent.1)["transport_cells.csv"])
    #expect(String(decoding: cells, as: UTF8.self).contains(",C,C,x,x,,,,,,,,,absent\n"))
  }

  @Test func totalsOfScalingDecide() throws {
    let example = { (total: Int) in
      Example(
        provision: [
          "balance-to":
            "{ areas: { file: a.csv, code: c, value: v }, sectors: { file: s.csv, code: c, value: v } }"
        ], keys: ["areas: { lookup: a.csv, code: c }"],
        files: [
          "a.csv": "c,v\nA,30\nB,70\nC,\(total)\n", "s.csv": "c,v\nx,50\ny,\(50 + total)\n",
        ])
    }
    let outcome = try example(0).run()
    #expect(outcome.value(.provision, "C", "x") == 0)
    #expect(outcome.grids[0].provision.absentAreas == [])
    #expect(outcome.grids[0].demand.absentAreas == [2])
    #expect(try example(4).failure()?.found.contains("area \"C\" has no count") == true)
  }

  @Test func onlyZeroCanBeSaid() throws {
    let failure = try #require(try Self.example(demand: ["absent-areas": "0"]).failure())
    #expect(failure.expected == "zero" && failure.place?.line != nil)
  }
}
