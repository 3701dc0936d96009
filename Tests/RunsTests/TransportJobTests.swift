import Dense
import Foundation
import Mismatch
import Support
import Testing

@testable import Extracts
@testable import Jobs
@testable import Reports
@testable import Runs

/// The `transport` block of a job, from its files to the files of the run.
struct TransportJobTests {
  /// Skill distances of three categories, and areas on a straight road of 10 km steps.
  private static func bench(_ transport: String) -> CheckBench {
    var bench = CheckBench()
    bench.files["skill.csv"] =
      "from,to,distance\n"
      + [("a", "b"), ("a", "c"), ("b", "c")].map { "\($0),\($1),0.8\n\($1),\($0),0.8\n" }.joined()
    bench.files["grid.csv"] =
      "code,east,north\n" + (1...4).map { "N\($0),\($0)0000,350000\n" }.joined()
    bench.files["degrees.csv"] =
      "code,lat,long\n"
      + (1...4).map { "N\($0),0,\(Double($0) * kilometresInDegrees(10))\n" }.joined()
    bench.files["costs.csv"] =
      "from,to,km\n"
      + (1...4).flatMap { from in
        (1...4).filter { $0 != from }.map { "N\(from),N\($0),\(abs(from - $0) * 10)\n" }
      }.joined()
    bench.head =
      "transport: { skill-distance: { file: skill.csv, from: from, to: to, distance: distance }, "
      + transport + " }"
    return bench
  }

  /// Degrees along the equator.
  private static func kilometresInDegrees(_ kilometres: Double) -> Double {
    kilometres / Points.earthRadius * 180 / .pi
  }

  private static let grid =
    "coordinates: { file: grid.csv, code: code, easting: east, northing: north }"
  private static let degrees =
    "coordinates: { file: degrees.csv, code: code, latitude: lat, longitude: long }"
  private static let costs = "costs: { file: costs.csv, from: from, to: to, cost: km }"

  @Test("Coordinates of both kinds and a table of the same distances give the same costs")
  func distances() throws {
    let results = try [Self.grid, Self.degrees, Self.costs].map {
      try #require(try Self.bench($0).outcome().each(TransportResult.self).first)
    }
    let first = try #require(results[0].exact)
    for result in results {
      #expect(result.plan?.state == .converged)
      let exact = try #require(result.exact)
      #expect(Closeness.relative(1e-9).holds(exact.placeCost, first.placeCost))
      #expect(Closeness.relative(1e-9).holds(exact.skillCost, first.skillCost))
      #expect(
        Closeness.relative(1e-9).holds(
          result.plan?.placeCost ?? .nan, results[0].plan?.placeCost ?? .infinity))
    }
  }

  @Test("A run writes costs, shares, cells, options and how the plan ended")
  func files() throws {
    try Self.bench(Self.grid).inFolder { job in
      let outcome = try Session(Job(file: job), workerCount: 1).run()
      let folder = TextFile.folder(of: job) + "/out"
      try OutputFolder(folder, force: false).write(outcome, options: Manifest.Options(seed: 0))
      let summary = try TextFile.read(folder + "/transport.csv")
      #expect(summary.hasPrefix("period,item,value,status\n2024,mass,1,converged\n"))
      #expect(summary.contains("least_cost,") && summary.contains(",optimal\n"))
      let cells = try TextFile.read(folder + "/transport_cells.csv").split(separator: "\n")
      #expect(cells.count == 1 + 4 * 3)
      let manifest = try TextFile.read(folder + "/manifest.json")
      #expect(manifest.contains("\"distance\" : \"straight line\""))
      #expect(manifest.contains("\"regularisation\" : 0.1"))
      #expect(manifest.contains("grid.csv") && manifest.contains("skill.csv"))
    }
  }

  @Test("A job without a transport has no files of it")
  func absent() throws {
    let outcome = try CheckBench().outcome()
    #expect(OutputCatalogue.tables(of: outcome).allSatisfy { !$0.name.hasPrefix("transport") })
  }

  @Test("What is missing from the distances is named")
  func missing() throws {
    var bench = Self.bench(Self.grid)
    bench.files["grid.csv"] = "code,east,north\nN1,0,0\nN2,1,1\nN4,2,2\n"
    #expect(bench.failure()?.found.contains("\"N3\"") == true)
    bench = Self.bench(Self.grid)
    bench.files["skill.csv"] = "from,to,distance\na,b,1\n"
    #expect(bench.failure()?.found.contains("\"a\" to \"c\"") == true)
    bench = Self.bench(Self.costs)
    bench.files["costs.csv"] = bench.files["costs.csv"]?.replacing("N1,N4,30\n", with: "")
    #expect(try bench.outcome().warnings.contains { $0.contains("1 pairs of areas have no cost") })
    bench.files["costs.csv"]? += "N2,N1,10\n"
    #expect(bench.failure()?.found.contains("is duplicated") == true)
    bench = Self.bench(
      Self.degrees.replacing("degrees.csv", with: "grid.csv").replacing(
        "lat,", with: "east,"
      ).replacing("longitude: long", with: "longitude: north"))
    #expect(bench.failure()?.expected == "a number from -90 to 90")
  }

  @Test(
    "Wrong keys and values are refused",
    arguments: [
      ("", "either `coordinates` or `costs`"), ("\(grid), \(costs)", "either `coordinates`"),
      ("\(grid), mass: most", "balanced, unbalanced or partial"),
      ("\(grid), mass-penalty: 2", "no `mass-penalty`"),
      ("\(grid), regularisation: 0", "a number above 0"),
    ])
  func refused(keys: String, expected: String) {
    var bench = Self.bench(keys)
    if keys.isEmpty { bench.head = "transport: { skill-distance: { crosswalk: demand } }" }
    #expect(bench.failure()?.expected?.contains(expected) == true)
  }

  @Test("Less memory alters no figure, and too little is told")
  func memory() throws {
    func result(_ limit: Int?) throws -> TransportResult? {
      try Self.bench(Self.costs).inFolder { job in
        try Session(Job(file: job), workerCount: 2, memoryLimit: limit).run().each(
          TransportResult.self
        ).first
      }
    }
    // 32 panels of 4 areas x 3 sectors, strips of 64 rows for 2 workers and 6 matrices of sectors leave no
    // room for the kernel beside the tables of both sides.
    let search = 8 * (4 * (32 * 3 + 2 * 64) + 6 * 3 * 3)
    let tables = try Self.bench(Self.costs).inFolder { job in
      try Session(Job(file: job), workerCount: 2).check().tableByteCount
    }
    let needed = search + tables
    // The system's allocator gives an array up to 16 bytes more than it asked for, as the heap happens to be.
    let spare = 64
    let (free, tight) = (try result(nil)?.plan, try result(needed + spare)?.plan)
    #expect(free?.objective == tight?.objective && free?.taken == tight?.taken)
    let failure = try #require(throws: Failure.self) { try result(needed - spare) }
    #expect(failure.kind == .failed)
    let found = try #require(
      failure.found.wholeMatch(
        of: /the transport needs 7600 bytes, (\d+) more than --memory leaves for it/))
    #expect(try #require(Int(found.1)) <= 2 * spare)
  }

  @Test("What a search will take is told")
  func needs() {
    let places = Points(
      eastings: (0..<1500).map(Double.init), northings: Array(repeating: 0, count: 1500), scale: 1)
    let costs = TransportCosts(
      place: places.distances(own: 0), skill: Matrix(rowCount: 4, columnCount: 4))
    for (limit, end) in [(nil, "kept in memory"), (8 << 20, "calculated in every iteration")] {
      let needs = TransportNeeds(costs, workerCount: 2, budget: MemoryBudget(stated: limit))
      #expect(
        needs.lines.first
          == "transport: 1500 areas x 4 sectors; the kernel of places needs 17 MiB and is \(end)")
    }
  }

  @Test("A plan that breaks down has no figures and says so")
  func breaksDown() throws {
    var bench = Self.bench(Self.costs)
    bench.files["costs.csv"] = "from,to,km\nN1,N1,0\nN2,N2,0\nN3,N3,0\nN4,N4,0\n"
    let outcome = try bench.outcome()
    let result = try #require(outcome.each(TransportResult.self).first)
    #expect(result.exact == nil && result.exactNote == "no-plan")
    #expect(result.planNote != "converged")
    #expect(outcome.warnings.contains { $0.hasPrefix("transport, 2024:") })
  }

  @Test("Sectors that the same categories feed are near one another")
  func overlap() throws {
    let place = Place(file: "map.csv")
    let map = try WeightedMap(
      [("a", "x", 1.0), ("b", "x", 0.5), ("b", "y", 0.5), ("c", "z", 1)].map {
        WeightedMap.Entry(from: $0.0, to: $0.1, weight: $0.2, place: place)
      }, normalise: false)
    let distances = map.overlapDistances(Codebook(codes: ["x", "y", "z"]))
    // x: a 1, b 1/2; y: b 1/2. Shared 1/2 of 3/2.
    #expect(
      Closeness.absolute(1e-15).holds(distances.elements, [0, 2.0 / 3, 1, 2.0 / 3, 0, 1, 1, 1, 0]))
  }
}

/// Case c07 by way of a job and its files, at the tolerance of its HOW.md.
@Suite(.enabled(if: Shared.isExpected))
struct TransportJobReferenceTests {
  @Test("A job on the files of c07", arguments: ["0.5", "0.1", "0.03"])
  func c07(regularisation: String) throws {
    let folder = "\(Shared.path)/reference/c07-optimal-transport"
    let counts = "file: input_counts.csv, area: area, category: sector"
    let text = """
      provision: { kind: people, \(counts), value: trainees }
      demand: { kind: vacancies, \(counts), value: vacancies }
      transport:
        costs: { file: input_distance_km.csv, from: from_area, to: to_area, cost: km }
        skill-distance: { file: input_skill_distance.csv, from: from_sector, to: to_sector, distance: distance }
        regularisation: \(regularisation)

      """
    let outcome = try Session(Job(text: text, file: "\(folder)/job.yaml"), workerCount: 1).run()
    let result = try #require(outcome.each(TransportResult.self).first)
    let plan = try #require(result.plan)
    let expected = try Shared.table("c07-optimal-transport/expected_summary.csv").compactMapValues {
      $0["value"].flatMap(Double.init)
    }
    let key = "sinkhorn_\(regularisation)_"
    let close = Closeness.either(1e-8)
    #expect(close.holds(plan.totalCost, expected[key + "transport_cost"] ?? .nan))
    #expect(close.holds(plan.objective, expected[key + "regularised_objective"] ?? .nan))
    #expect(close.holds(plan.share(.placeOnly), expected[key + "share_wrong_place_only"] ?? .nan))
    #expect(
      Closeness.either(1e-9).holds(
        result.exact?.totalCost ?? .nan, expected["emd_cost_total"] ?? .nan))
  }
}
