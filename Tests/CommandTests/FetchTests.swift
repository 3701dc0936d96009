import Foundation
import Support
import Testing

/// `mismatch fetch` as a process of its own, against the stand-in.
struct FetchTests {
  private static let query = "geography=TYPE464 age=0...99 measures=20100 date=latest"

  /// The environment of a fetch from the stand-in, configured so.
  private func environment(_ options: String, cache: String = "cache") -> String {
    "export XDG_CACHE_HOME=$PWD/\(cache) MISMATCH_FETCH_NOMIS=\(StandInServer.address)/\(options)/nomis;"
  }

  private func log(_ options: String) throws -> StandInServer.Log {
    let work = try WorkFolder()
    let script =
      "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())"
    return try StandInServer.log(
      work.run("no_proxy=* python3 -c '\(script)' \(StandInServer.address)/\(options)/log").stdout)
  }

  /// Killed at random moments and started again: the same file, and no page asked for twice that was whole.
  @Test func killedFortyTimesTheFileIsTheSame() throws {
    var random = RandomSource(seed: 20)
    var (killCount, round) = (0, 0)
    while killCount < 40 {
      round += 1
      let work = try WorkFolder()
      let options = "rows=3000,cap=100,delay=0.02,run=killed\(round)"
      let line =
        environment(options) + " exec mismatch fetch nomis NM_1_1 \(Self.query) -o a.csv --quiet"
      /// How many requests had been made when a page was known to be whole, by its offset.
      var whole: [String: Int] = [:]
      while true {
        let program = try work.start(line)
        usleep(UInt32(50_000 + 900_000 * random.uniform()))
        kill(program.processID, SIGKILL)
        let result = try program.wait()
        if !result.isSignal {
          #expect(result.status == 0, "\(result.stderr)")
          break
        }
        killCount += 1
        let count = try log(options).requests.count
        for offset in try wholePages(in: work) where whole[offset] == nil { whole[offset] = count }
      }
      let text = String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: work.path + "/a.csv")), as: UTF8.self)
      #expect(text == StandInServer.rows(3000))
      for (number, request) in try log(options).requests.enumerated() where request.isPage {
        if let count = whole[request.offset ?? ""] {
          #expect(number < count, "page \(request.offset ?? "") was fetched twice")
        }
      }
    }
  }

  /// Offsets of the pages that the store of the one query holds.
  private func wholePages(in work: WorkFolder) throws -> [String] {
    guard let list = try work.files().first(where: { $0.hasSuffix("/pages.csv") }) else {
      return []
    }
    let text = try String(contentsOfFile: "\(work.path)/\(list)", encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap {
      $0.split(separator: ",").first.map(String.init)
    }
  }

  /// A key in the environment is in no argument, message or file.
  @Test func theKeyStaysInTheEnvironment() throws {
    let key = "0xKEYTHATNOBODYSEES"
    let options = "rows=3000,keycap=100,delay=0.02,run=secret"
    let work = try WorkFolder()
    let program = try work.start(
      environment(options) + " export MISMATCH_NOMIS_UID=\(key);"
        + " exec mismatch fetch nomis NM_1_1 \(Self.query) -o a.csv")
    usleep(400_000)
    let arguments = try? Data(
      contentsOf: URL(fileURLWithPath: "/proc/\(program.processID)/cmdline"))
    let result = try program.wait()
    #expect(result.status == 0, "\(result.stderr)")
    // Until the shell has become the command, its own line is there with the key in it.
    if let arguments, arguments.starts(with: Data("mismatch".utf8)) {
      #expect(arguments.range(of: Data(key.utf8)) == nil)
    }
    #expect(!result.stdout.contains(key) && !result.stderr.contains(key))
    for name in try work.files() {
      let data = (try? Data(contentsOf: URL(fileURLWithPath: "\(work.path)/\(name)"))) ?? Data()
      #expect(data.range(of: Data(key.utf8)) == nil, "\(name)")
    }
    #expect(try log(options).requests.contains { $0.uid == key })
  }

  private static let job = """
    name: town
    provision: { kind: people, file: a.csv, area: GEOGRAPHY_CODE, category: AGE_CODE, period: DATE, value: OBS_VALUE, markers: { "": 0.. }, source: { nomis: { dataset: NM_1_1, geography: TYPE464, age: 0...99, measures: 20100, date: latest } } }
    demand: { kind: vacancies, file: b.csv, area: GEOGRAPHY_CODE, category: AGE_CODE, period: DATE, value: OBS_VALUE, markers: { "": 0.. }, source: { nomis: { dataset: NM_1_1, geography: TYPE464, age: 0...99, measures: 20100, date: 2024-12 } } }
    output: { folder: out, report: true }
    """

  /// A job from missing files to a manifest and a report that cite them.
  @Test func aJobIsFetchedAndRun() throws {
    let work = try WorkFolder()
    try work.write("job.yaml", Self.job)
    let missing = try work.run("mismatch run job.yaml")
    #expect(missing.status == 74)
    #expect(missing.stderr.contains("a.csv: is not there yet"))
    #expect(missing.stderr.contains("Fetch it with `mismatch fetch JOB`"))
    let prefix = environment("rows=300,run=job")
    let plan = try work.run(prefix + "mismatch fetch job.yaml --check")
    #expect(plan.status == 2)
    #expect(plan.stdout == "a.csv: missing\nb.csv: missing\n")
    #expect(!(try work.files().contains("a.csv")))
    let fetched = try work.run(prefix + "mismatch fetch job.yaml")
    #expect(
      fetched.stdout == """
        a.csv: fetched, 300 rows, last updated 2026-09-15 07:00:00
        b.csv: fetched, 300 rows, last updated 2026-09-15 07:00:00

        """)
    #expect(try work.run(prefix + "mismatch fetch job.yaml --check").status == 0)
    let run = try work.run("mismatch run job.yaml --quiet")
    #expect(run.status == 0, "\(run.stderr)")
    let manifest = try JSONSerialization.jsonObject(
      with: work.contents("out")["manifest.json"] ?? Data())
    let inputs = try #require((manifest as? [String: Any])?["inputs"] as? [[String: Any]])
    let record = try #require(inputs.first?["source"] as? [String: Any])
    #expect(
      record["query"] as? String
        == "NM_1_1?age=0...99&date=2024-12&geography=TYPE464&measures=20100")
    #expect(record["sha256"] as? String == inputs.first?["sha256"] as? String)
    let report = String(decoding: try work.contents("out")["report.html"] ?? Data(), as: UTF8.self)
    #expect(
      report.contains(
        "Made-up claimants by age (NM_1_1). Office for National Statistics, via Nomis"))
    #expect(report.contains("last updated at the source 2026-09-15 07:00:00; all 300 rows"))
    // What has changed since is no longer what the record is of.
    _ = try work.run("echo >> a.csv")
    let changed = try work.run("mismatch check job.yaml")
    #expect(changed.stdout.contains("provision: has changed since it was fetched"))
    let kept = try work.run(prefix + "mismatch fetch job.yaml")
    #expect(kept.stderr == "a.csv: edited since it was fetched, and left as it is\n")
  }
}
