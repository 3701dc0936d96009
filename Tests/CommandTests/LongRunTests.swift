import Dense
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs that take long, are stopped anyhow and go on.
struct LongRunTests {
  /// A job over so many areas that a run of it takes seconds, mostly in tiles.
  private func work() throws -> WorkFolder {
    let work = try WorkFolder()
    let draws = Philox(seed: 17)
    var (counts, places) = ("area,sector,count\n", "code,easting,northing\n")
    for area in 0..<3_000 {
      let draw = { (number: UInt64) in
        Int(draws.uniform(cell: UInt64(area), draw: number) * 500_000)
      }
      counts += "\(area),x,\(draw(0) / 10_000)\n"
      places += "\(area),\(draw(1)),\(draw(2))\n"
    }
    try work.write("counts.csv", counts)
    try work.write("places.csv", places)
    try work.write(
      "job.yaml",
      """
      provision: { kind: people, file: counts.csv, area: area, category: sector, value: count }
      demand: { kind: vacancies, file: counts.csv, area: area, category: sector, value: count }
      measures: [ gap ]
      space:
        coordinates: { file: places.csv, code: code, easting: easting, northing: northing }
        decay: { form: exponential, rate: 0.1 }
        methods: [ two-step-floating-catchment ]

      """)
    return work
  }

  @Test func runKilledTwentyTimesGoesOnToTheSameBytes() throws {
    let work = try work()
    let whole = try work.run("mismatch run job.yaml -o whole -j 2 -q")
    #expect(whole.status == 0, "\(whole.stderr)")
    let draws = Philox(seed: UInt64(getpid()))
    var killCount = 0
    for round in 0..<20 {
      let earlier = blocks(of: work)
      // Some are lost, so that there is always something left to do; some are spoilt, and found out.
      for (number, block) in earlier.enumerated() where earlier.count > 8 || round % 4 == 0 {
        try work.write("out.unfinished/\(block)", number % 2 == 0 ? "spoilt" : "")
        if number > 3 { unlink("\(work.path)/out.unfinished/\(block)") }
      }
      let left = blocks(of: work).count
      let program = try work.start("exec mismatch run job.yaml -o out -j 1 -q")
      for _ in 0..<4_000 where blocks(of: work).count <= left { usleep(5_000) }
      usleep(UInt32(40_000 * draws.uniform(cell: 0, draw: UInt64(round))))
      kill(program.processID, SIGKILL)
      if try program.wait().isSignal { killCount += 1 }
    }
    #expect(killCount == 20)
    let last = try work.run("mismatch run job.yaml -o out -j 2 -q")
    #expect(last.status == 0, "\(last.stderr)")
    #expect(try work.contents("out") == work.contents("whole"))
    #expect(try !work.files().contains { $0.contains("unfinished") || $0.contains("partial") })
  }

  /// The names of the finished blocks.
  private func blocks(of work: WorkFolder) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(work.path)/out.unfinished")
    return (names ?? []).filter { $0.hasPrefix("0-") && !$0.contains("partial") }.sorted()
  }

  @Test func fullDiskAndLittleMemoryEndWithAnErrorAndNothingWritten() throws {
    let work = try work()
    let full = try work.run("ulimit -f 2; mismatch run job.yaml -o out -q")
    #expect(full.status == 74)
    #expect(full.stderr.contains("cannot be written: File too large"))
    #expect(try !work.files().contains { $0.hasPrefix("out/") || $0.contains("partial") })
    let small = try work.run("mismatch run job.yaml -o out --memory 1M -q")
    #expect(small.status == 1)
    #expect(small.stderr.contains("more than --memory allows (1048576)"))
    #expect(try !work.files().contains { $0.hasPrefix("out/") })
  }
}
