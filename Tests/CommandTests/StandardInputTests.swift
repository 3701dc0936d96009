import Foundation
import Testing

/// Standard input and pipes in the place of files.
struct StandardInputTests {
  private let work: WorkFolder

  private static let counts = "area,sector,count\nA,x,10\nA,y,20\nB,x,30\nB,y,40\n"

  init() throws {
    work = try WorkFolder()
    try write("counts.csv", Self.counts)
    try write("areas.csv", "code,name\nA,Aville\nB,Beeton\n")
    try write("map.csv", "from,to\nx,1\ny,2\n")
    try write("files.yaml", job())
    #expect(try work.run("mismatch run files.yaml -o files -q").status == 0)
  }

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(work.path)/\(name)", atomically: true, encoding: .utf8)
  }

  private func job(
    areas: String = "areas.csv", map: String = "map.csv", provision: String = "counts.csv",
    demand: String = "counts.csv", more: String = ""
  ) -> String {
    let keys = "area: area, category: sector, value: count, crosswalk: "
    return """
      areas: { file: "\(areas)", code: code, name: name }
      provision: { kind: people, file: "\(provision)", \(keys){ file: "\(map)", from: from, to: to }\(more) }
      demand: { kind: vacancies, file: "\(demand)", \(keys){ file: map.csv, from: from, to: to } }

      """
  }

  /// Runs a job on what a line of shell pipes in; whether the cells are those of the files.
  private func isSame(_ job: String, _ line: String) throws -> Bool {
    try write("job.yaml", job)
    let result = try work.run("set -o pipefail; rm -rf out; \(line)")
    #expect(result.stderr == "")
    return try result.status == 0
      && work.run("cmp files/cells.csv out/cells.csv").status == 0
  }

  @Test("A side, a register or a map may be standard input, by each of its names")
  func places() throws {
    for name in ["-", "/dev/stdin", "/dev/fd/0"] {
      #expect(
        try isSame(job(provision: name), "cat counts.csv | mismatch run job.yaml -o out -q"),
        "\(name)")
    }
    #expect(try isSame(job(areas: "-"), "cat areas.csv | mismatch run job.yaml -o out -q"))
    #expect(try isSame(job(map: "-"), "mismatch run job.yaml -o out -q < map.csv"))
    #expect(try isSame(job(demand: "-"), "gzip -c counts.csv | mismatch run job.yaml -o out -q"))
    #expect(try isSame(job(demand: "-"), "xz -c counts.csv | mismatch run job.yaml -o out -q"))
    let slow = "(head -c 3 counts.csv; sleep 0.1; tail -c +4 counts.csv)"
    #expect(try isSame(job(demand: "-"), "\(slow) | mismatch run job.yaml -o out -q"))
    try write("job.yaml", job(demand: "-"))
    #expect(try work.run("mismatch check job.yaml -q < counts.csv").status == 0)
  }

  @Test("What standard input held is recorded as of a file")
  func record() throws {
    try write("job.yaml", job(demand: "-"))
    _ = try work.run("mismatch run job.yaml -o out -q < counts.csv")
    let digest = try work.run("sha256sum < counts.csv").stdout.prefix(64)
    let manifest = try String(contentsOfFile: "\(work.path)/out/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"name\" : \"-\""))
    #expect(manifest.components(separatedBy: digest).count == 3)
    let explained = try work.run("mismatch explain out --area A --sector 1")
    #expect(explained.status == 74)
    #expect(explained.stderr.contains("the run read `-`, standard input, which is gone"))
  }

  @Test("What can be read once is named once")
  func twice() throws {
    try write("job.yaml", job(provision: "-", demand: "/dev/stdin"))
    let result = try work.run("mismatch run job.yaml -o out < counts.csv")
    #expect(result.status == 65)
    #expect(result.stderr.contains("`-` and `/dev/stdin` are one stream"))
    try write("job.yaml", job(provision: "pipe", demand: "pipe"))
    #expect(try work.run("mkfifo pipe; mismatch run job.yaml -o out").status == 65)
    #expect(
      try isSame(job(provision: "pipe"), "cat counts.csv > pipe & mismatch run job.yaml -o out -q"))
    #expect(try work.run("mismatch explain out --area A --sector 1").stderr.contains("is a pipe"))
  }

  @Test("Faults name the line, and a key that is duplicated both of them")
  func faults() throws {
    try write("job.yaml", job(demand: "-"))
    let word = try work.run("echo A,x,many | cat counts.csv - | mismatch run job.yaml -o out")
    #expect(word.status == 65)
    #expect(word.stderr.contains("standard input:6:3: \"many\""))
    let again = try work.run("echo A,x,1 | cat counts.csv - | mismatch run job.yaml -o out")
    #expect(again.stderr.contains("standard input:6:"))
    #expect(again.stderr.contains("first at standard input:2"))
    #expect(again.stderr.contains("read them from a file"))
    let empty = try work.run("mismatch run job.yaml -o out < /dev/null")
    #expect(empty.status == 65)
    #expect(empty.stderr.contains("standard input: the file is empty"))
    try write("job.yaml", "provision:\n  file: -\n")
    #expect(try work.run("mismatch check job.yaml").stderr.contains("file: \"-\""))
  }

  @Test("A producer that ends early is found out by the rows that it announced")
  func announced() throws {
    try write("job.yaml", job(provision: "-", more: ", rows: 4"))
    #expect(try work.run("mismatch run job.yaml -o out -q < counts.csv").status == 0)
    let cut = try work.run("head -n 4 counts.csv | mismatch run job.yaml -o cut")
    #expect(cut.status == 65)
    #expect(cut.stderr.contains("standard input: has 3 rows; expected 4, as announced"))
  }

  @Test("Inspection copies what it can read only once")
  func inspect() throws {
    let file = try work.run("mismatch inspect counts.csv").stdout
    let input = try work.run("TMPDIR=$PWD mismatch inspect - < counts.csv; ls -A | grep -c XX")
      .stdout
    #expect(input.hasSuffix("\n0\n"))
    #expect(input.contains("4 rows, 3 columns"))
    let pipe = try work.run("mismatch inspect <(cat counts.csv)").stdout
    #expect(
      pipe.split(separator: "\n").dropFirst().prefix(3)
        == file.split(separator: "\n").dropFirst().prefix(3))
    let bad = try work.run("echo '<html>' | mismatch inspect -")
    #expect(bad.status == 65)
    #expect(!bad.stdout.contains("/mismatch-"))
    #expect(try work.files().allSatisfy { !$0.contains("mismatch-") })
  }
}
