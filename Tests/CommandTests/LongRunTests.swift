import Dense
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs that take long, are stopped anyhow and go on.
struct LongRunTests {
  /// A job over areas at random places, and what else it is told.
  private func work(areaCount: Int, sectors: [String] = ["x", "y"], _ keys: String) throws
    -> WorkFolder
  {
    let work = try WorkFolder()
    let draws = Philox(seed: 17)
    var (provision, demand) = ("area,sector,count\n", "area,sector,count\n")
    var places = "code,latitude,longitude\n"
    for area in 0..<areaCount {
      let draw = { (number: UInt64) in
        Int(draws.uniform(cell: UInt64(area), draw: number) * 500_000)
      }
      places += "\(area),\(50 + Double(draw(0)) / 1e5),\(Double(draw(1)) / 1e5)\n"
      for (number, sector) in sectors.enumerated() {
        provision += "\(area),\(sector),\(draw(2 + 2 * UInt64(number)) / 10_000)\n"
        demand += "\(area),\(sector),\(draw(3 + 2 * UInt64(number)) / 10_000)\n"
      }
    }
    try work.write("provision.csv", provision)
    try work.write("demand.csv", demand)
    try work.write("places.csv", places)
    try work.write("skill.csv", "from,to,distance\nx,y,0.8\ny,x,0.6\n")
    let sides = """
      provision: { kind: people, file: provision.csv, area: area, category: sector, value: count }
      demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }
      measures: [ gap ]
      intervals: { kinds: [ bounds ] }

      """
    try work.write("job.yaml", sides + keys)
    try work.write("short.yaml", sides)
    return work
  }

  private static let coordinates =
    "coordinates: { file: places.csv, code: code, latitude: latitude, longitude: longitude }"
  private static let space =
    "space: { \(coordinates), decay: { form: log-logistic, scale: 30, shape: 2.5 }, methods: "
  private static let transport =
    "transport: { \(coordinates), regularisation: 0.05, skill-distance: "
    + "{ file: skill.csv, from: from, to: to, distance: distance } }"

  /// Mostly in tiles, for seconds.
  private func tiledWork() throws -> WorkFolder {
    try work(
      areaCount: 1_800, sectors: ["x"], "\(Self.space)[ two-step-floating-catchment ] }")
  }

  @Test func runKilledTwentyTimesGoesOnToTheSameBytes() throws {
    let work = try tiledWork()
    let start = Date()
    let whole = try work.run("mismatch run job.yaml -o whole -j 2 -q")
    #expect(whole.status == 0, "\(whole.stderr)")
    let moments = 6e5 * Date().timeIntervalSince(start)
    let draws = Philox(seed: 20)
    var (round, killCount) = (0, 0)
    while killCount < 20, round < 80 {
      round += 1
      // Some are spoilt, and must be found out.
      for part in parts(of: work).keys.sorted().prefix(round % 4 == 0 ? 2 : 0) {
        try work.write("out.unfinished/\(part)", round % 8 == 0 ? "spoilt" : "")
      }
      let left = parts(of: work).filter { $1.size > 100 }
      let program = try work.start("exec mismatch run job.yaml -o out -j 1 -q")
      usleep(UInt32(moments * draws.uniform(cell: 0, draw: UInt64(round))))
      kill(program.processID, SIGKILL)
      if try program.wait().isSignal { killCount += 1 }
      if try work.files().contains("out") {
        try finish(work)
        try FileManager.default.removeItem(atPath: "\(work.path)/out")
        continue
      }
      let after = parts(of: work)
      #expect(left.allSatisfy { after[$0] == $1 }, "a finished part was calculated again")
    }
    #expect(killCount == 20)
    try finish(work)
  }

  /// With a kernel that is calculated in every iteration, the search takes longer than two further runs.
  @Test func searchForAPlanThatIsKilledGoesOnToTheSameBytes() throws {
    let work = try work(areaCount: 500, Self.transport)
    let whole = try work.run("mismatch run job.yaml -o whole -j 2 -q")
    #expect(whole.status == 0, "\(whole.stderr)")
    for _ in 0..<3 {
      let left = parts(of: work)
      let program = try work.start("exec mismatch run job.yaml -o out -j 1 --memory 2M -q")
      for _ in 0..<2_000 where parts(of: work) == left { usleep(5_000) }
      kill(program.processID, SIGKILL)
      #expect(try program.wait().isSignal)
    }
    try finish(work)
  }

  /// What tells a part from one that was written anew.
  private struct Part: Equatable {
    let size: Int
    let node: Int
    let date: Date?
  }

  /// The finished parts of a run.
  private func parts(of work: WorkFolder) -> [String: Part] {
    let folder = "\(work.path)/out.unfinished"
    var parts: [String: Part] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasSuffix(".part") {
      guard let found = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      else { continue }
      parts[name] = Part(
        size: found[.size] as? Int ?? 0, node: found[.systemFileNumber] as? Int ?? 0,
        date: found[.modificationDate] as? Date)
    }
    return parts
  }

  private func finish(_ work: WorkFolder) throws {
    let last = try work.run("mismatch run job.yaml -o out -j 2 -q")
    #expect(last.status == 0, "\(last.stderr)")
    #expect(try work.contents("out") == work.contents("whole"))
    #expect(try !work.files().contains { $0.contains("unfinished") || $0.contains(".mismatch-") })
  }

  @Test func bytesOfSpaceAndTransportDependOnNoThreads() throws {
    let work = try work(
      areaCount: 300,
      "\(Self.space)[ hansen, two-step-floating-catchment, doubly-constrained ] }\n"
        + Self.transport.replacing("0.05", with: "0.2"))
    let line = "mismatch run job.yaml -q"
    let run = try work.run("\(line) -j 1 -o one && \(line) -j 2 -o two")
    #expect(run.status == 0, "\(run.stderr)")
    let one = try work.contents("one")
    #expect(one.keys.contains("transport_cells.csv"))
    #expect(try work.contents("two") == one)
  }

  @Test func troublesEndWithAnErrorAndAnEarlierRunAsItWas() throws {
    let work = try tiledWork()
    #expect(try work.run("mismatch run short.yaml -o out -q").status == 0)
    let before = try work.contents("out")
    for (line, status, message) in [
      ("ulimit -f 2; mismatch run job.yaml", 74, "cannot be written: File too large"),
      ("mismatch run job.yaml --memory 100K", 1, "more than --memory allows (102400)"),
      (
        "GROWING=provision.csv LD_PRELOAD=\(Faults.path) mismatch run job.yaml", 74,
        "provision.csv: changed while it was read"
      ),
    ] {
      let result = try work.run("\(line) -o out -q")
      #expect(result.status == status, "\(line)")
      #expect(result.stderr.contains(message), "\(result.stderr)")
      #expect(try work.contents("out") == before)
      #expect(try !work.files().contains { $0.contains(".mismatch-") })
    }
  }

  /// OpenBLAS and the system's allocator wait without end, or end the process, for memory that they do not get.
  @Test func littleAddressSpaceIsEnoughOrEndsTheRunSoon() throws {
    let work = try work(
      areaCount: 300,
      "\(Self.space)[ hansen, two-step-floating-catchment ] }\n"
        + Self.transport.replacing("0.05", with: "0.2"))
    #expect(try work.run("mismatch run job.yaml -q -o whole").status == 0)
    let whole = try work.contents("whole")
    var statuses: [Int32: Int] = [:]
    for megabytes in stride(from: 160, through: 1_200, by: 80) {
      let result = try work.run(
        "export SWIFT_BACKTRACE=enable=no; ulimit -v \(megabytes * 1_024); "
          + "timeout -s KILL 60 mismatch run job.yaml -q -j 2 -o out")
      statuses[result.status, default: 0] += 1
      let plan = try work.run(
        "export SWIFT_BACKTRACE=enable=no; ulimit -v \(megabytes * 1_024); "
          + "timeout -s KILL 60 mismatch run job.yaml --dry-run")
      #expect([0, 1, 127].contains(plan.status), "\(megabytes): \(plan.stderr)")
      switch result.status {
      case 0: #expect(try work.contents("out") == whole)
      case 1: #expect(result.stderr.contains("mismatch: "), "\(megabytes): \(result.stderr)")
      default:
        #expect(result.status == 127, "\(megabytes): \(result.stderr)")
        #expect(result.stderr.contains("error while loading shared libraries"))
      }
    }
    #expect(statuses[0] != nil && statuses[1] != nil, "\(statuses)")
  }
}
